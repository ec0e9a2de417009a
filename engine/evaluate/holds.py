"""Conditions of the precedence graph, judged while its plan is folded."""

from __future__ import annotations

from engine.evaluate.prove import prove
from engine.evaluate.scope import GivenUp, Scope
from engine.model.facts import Absent, Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.compile.program import Node, Program
    from engine.evaluate.prove import Proof
    from engine.model.json_value import JsonObject

    Holds: TypeAlias = Callable[[Node, JsonObject], bool | Absent]

_UNSET = {"state": "unset"}


def holds(program: Program, now: int | None = None) -> Holds:
    """Give what tells whether a `when` of the program's plan holds, or why nobody knows.

    It takes the condition and the root of the facts, which has the process's state under `process`:
    its `shell`, its `env` (`{name: {"state": .., "value": ..}}`) and its shell's `option`s. A
    variable that `env` does not hold is unset.
    """
    scope = Scope(program, Facts({}, {}), now)
    asked = {
        str(steps[2])
        for slot, steps, *_ in program.paths
        if slot < 0 and len(steps) > 2 and steps[:2] == ["process", "env"]  # noqa: PLR2004
    }

    def judge(node: Node, root: JsonObject) -> bool | Absent:
        scope.turn_to(Facts(_with_unset(root, asked), {}))
        try:
            proof = prove(node, scope, ())
        except (GivenUp, RecursionError):
            return Absent("opaque", "a condition was too much work")
        return _doubt(proof, scope) if proof.truth is None else proof.truth

    return judge


def _with_unset(root: JsonObject, asked: set[str]) -> JsonObject:
    """Let variables that conditions name, and the process does not have, be known to be unset."""
    process = root.get("process")
    variables = process.get("env") if isinstance(process, dict) else None
    if not isinstance(process, dict) or not isinstance(variables, dict):
        return root
    missing = asked - variables.keys()
    if not missing:
        return root
    shown = {name: variables[name] for name in asked & variables.keys()}
    full = shown | dict.fromkeys(missing, _UNSET)
    # The root may be a mapping with holes, whose kind says that there may be more.
    copy = root.__class__(root)
    if hasattr(root, "more"):
        copy.more = root.more  # type: ignore[attr-defined]
    copy["process"] = {**process, "env": full}
    return copy


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
    return Absent(cause, f"`{named}`: {detail}" if named and detail else detail or f"`{named}`")
