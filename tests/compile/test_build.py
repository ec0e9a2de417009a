"""A request to a program: out of the cache only where it is of what was asked for."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from engine.compile.build import (
    Request,
    _is_settled,
    build,
    facts_schema,
    find_config,
    program_for,
)
from engine.compile.cache import Cache
from engine.errors import LoadError
from engine.resources import bundled, bundled_packs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.compile.written import Written

LATER = 10**10


def later() -> int:
    """Give a start of a run well after everything was written."""
    return time.time_ns() + LATER


class Kept(Cache):
    """A cache whose folder can be looked at."""

    def entries(self) -> dict[str, int]:
        """Give the entries; one that is stored again is another file."""
        if not os.path.isdir(self._folder):
            return {}
        return {entry.name: entry.inode() for entry in os.scandir(self._folder)}


@pytest.fixture
def cache(tmp_path: Path) -> Kept:
    """Give an empty cache."""
    return Kept(str(tmp_path / "cache"))


def test_a_second_run_takes_the_same_program_out_of_the_cache(written: Written, cache: Kept):
    request = Request(rules=(written.pack("p", r="require: {x: 1}"),))
    first = program_for(request, cache, later())
    kept = cache.entries()
    assert len(kept) == 2
    assert program_for(request, cache, later()) == first == program_for(request, None, later())
    assert cache.entries() == kept


def test_other_parameters_are_another_program(written: Written, cache: Kept):
    pack = "params: {p: {about: x, default: 1}}"
    path = written.pack("p", pack, r="require: {x: {equals: {param: p}}}")
    for params in ((), (("p", 2),), (("p", "2"),)):
        program = program_for(Request(rules=(path,), params=params), cache, later())
        (rule,) = program.rules
        assert rule["require"][3] == ["value", dict(params).get("p", 1)]
    assert len(cache.entries()) == 6


def test_an_edited_pack_is_loaded_again_and_its_old_state_is_still_known(
    written: Written, cache: Kept
):
    request = Request(rules=(written.pack("p", r="require: {x: 1}"),))
    kept = []
    for value in (1, 2, 1, 2):
        written.pack("p", r=f"require: {{x: {value}}}")
        (rule,) = program_for(request, cache, later()).rules
        assert rule["require"][3] == ["value", value]
        kept.append(cache.entries())
    assert kept[1] == kept[2] == kept[3]


def test_what_was_written_during_the_run_is_not_kept(written: Written, cache: Kept):
    request = Request(rules=(written.pack("p", r="require: {x: 1}"),))
    program_for(request, cache, time.time_ns())
    assert cache.entries() == {}


def test_a_file_that_was_added_while_loading_is_not_taken_for_loaded(written: Written):
    _, manifest = build(Request(rules=(written.pack("p", r="require: {x: 1}"),)))
    assert _is_settled(manifest, later())
    written.pack("p", late="require: {y: 1}")
    assert not _is_settled(manifest, later())


def test_a_pack_that_does_not_load_is_never_kept(written: Written, cache: Kept):
    request = Request(rules=(written.pack("p", r="require: {x: {nope: 1}}"),))
    for _ in range(2):
        with pytest.raises(LoadError, match="nope"):
            program_for(request, cache, later())
    assert cache.entries() == {}


def test_a_configuration_gives_rules_parameters_and_settings(written: Written):
    pack = "params: {p: {about: x, default: 1}}"
    written.pack("p", pack, r="require: {x: {equals: {param: p}}}")
    config = written.folder / "engine.yaml"
    config.write_text("rules: [./p]\nparams: {p: 2}\nfail_on: high\nstrict: true\n")
    (rule,) = (program := program_for(Request(config=str(config)), None, 0)).rules
    assert rule["require"][3] == ["value", 2]
    assert program.settings == {"fail_on": "high", "strict": True}
    given = Request(config=str(config), params=(("p", 3),))
    (rule,) = program_for(given, None, 0).rules
    assert rule["require"][3] == ["value", 3], "the command line counts last"


def test_a_folders_configuration_is_found_even_if_it_leads_nowhere(tmp_path: Path):
    assert find_config(str(tmp_path)) is None
    os.symlink("gone", tmp_path / "engine.yaml")
    assert find_config(str(tmp_path)) == str(tmp_path / "engine.yaml")


def test_without_rules_and_configuration_all_bundled_packs_are_meant():
    names = bundled_packs()
    assert "go" in names
    program = program_for(Request(), None, 0)
    assert {rule["pack"] for rule in program.rules} <= set(names)


def test_the_schema_of_facts_keeps_its_definitions():
    schema = facts_schema(bundled("schemas") / "facts.schema.json")
    assert "go" in schema["properties"]
    assert isinstance(schema["$defs"], dict)
