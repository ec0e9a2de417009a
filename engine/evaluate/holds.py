"""Conditions of the precedence graph, judged while its plan is folded."""

from __future__ import annotations

from engine.evaluate.prove import prove
from engine.evaluate.scope import GivenUp, Scope
from engine.model.facts import Absent, Facts
from engine.precedence.values import naming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.compile.program import Node, Program
    from engine.evaluate.prove import Proof
    from engine.model.json_value import JsonObject

    Told: TypeAlias = Callable[[str], JsonObject]
    Holds: TypeAlias = Callable[[Node, JsonObject, Told, Told], bool | Absent]


def holds(program: Program, now: int | None = None) -> Holds:
    """Give what tells whether a `when` of the program's plan holds, or why nobody knows.

    It takes the condition, the root of the facts, which has the process's `shell` and its shell's
    `option`s under `process`, what gives a variable of the process as an entry of `env`,
    `{"state": .., "value": ..}`, and what gives a file on its PATH as one of `command`.
    """
    scope = Scope(program, Facts({}, {}), now)
    asked, commands = _asked(program, "env"), _asked(program, "command")

    def judge(
        node: Node,
        root: JsonObject,
        variable: Callable[[str], JsonObject],
        command: Callable[[str], JsonObject] = _no_command,
    ) -> bool | Absent:
        root["process"]["env"] = {name: variable(name) for name in asked}
        if commands and _speaks_of(program, node, "command"):
            root["process"]["command"] = {name: command(name) for name in commands}
        scope.turn_to(Facts(root, {}))
        try:
            proof = prove(node, scope, ())
        except (GivenUp, RecursionError):
            return Absent("opaque", "a condition was too much work")
        return _doubt(proof, scope) if proof.truth is None else proof.truth

    return judge


def _no_command(name: str) -> JsonObject:
    hole = Absent("not_collected", f"nobody looked for `{name}`")
    return {"state": hole, "path": hole}


def _asked(program: Program, part: str) -> set[str]:
    """Give the names that conditions ask for below a part of the process."""
    return {
        str(steps[2])
        for slot, steps, *_ in program.paths
        if slot < 0 and len(steps) > 2 and steps[:2] == ["process", part]  # noqa: PLR2004
    }


def _speaks_of(program: Program, node: Node, part: str) -> bool:
    """Say whether a condition asks for a part of the process, which may be costly to tell."""
    if node and node[0] == "fact":
        return bool(program.paths[node[1]][1][:2] == ["process", part])
    return any(_speaks_of(program, one, part) for one in node if isinstance(one, list))


def _doubt(proof: Proof, scope: Scope) -> Absent:
    """Give the first thing, in written order, that is not known."""
    for part in (*proof.filters, *proof.children):
        if part.truth is None and part.node[0] not in {"fact", "key", "length"}:
            return _doubt(part, scope)
    unsure = proof.unsure
    named = next(
        (
            text
            for side in (proof.blamed, proof.node[1])
            if side is not None and side.__class__ is list
            for text, _, _ in scope.references(side, proof.frames)
        ),
        "",
    )
    cause, detail = (unsure.cause, unsure.detail) if unsure else ("missing", "")
    return Absent(cause, naming(named, detail) if named and detail else detail or f"`{named}`")
