"""Reads the language's cases: YAML files of plain data, found and not listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from tests.reference.documents import tokens_of
from tests.reference.evaluate import Surroundings
from tests.reference.versions import instant_of

FOLDER = Path(__file__).parent
NOW = "2026-11-23T00:00:00Z"
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Case:
    """One sentence of the language: rules, facts, and what must come out."""

    topic: str
    name: str
    expect: str
    rule: dict[str, Any]
    document: dict[str, Any]
    pack: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    now: str = NOW
    wanted: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Give the name of the test."""
        return f"{self.topic}: {self.name}"

    @property
    def nanoseconds(self) -> int:
        """Give the time of the run."""
        instant = instant_of(self.now)
        assert instant is not None
        return instant

    def surroundings(self) -> Surroundings:
        """Give what the reference needs besides the rule and the document."""
        declared = self.pack.get("params", {})
        defaults = {name: entry["default"] for name, entry in declared.items()}
        return Surroundings(
            params=defaults | self.params,
            define=self.pack.get("define", {}),
            now=self.nanoseconds,
            formats=lambda pointer: form_at(self.pack.get("facts", {}), pointer),
        )


def form_at(declared: dict[str, Any], pointer: tuple[str, ...]) -> str:
    """Give the format that a pack's schema of facts declares for a place."""
    schema: Any = {"properties": declared}
    for token in pointer:
        deeper = schema.get("properties", {}).get(token)
        schema = deeper or schema.get("items") or schema.get("additionalProperties") or {}
        if not isinstance(schema, dict):
            return ""
    return str(schema.get("format", ""))


def read_yaml(path: Path) -> Any:
    """Read a file by the scalars of YAML's core schema alone: a date is a text."""
    yaml = YAML(typ="safe", pure=True)
    return _plain(yaml.compose(path))


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(node.value) if node.style is None else node.value
    if isinstance(node, MappingNode):
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: a repeated key"
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(child) for child in node.value]


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text


def evaluate_cases() -> list[Case]:
    """Give every case of `evaluate/` and of the truth tables."""
    found = [case for path in sorted((FOLDER / "evaluate").glob("*.yaml")) for case in _read(path)]
    return [*found, *logic_cases()]


def _read(path: Path) -> list[Case]:
    content = read_yaml(path)
    shared = content.get("shared", {})
    return [case_of(path.stem, shared | written) for written in content["cases"]]


def case_of(topic: str, written: dict[str, Any]) -> Case:
    """Make a case of what a file says; `require` alone stands for a rule that has only that."""
    rule = dict(written.get("rule") or {"require": written["require"]})
    pack = {
        "params": {name: {"default": v} for name, v in written.get("params", {}).items()},
        "define": written.get("define", {}),
        "facts": written.get("declared", {}),
    }
    document = written.get("document", written.get("facts", {}))
    if "absent" in written:
        holes = {at: {"reason": cause} for at, cause in written["absent"].items()}
        document = {"schema": "precedent/facts/v1", "facts": document, "absent": holes}
    assert all(tokens_of(at) for at in written.get("absent", {}))
    return Case(
        topic=topic,
        name=written["name"],
        expect=written["expect"],
        rule={"id": "case", **rule},
        document=document,
        pack={key: value for key, value in pack.items() if value},
        params=written.get("given", {}),
        now=written.get("now", NOW),
        wanted=written,
    )


# Truth tables

_FACTS = {"yes": {"v": 1}, "no": {"v": 2}, "unsure": {}}
_PATHS = {"y": "yes.v", "n": "no.v", "u": "unsure.v"}
_VALUES: dict[str, Any] = {"y": 1, "n": 2}
_OUTCOMES = {"y": "pass", "n": "fail", "u": "unknown"}


def logic_cases() -> list[Case]:
    """Make a case of every row of the truth tables."""
    tables = read_yaml(FOLDER / "logic.yaml")
    made = []
    for word, rows in tables["connectives"].items():
        made += [_row(word, row, _connective(word, row["of"]), _FACTS) for row in rows]
    for word, rows in tables["quantifiers"].items():
        condition = {word: "xs", "as": "x", "satisfies": {"x.v": 1}}
        made += [_row(word, row, condition, {"xs": _elements(row["of"], "v")}) for row in rows]
    for word, rows in tables["chosen"].items():
        condition = {word: "xs", "as": "x", "where": {"x.w": 1}, "satisfies": {"x.v": 1}}
        made += [_row(word, row, condition, {"xs": _elements(row["of"], "wv")}) for row in rows]
    for row in tables["counts"]:
        condition = {"count": {"of": "xs", "as": "x", "where": {"x.w": 1}, "is": row["is"]}}
        told = {"of": row["of"], "is": row["gives"], "matcher": row["is"]}
        made.append(_row("count", told, condition, {"xs": _elements(row["of"], "w")}))
    return made


def _connective(word: str, truths: list[str]) -> dict[str, Any]:
    if word == "not":
        return {"not": {_PATHS[truths[0]]: 1}}
    if word == "mapping":
        # The same path can't be written twice, so the second of a kind is asked in another way.
        return {
            _PATHS[one]: 1 if one not in truths[:at] else {"equals": 1, "not": {"equals": 3}}
            for at, one in enumerate(truths)
        }
    return {word: [{_PATHS[one]: 1} for one in truths]}


def _elements(truths: list[str], keys: str) -> list[dict[str, Any]]:
    return [
        {key: _VALUES[one] for key, one in zip(keys, truth, strict=True) if one in _VALUES}
        for truth in truths
    ]


def _row(word: str, row: dict[str, Any], condition: dict[str, Any], facts: Any) -> Case:
    suffix = f" against {row['matcher']}" if "matcher" in row else ""
    name = f"{word} of {', '.join(row['of']) or 'nothing'}{suffix} is {row['is']}"
    written = {"name": name, "require": condition, "facts": facts, "expect": _OUTCOMES[row["is"]]}
    return case_of("logic", written)
