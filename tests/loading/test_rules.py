from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.errors import LoadError
from engine.loading.positions import read_yaml
from engine.loading.rules import rule
from engine.loading.scope import Scope
from engine.model.conditions import ParamRef
from engine.model.place import Place
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from engine.model.rules import Rule


def read(text: str) -> Rule:
    return rule(read_yaml(text.encode(), "file.yaml"), Scope(OPERATORS))


def test_a_rule_needs_an_id_and_a_requirement_and_has_defaults_for_the_rest() -> None:
    found = read("id: go.x\nrequire: {a: 1}\n")

    assert (found.id, found.title, found.severity) == ("go.x", "go.x", "medium")
    assert found.message.parts == ("go.x",)
    assert (found.about, found.remedy, found.when, found.where, found.unless) == (
        "",
        None,
        None,
        None,
        None,
    )
    assert (found.tags, found.references, found.subjects, found.for_each, found.examples) == (
        (),
    ) * 5
    assert found.place == Place("file.yaml", 1, 1)


def test_the_title_is_the_message_as_it_is() -> None:
    found = read("id: x\ntitle: braces {stay} here\nrequire: {a: 1}\n")

    assert found.message.parts == ("braces {stay} here",)


def test_for_each_binds_its_name_for_everything_but_when() -> None:
    found = read(
        "id: x\nfor_each: xs\nas: it\n"
        "where: {it.$key: 0}\nunless: {it.$key: 1}\nrequire: {it.$key: 2}\n"
        'message: "{it.$key}"\nremedy: "{it.a}"\n'
    )

    assert [(level.domain.text, level.name) for level in found.for_each] == [("xs", "it")]  # type: ignore[union-attr]
    with pytest.raises(LoadError, match="has no key"):
        read("id: x\nwhen: {it.$key: 0}\nfor_each: xs\nas: it\nrequire: {a: 1}\n")


def test_for_each_may_enter_several_levels() -> None:
    found = read(
        "id: x\nfor_each: [{of: files, as: f}, {of: f.stages, as: s}]\n"
        "require: {s.$key: 0, f.$key: 0}\n"
    )

    assert [level.name for level in found.for_each] == ["f", "s"]


def test_for_each_may_run_over_a_parameter() -> None:
    found = read("id: x\nfor_each: {param: registries}\nas: r\nrequire: {r: 1}\n")

    assert found.for_each[0].domain == ParamRef("registries", Place("file.yaml", 2, 11))


def test_unless_stands_without_for_each() -> None:
    assert read("id: x\nunless: {a: 1}\nrequire: {b: 1}\n").unless is not None


def test_an_example_is_kept_as_it_is_written() -> None:
    found = read(
        "id: x\nrequire: {a: 1}\nexamples:\n"
        "  - {name: good, facts: {a: 1}, expect: pass}\n"
        "  - facts: {schema: precedent/facts/v1, facts: {a: [1.0, null]}}\n"
        "    expect: unknown\n"
        "    absent: {/a: {reason: permission, detail: no}}\n"
        "    params: {p: [1]}\n"
        "    today: 2026-11-23\n"
        "    says: it\n"
    ).examples

    good, other = found
    assert (good.name, good.facts, good.expect) == ("good", {"a": 1}, "pass")
    assert (good.absent, good.params, good.today, good.says) == (None, None, None, None)
    assert other.name == "example at line 5"
    assert other.facts == {"schema": "precedent/facts/v1", "facts": {"a": [1.0, None]}}
    assert other.absent == {"/a": {"reason": "permission", "detail": "no"}}
    assert (other.params, other.today, other.says) == ({"p": [1]}, "2026-11-23", "it")
    assert other.place == Place("file.yaml", 5, 5)


def test_the_pattern_of_an_id_ends_at_its_end() -> None:
    with pytest.raises(LoadError, match="`id` cannot be"):
        read('id: "x\\n"\nrequire: {a: 1}\n')
