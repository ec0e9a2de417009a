"""Random rules, and batches of them with documents of the same small vocabulary.

One seed makes one batch, always the same: rules of a pack and documents that all of them judge.
Everything is drawn by `random.Random`, far faster than drawing structures choice by choice,
and lets a failing seed be repeated by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tests.reference.vocabulary import ELEMENT, FIELDS, PACK, PARAMS, PLACES, VALUES, document

if TYPE_CHECKING:
    from collections.abc import Callable

Json = Any


@dataclass(frozen=True)
class Batch:
    """Rules of one pack, and documents to judge by every one of them."""

    pack: dict[str, Json]
    rules: list[dict[str, Json]]
    documents: list[dict[str, Json]]


def batch(seed: int, rules: int, documents: int) -> Batch:
    """Give the batch of a seed."""
    draw = Random(seed)
    author = Author(draw)
    define = {f"defined{i}": author.condition(2, ()) for i in range(3)}
    made = [author.rule(f"rule{i}", define) for i in range(rules)]
    return Batch({**PACK, "define": define}, made, [document(draw) for _ in range(documents)])


# Rules

Names = tuple[tuple[str, str], ...]
"""Bound names in scope, each with what its elements are: `element` or a kind of value."""


class Author:
    """Writes rules at random."""

    def __init__(self, draw: Random) -> None:
        """Take the source of chance."""
        self.draw = draw
        self.count = 0
        self.defined: list[str] = []

    def rule(self, name: str, define: dict[str, Json]) -> dict[str, Json]:
        """Give a rule, with or without `for_each`."""
        self.defined = list(define)
        rule: dict[str, Json] = {"id": name}
        if self.draw.random() < 0.3:
            rule["when"] = self.condition(1, ())
        names: Names = ()
        levels = self.draw.choice([0, 0, 1, 1, 1, 2])
        if levels:
            rule["for_each"] = []
            for _ in range(levels):
                domain, kind = self.domain(names)
                bound = self.name()
                names = (*names, (bound, kind))
                rule["for_each"].append({"of": domain, "as": bound})
            if self.draw.random() < 0.4:
                rule["where"] = self.condition(1, names)
        if self.draw.random() < 0.25:
            rule["unless"] = self.condition(1, names)
        rule["require"] = self.condition(3, names)
        return rule

    def name(self) -> str:
        """Give a name that is bound nowhere else."""
        self.count += 1
        return f"e{self.count}"

    def condition(self, depth: int, names: Names) -> dict[str, Json]:
        """Give a condition of at most some depth."""
        kinds = ["match", "match", "match", "same"]
        if depth > 0:
            kinds += [
                "all",
                "any",
                "not",
                "mapping",
                "quantifier",
                "quantifier",
                "count",
                "same_of",
            ]
        if self.defined and not names:
            kinds.append("use")
        kind = self.draw.choice(kinds)
        writer: Callable[[int, Names], dict[str, Json]] = getattr(self, f"_{kind}")
        return writer(depth - 1, names)

    def _all(self, depth: int, names: Names) -> dict[str, Json]:
        return {"all": self._several(depth, names)}

    def _any(self, depth: int, names: Names) -> dict[str, Json]:
        return {"any": self._several(depth, names)}

    def _several(self, depth: int, names: Names) -> list[Json]:
        return [self.condition(depth, names) for _ in range(self.draw.choice([1, 2, 2, 3]))]

    def _not(self, depth: int, names: Names) -> dict[str, Json]:
        return {"not": self.condition(depth, names)}

    def _use(self, _depth: int, _names: Names) -> dict[str, Json]:
        return {"use": self.draw.choice(self.defined)}

    def _mapping(self, depth: int, names: Names) -> dict[str, Json]:
        return {**self._match(depth, names), **self._match(depth, names), **self._not(depth, names)}

    def _same(self, _depth: int, names: Names) -> dict[str, Json]:
        kind = self.draw.choice(["text", "number", "secret", "texts"])
        return {"same": [self.path(kind, names) for _ in range(self.draw.choice([2, 2, 3]))]}

    def _chosen(self, depth: int, names: Names) -> tuple[Json, dict[str, Json], Names]:
        domain, kind = self.domain(names)
        bound = self.name()
        inner = (*names, (bound, kind))
        written: dict[str, Json] = {"as": bound}
        if self.draw.random() < 0.4:
            written["where"] = self.condition(min(depth, 1), inner)
        return domain, written, inner

    def _same_of(self, depth: int, names: Names) -> dict[str, Json]:
        domain, written, inner = self._chosen(depth, names)
        bound, kind = inner[-1]
        value = f"{bound}.{self.draw.choice(list(ELEMENT))}" if kind == "element" else bound
        return {"same": {"of": domain, **written, "value": value}}

    def _quantifier(self, depth: int, names: Names) -> dict[str, Json]:
        domain, written, inner = self._chosen(depth, names)
        word = self.draw.choice(["every", "some", "none"])
        return {word: domain, **written, "satisfies": self.condition(depth, inner)}

    def _count(self, depth: int, names: Names) -> dict[str, Json]:
        domain, written, _ = self._chosen(depth, names)
        return {"count": {"of": domain, **written, "is": self.number_matcher(names)}}

    def _match(self, _depth: int, names: Names) -> dict[str, Json]:
        kind = self.draw.choice(
            [
                *["text", "number", "path", "texts"] * 3,
                *["truth", "version", "paths"] * 2,
                "time",
                "secret",
            ]
        )
        return {self.path(kind, names): self.matcher(kind, names)}

    # Paths

    def domain(self, names: Names) -> tuple[Json, str]:
        """Give a domain, and what its elements are."""
        choices: list[tuple[Json, str]] = [
            ("xs", "element"), ("xs", "element"), ("ms", "element"), ("ms", "element"),
            ("ws", "text"), ("a.texts", "text"), ("go.dirs", "path"),
            ({"param": "p_texts"}, "text"),
            ({"param": "p_table"}, "text"), (self.draw.choice(["nothing", "a.text"]), "text"),
        ]  # fmt: skip
        choices += [(f"{name}.ys", "text") for name, kind in names if kind == "element"] * 3
        return self.draw.choice(choices)

    def path(self, kind: str, names: Names) -> str:
        """Give a path that usually leads to a value of a kind."""
        if self.draw.random() < 0.06:
            return self.draw.choice(
                ["nothing", "nothing.at.all", "a.gone", "a.text.deeper", "xs", "ms", "a", "xs.k"]
            )
        choices = [f"a.{field}" for field, of in FIELDS.items() if of == kind]
        if kind == "version":
            choices += [*["go.have", "go.want"] * 3, "go.free"]
        if kind == "paths":
            choices += ["go.dirs", "go.dirs"]
        fields = [field for field, of in ELEMENT.items() if of == kind]
        for place in self.draw.sample(PLACES, 1):
            choices += [f"{place}.{field}" for field in fields]
        for name, of in names:
            if of == "element":
                choices += [f"{name}.{field}" for field in fields] * 4
            elif of == kind:
                choices += [name] * 6
            if kind == "text":
                choices.append(f"{name}.$key")
        return self.draw.choice(choices)

    # Matchers

    def matcher(self, kind: str, names: Names) -> Json:
        """Give a matcher that usually fits values of a kind."""
        roll = self.draw.random()
        if roll < 0.08 and kind in {"text", "number", "truth", "path"}:
            return self.draw.choice([*VALUES[kind], None])
        if roll < 0.16:
            return {"not": self.matcher(kind, names)}
        if roll < 0.24:
            return {**self.operator(kind, names), **self.operator(kind, names)}
        return self.operator(kind, names)

    def number_matcher(self, names: Names) -> Json:
        """Give a matcher for a count or a length."""
        roll = self.draw.random()
        if roll < 0.2:
            return self.draw.choice([0, 1, 2])
        if roll < 0.35:
            return {"not": self.number_matcher(names)}
        word = self.draw.choice(["at_least", "at_most", "less_than", "more_than", "equals", "in"])
        return {word: self.operand_of(word, "number", names)}

    def operator(self, kind: str, names: Names) -> dict[str, Json]:
        """Give an operator with an operand, usually one for values of a kind."""
        asked = kind if self.draw.random() < 0.93 else self.draw.choice(list(WORDS))
        word = self.draw.choice([*WORDS[asked], *WORDS[asked], "equals", "in", *ANYTHING])
        return {word: self.operand_of(word, asked, names)}

    def operand_of(self, word: str, kind: str, names: Names) -> Json:
        """Give an operand for an operator: a literal or one of the references."""
        singular = {"texts": "text", "paths": "path"}.get(kind, kind)
        if word in LITERALS:
            return self.draw.choice(LITERALS[word])
        if word == "length":
            return self.number_matcher(names)
        if word in {"before", "after"}:
            return self.reference("time", names) or self.draw.choice(
                ["2026-11-22", "2026-11-21T00:00:00Z"]
            )
        if word == "ordered":
            return self.sequence("path" if kind == "paths" else "text", names)
        if word in {"in", "contains_all", "contains_any", "subset_of"}:
            return self.list_operand(singular, names)
        if word in {"inside", "same_path"}:
            return self.reference("path", names) or self.folder(names)
        if word in ORDER and kind == "version":
            return self.reference(kind, names) or self.draw.choice(["1.22", "1.22.1"])
        if word == "contains":
            kind = singular
        return self.reference(kind, names) or self.literal(kind)

    def folder(self, names: Names) -> Json:
        """Give a path to compare with, perhaps one that is put together."""
        joined = {"join": [{"fact": self.path("path", names)}, self.draw.choice(["bin", "lib"])]}
        return self.draw.choice(["/usr", "/", joined])

    def literal(self, kind: str) -> Json:
        """Give a literal value of a kind."""
        value = self.draw.choice(VALUES[kind] if kind != "secret" else VALUES["text"])
        return {"literal": value} if self.draw.random() < 0.1 else value

    def reference(self, kind: str, names: Names) -> Json:
        """Give a reference to something of a kind, or None where a literal should stand."""
        roll = self.draw.random()
        if roll < 0.4:
            return {"fact": self.path(kind, names)}
        params = [name for name, (of, _) in PARAMS.items() if of == kind]
        if roll < 0.55 and params:
            return {"param": self.draw.choice(params)}
        if roll < 0.65 and kind == "text":
            return {"param": "p_table", "at": {"fact": self.path("text", names)}}
        return None

    def list_operand(self, kind: str, names: Names) -> Json:
        """Give a list of literals and references, or a reference to a list."""
        roll = self.draw.random()
        plural = {"text": "texts", "path": "paths"}.get(kind)
        if plural and roll < 0.3:
            return self.reference(plural, names) or self.draw.choice(VALUES[plural])
        return [
            self.reference(kind, names) or self.literal(kind)
            for _ in range(self.draw.choice([1, 2, 2, 3]))
        ]

    def sequence(self, kind: str, names: Names) -> Json:
        """Give a list in which no literal stands twice, which could have no order."""
        literals = self.draw.sample(VALUES[kind][:3], self.draw.choice([1, 2, 2, 3]))
        return [
            {"fact": self.path(kind, names)} if self.draw.random() < 0.15 else one
            for one in literals
        ]


ORDER = ["less_than", "at_most", "more_than", "at_least"]
WORDS: dict[str, list[str]] = {
    "text": ["starts_with", "ends_with", "contains", "matches", "glob", "set", "empty", "length"],
    "number": ORDER,
    "truth": ["equals"],
    "path": ["inside", "same_path", "absolute"],
    "version": [*ORDER, "version"],
    "time": ["before", "after", "newer_than", "older_than"],
    "texts": [
        "contains", "contains_all", "contains_any", "subset_of",
        "unique", "length", "length", "ordered", "empty", "empty",
    ],
    "paths": ["contains", "contains_all", "subset_of", "unique", "ordered"],
    "secret": ["equals", "in"],
}  # fmt: skip
ANYTHING = ["exists", "conforms_to"]
LITERALS: dict[str, list[Json]] = {
    **{word: [True, False] for word in ("exists", "set", "empty", "unique", "absolute")},
    **{word: ["1d", "12h", "3d"] for word in ("newer_than", "older_than")},
    "matches": ["^x", "x$", "x|y", ""],
    "glob": ["x*", "/usr/*", "/**", "*"],
    "version": [
        ">=1.22",
        ">=1.22, <1.22.1",
        {"at_least": "1.22", "scheme": "go"},
        {"less_than": {"fact": "go.want"}},
    ],
    "conforms_to": [
        {"type": "string"},
        {"type": "array", "minItems": 1},
        {"const": {"fact": "a.text"}},
        True,
    ],
}
"""The operands of operators that take few, or no references."""
