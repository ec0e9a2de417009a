"""Schemas of facts as far as paths can be followed in them."""

from __future__ import annotations

import pytest

from engine.compile.schema import FactsSchema

PATH = {"type": "string", "format": "path"}
FACTS = {
    "properties": {
        "go": {"type": "object", "properties": {"root": PATH, "any": {}}},
        "xs": {"type": "array", "items": {"properties": {"version": {"format": "go-version"}}}},
        "by-name": {"additionalProperties": {"$ref": "#/$defs/tool"}},
        "same": {"properties": {"a": PATH, "b": PATH}},
        "mixed": {"properties": {"a": PATH, "b": {"type": "string"}}},
        "ring": {"$ref": "#/$defs/ring"},
        "lost": {"$ref": "#/$defs/nothing"},
        "open": {"additionalProperties": True},
        "false": False,
    },
    "$defs": {
        "tool": {"properties": {"at": {"$ref": "#/$defs/place"}}},
        "place": PATH,
        "ring": {"$ref": "#/$defs/ring"},
    },
}
SCHEMA = FactsSchema(FACTS)


@pytest.mark.parametrize(
    ("steps", "form"),
    [
        (("go", "root"), "path"),
        (("xs", 0, "version"), "go"),
        (("xs", -1, "version"), "go"),
        (("by-name", "any name", "at"), "path"),
        (("go", "any"), ""),
    ],
)
def test_a_path_is_followed_through_mappings_lists_and_references(steps, form: str):
    assert SCHEMA.form(SCHEMA.at(steps)) == form


@pytest.mark.parametrize(
    "steps",
    [
        ("nothing",),
        ("go", "nothing"),
        ("go", 0),
        ("xs", "version"),
        ("ring",),
        ("ring", "a"),
        ("lost",),
        ("lost", "a"),
        ("open", "a"),
        ("false", "a"),
    ],
)
def test_where_nothing_is_declared_there_is_nothing(steps):
    assert SCHEMA.at(steps) is None


def test_the_elements_of_a_list_have_the_schema_of_its_items():
    element = SCHEMA.element(SCHEMA.at(("xs",)))
    assert SCHEMA.form(SCHEMA.at(("version",), element)) == "go"


def test_the_elements_of_a_mapping_have_the_schema_of_further_keys():
    element = SCHEMA.element(SCHEMA.at(("by-name",)))
    assert SCHEMA.form(SCHEMA.at(("at",), element)) == "path"


def test_keys_that_agree_give_the_elements_schema_and_keys_that_differ_give_none():
    assert SCHEMA.element(SCHEMA.at(("same",))) == PATH
    assert SCHEMA.element(SCHEMA.at(("mixed",))) is None


@pytest.mark.parametrize("schema", [None, True, {}, {"type": "object"}])
def test_what_has_no_declared_elements_gives_none(schema):
    assert SCHEMA.element(schema) is None


def test_packs_declare_facts_beside_ours():
    schema = FactsSchema(FACTS, [{"acme": {"properties": {"at": PATH}}}])
    assert schema.form(schema.at(("acme", "at"))) == "path"
    assert set(schema.top) == {*FACTS["properties"], "acme"}


@pytest.mark.parametrize(
    ("declared", "form"),
    [
        ({"format": "path"}, "path"),
        ({"format": "path-list"}, "path-list"),
        ({"format": "go-version"}, "go"),
        ({"format": "semver"}, "semver"),
        ({"format": "pep440"}, "pep440"),
        ({"format": "date-time"}, "date-time"),
        ({"format": "email"}, ""),
        ({"format": 1}, ""),
        ({}, ""),
        (True, ""),
        (None, ""),
    ],
)
def test_a_format_is_what_operators_call_a_form(declared, form: str):
    assert SCHEMA.form(declared) == form
