"""Conditions of the graph hold, do not, or say why nobody knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.packs import compile_packs
from engine.evaluate.holds import holds
from engine.loading.packs import load_packs
from engine.model.facts import Absent, PartialMap
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from pathlib import Path

PROCESS = {
    "shell": {"login": True, "interactive": False, "rcfile": None},
    "option": {"rcs": False},
}
ENV = {
    "A": {"state": "set", "value": "a"},
    "B": {"state": "unknown", "value": Absent("opaque", "`x` may set it")},
}


@pytest.fixture
def judged(tmp_path: Path) -> Any:
    """Give the truth of a condition about a process."""

    def judge(condition: str, root: dict[str, Any] | None = None, env: dict[str, Any] = ENV) -> Any:
        (tmp_path / "pack.yaml").write_text(
            "pack: p\nsources: {s: {touches: [X]}}\nprocesses:\n  a:\n"
            f"    inherits: {{nothing: true}}\n    reads: [{{source: s, when: {condition}}}]\n"
        )
        program = compile_packs(load_packs([str(tmp_path)], tmp_path, OPERATORS))
        node = program.plan["processes"]["a"]["reads"][0]["when"]
        made = {"process": dict(PROCESS)} if root is None else root
        return holds(program)(node, made, lambda name: env.get(name, {"state": "unset"}))

    return judge


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("{process.shell.login: true}", True),
        ("{process.shell.login: true, process.shell.interactive: true}", False),
        ("{process.shell.rcfile: null}", True),
        ("{process.env.A.value: a}", True),
        ("{process.env.A.state: set, process.env.C.state: unset}", True),
        ("{process.env.C.state: set}", False),
        ("{process.option.rcs: false}", True),
        ("{any: [process.env.B.value: b, process.env.A.value: a]}", True),
        ("{process.env.B.value: b, process.env.A.value: b}", False),
    ],
)
def test_a_condition_about_the_process_is_decided(judged: Any, condition: str, truth: bool) -> None:
    assert judged(condition) is truth


@pytest.mark.parametrize(
    ("condition", "cause", "detail"),
    [
        ("{process.env.B.value: b}", "opaque", "`process.env.B.value`: `x` may set it"),
        ("{process.env.A.value: a, process.env.B.value: b}", "opaque", "may set it"),
        ("{process.option.globalrcs: true}", "missing", "`process.option.globalrcs`"),
        ("{'files[\"/x\"].kind': file}", "missing", '`files["/x"].kind`'),
        ("{process.env.A.value: {equals: {fact: os.name}}}", "missing", "`os.name`"),
        ("{every: xs, as: x, satisfies: {x.a: 1}}", "missing", "`xs`"),
    ],
)
def test_what_is_not_known_says_why(judged: Any, condition: str, cause: str, detail: str) -> None:
    hole = judged(condition)

    assert isinstance(hole, Absent)
    assert hole.cause == cause
    assert detail in hole.detail


def test_facts_stand_beside_the_process(judged: Any) -> None:
    root = PartialMap({"process": PROCESS, "files": {"/x": {"kind": "file"}}})
    root.more = Absent("permission")

    assert judged("{'files[\"/x\"].kind': file, process.env.C.state: unset}", root) is True
    assert judged("{sudo.env_reset: true}", root).cause == "permission"


def test_one_program_judges_many_processes_in_turn(judged: Any) -> None:
    condition = "{process.env.A.value: a}"

    assert judged(condition) is True
    assert judged(condition, env={}).cause == "missing"
    assert judged(condition) is True


def test_a_plan_that_is_read_anew_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    # Nodes of a plan that is gone leave their places in memory to those of the next one.
    (tmp_path / "pack.yaml").write_text(
        "pack: p\nsources: {s: {touches: [X]}}\nprocesses:\n  a:\n    inherits: {nothing: true}\n"
        "    reads: [{source: s, when: {process.env.A.value: a}}]\n"
    )
    program = compile_packs(load_packs([str(tmp_path)], tmp_path, OPERATORS))
    judge = holds(program)
    written = json.dumps(program.plan["processes"]["a"]["reads"][0]["when"])
    assert '"a"' in written
    for number in range(2_000):
        text = f"value {number % 7}"
        entry = {"state": "set", "value": text}
        node = json.loads(written.replace('"a"', json.dumps(text)))
        assert judge(node, {"process": {}}, lambda _, entry=entry: entry) is True
        del node
