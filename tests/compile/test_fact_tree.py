"""Declared facts as people see them."""

from __future__ import annotations

import pytest

from engine.compile.fact_tree import kind_in_words, subtree, told_once, tree
from engine.compile.schema import FactsSchema

TEXT = {"type": "string", "description": "A name"}
COLLECTOR = {"name": "a", "subjects": ["workstation"], "live": False}
FACTS = {
    "properties": {
        "z": TEXT,
        "a": {
            "type": "object",
            "x-collector": COLLECTOR,
            "properties": {
                "late": {"type": "array", "items": {"properties": {"name": TEXT}}},
                "early": {"additionalProperties": {"items": {"enum": ["x", "y"]}}},
                "ref": {"$ref": "#/$defs/ring"},
                "any": True,
            },
        },
    },
    "$defs": {"ring": {"properties": {"again": {"$ref": "#/$defs/ring"}}}},
}
SCHEMA = FactsSchema(FACTS)


def test_an_entry_is_one_with_the_lists_and_mappings_around_it():
    entries = {entry.path: entry for entry in tree(SCHEMA)}

    assert entries["a.early.*[]"].name == "early.*[]"
    assert entries["a.early.*[]"].words == ["x", "y"]
    assert entries["a.late[].name"].name == "name"
    assert entries["a.late[].name"].depth == 2
    assert "a.late" not in entries


def test_the_top_is_sorted_and_all_below_stands_as_declared():
    assert [entry.path for entry in tree(SCHEMA) if entry.depth < 2] == [
        "a",
        "a.late[]",
        "a.early.*[]",
        "a.ref",
        "a.any",
        "z",
    ]


def test_what_is_shared_is_told_once():
    shared = {"type": "object", "description": "One", "properties": {"name": TEXT}}
    listed = {"type": "array", "items": {"$ref": "#/$defs/setting"}}
    schema = FactsSchema(
        {"properties": {"a": {"properties": {"x": listed}}, "b": listed}}
        | {"$defs": {"setting": shared}}
    )
    entries = list(tree(schema))

    assert [entry.path for entry in entries] == ["a", "a.x[]", "b[]"]
    assert [entry.kind for entry in entries[1:]] == ["list of settings"] * 2
    assert [entry.path for entry in told_once(schema, entries)] == ["setting", "setting.name"]
    assert [entry.path for entry in subtree(schema, "b", ("b",))] == ["b[]", "b[].name"]


def test_a_schema_that_goes_round_ends():
    assert max(entry.depth for entry in tree(SCHEMA)) < 50


def test_whoever_knows_a_fact_is_known_below_as_well():
    owners = {entry.path: entry.owner for entry in tree(SCHEMA)}

    assert owners["a.late[].name"]["x-collector"] == COLLECTOR
    assert owners["z"] == {}
    (found,) = subtree(SCHEMA, "a.late[0].name", ("a", "late", 0, "name"))
    assert (found.path, found.owner["x-collector"]) == ("a.late[0].name", COLLECTOR)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (TEXT, "text"),
        (TEXT | {"format": "go-version"}, "go-version"),
        ({"type": ["string", "object"], "required": ["$redacted"]}, "text"),
        ({"type": "boolean"}, "truth value"),
        ({"type": "integer"}, "number"),
        ({"type": "integer", "x-unit": "bytes"}, "number (bytes)"),
        ({"type": ["integer", "null"]}, "number or null"),
        ({"type": "array"}, "list"),
        ({"type": "array", "items": {"type": "string", "format": "path"}}, "list of paths"),
        (
            {"type": "array", "items": {"properties": {"a": TEXT}, "type": "object"}},
            "list of mappings",
        ),
        ({"additionalProperties": {"type": "array", "items": TEXT}}, "mapping of lists of texts"),
        ({"type": "object", "additionalProperties": False}, "mapping"),
        ({"type": "array", "items": {"type": "integer", "x-unit": "s"}}, "list of numbers (s)"),
        ({}, ""),
    ],
)
def test_a_type_is_said_as_people_say_it(schema, words):
    assert kind_in_words(schema) == words
