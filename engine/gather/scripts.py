"""Scripts, statement by statement: those within others, and the depth that a document allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.model.json_value import Json

    Change: TypeAlias = Callable[[list[Any]], list[Any]]

Script: TypeAlias = list[Any]

DEEPEST = 85
"""How many lists deep a script may be: a document has room for a few more."""


# Where statements hold others: at which place of the list, and in which form.
_SHAPES: Mapping[str, Mapping[int, str]] = {
    "and": {2: "single", 3: "single"},
    "or": {2: "single", 3: "single"},
    "not": {2: "single"},
    "bg": {2: "single"},
    "redir": {2: "single"},
    "pipe": {2: "singles"},
    "block": {2: "script"},
    "sub": {2: "script"},
    "anon": {2: "script"},
    "if": {2: "pairs", 3: "script"},
    "for": {4: "script"},
    "while": {2: "script", 3: "script"},
    "case": {3: "arms"},
    "func": {3: "script"},
}


def within(statement: Script, script: Change, single: Change) -> Script:
    """Give a statement in which every script and every statement of its own is changed."""
    shape = _SHAPES.get(statement[0])
    if shape is None:
        return statement
    change: dict[str, Change] = {
        "script": script,
        "single": single,
        "singles": lambda statements: [single(each) for each in statements],
        "pairs": lambda pairs: [[script(condition), script(body)] for condition, body in pairs],
        "arms": lambda arms: [[patterns, script(body), *end] for patterns, body, *end in arms],
    }
    return [
        change[shape[place]](part) if place in shape else part
        for place, part in enumerate(statement)
    ]


def trimmed(script: Script, path: str, visited: set[tuple[str, int]]) -> Script:
    """Give a script without the stretches that nothing runs; each leaves one opaque statement."""

    def shorten(script: Script) -> Script:
        kept: Script = []
        for statement in script:
            if (path, statement[1]) in visited or statement[0] == "broken":
                kept.append(within(statement, shorten, shorten_one))
            elif not kept or not _is_cut(kept[-1]):
                kept.append(_cut(statement[1]))
        return kept

    def shorten_one(statement: Script) -> Script:
        return shorten([statement])[0]  # type: ignore[no-any-return]

    return shorten(script)


def shallow(script: Script, room: int = DEEPEST) -> Script:
    """Give a script that is no deeper than a document allows."""
    return [_shallow(statement, room - 1) for statement in script]


def _shallow(statement: Script, room: int) -> Script:
    if depth(statement) <= room:
        return statement
    if room > _LEAST:
        # What is nested stands up to three lists further down.
        inner = room - _NESTED

        def cut(statement: Script) -> Script:
            return _shallow(statement, inner)

        less = within(statement, lambda script: [cut(each) for each in script], cut)
        if depth(less) <= room:
            return less
    return ["opaque", statement[1], "nested too deeply", None]


_LEAST, _NESTED = 8, 4
_NOT_KEPT = "not kept: nothing runs it here"


def depth(value: Json) -> int:
    """Give how many lists and mappings deep a value is."""
    deep, level = 0, [value]
    while level:
        level = [
            child
            for each in level
            if isinstance(each, (list, dict))
            for child in (each.values() if isinstance(each, dict) else each)
        ]
        deep += 1
    return deep


def _cut(line: int) -> Script:
    return ["opaque", line, _NOT_KEPT, None]


def _is_cut(statement: Script) -> bool:
    return bool(statement[0] == "opaque" and statement[2] == _NOT_KEPT)
