"""A program is plain JSON: kept and read back, it judges the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.compile.program import FORMAT, Program, is_applicable, program_from
from tests.conformance.engine_adapter import compiled, walked, write_pack
from tests.reference.strategies import batch

if TYPE_CHECKING:
    from pathlib import Path

    from tests.compile.written import Written

NOW = 1_790_000_000 * 10**9


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_a_program_judges_the_same_after_its_way_through_json(tmp_path: Path, seed: int):
    made = batch(seed, 6, 4)
    program = compiled(write_pack(tmp_path / str(seed), made.pack, made.rules))
    read = program_from(json.loads(json.dumps(program.as_json())))
    assert read == program
    assert walked(read, made.documents, NOW) == walked(program, made.documents, NOW)


def test_a_program_names_its_format_and_reads_all_it_wrote():
    program = Program(
        rules=[], paths=[], waivers=[], disabled=[], settings={"strict": True}, plan_text="{}"
    )
    content = program.as_json()
    assert content["format"] == FORMAT
    assert set(content) == {
        "rules",
        "paths",
        "waivers",
        "disabled",
        "settings",
        "plan_text",
        "gather",
        "format",
    }
    assert program_from(content) == program


def test_the_settings_of_a_run_are_kept(written: Written):
    assert written.program(written.rule("require: {x: 1}")).settings == {}


@pytest.mark.parametrize(
    ("subjects", "kind", "applies"),
    [
        ([], "ci", True),
        ([], None, True),
        (["ci"], "ci", True),
        (["ci"], "workstation", False),
        (["ci"], None, True),
    ],
)
def test_a_rule_applies_to_its_subjects_and_to_documents_that_do_not_say(
    subjects: list[str], kind: str | None, applies: bool
):
    assert is_applicable({"subjects": subjects}, kind) is applies
