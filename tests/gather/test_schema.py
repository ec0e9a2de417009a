from __future__ import annotations

import json

import jsonschema
import pytest

from engine.gather.collector import collector
from engine.gather.collectors import COLLECTORS
from engine.gather.declare import number
from engine.gather.schema import FILE, compose, declared_facts, facts_schema, schema_text
from engine.model.verdicts import CAUSES
from engine.resources import bundled

FORMATS = {"path", "path-list", "go-version", "semver", "pep440", "date-time"}


def test_the_committed_schema_is_what_the_collectors_declare():
    assert (bundled("schemas") / FILE).read_text("utf-8") == schema_text()


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(facts_schema())


def test_the_facts_alone_are_read_from_the_file():
    assert declared_facts() == compose(COLLECTORS)
    assert declared_facts()["properties"]["go"]["properties"]["version"]["format"] == "go-version"


def every_schema(schema):
    yield schema
    for child in (
        *schema.get("properties", {}).values(),
        schema.get("items"),
        schema.get("additionalProperties"),
    ):
        if isinstance(child, dict):
            yield from every_schema(child)


def test_everything_declared_is_explained_and_typed():
    for key, each in (
        (key, each)
        for c in COLLECTORS.values()
        for key, value in c.facts.items()
        for each in every_schema(value)
    ):
        assert each["description"], key
        assert each["type"], key
        assert each.get("format", "path") in FORMATS, key
        jsonschema.Draft202012Validator(each)
        for shown in each.get("examples", ()):
            jsonschema.validate(shown, each)


def test_every_collector_says_what_it_collects():
    for name, each in COLLECTORS.items():
        assert each.summary.endswith("."), name
        assert set(each.subjects) <= {"workstation", "repository"}, name


def test_a_hole_has_a_cause_that_the_engine_knows():
    assert facts_schema()["$defs"]["absent"]["properties"]["reason"]["enum"] == list(CAUSES)


def test_a_redacted_text_is_valid_and_another_mapping_is_not(go_machine):
    document, _ = go_machine(environment={"GOPROXY": "https://u:p@h.example"})
    jsonschema.validate(document, facts_schema())
    wrong = json.loads(json.dumps(document))
    wrong["facts"]["env"]["GOPROXY"]["value"] = {"hidden": True}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, facts_schema())


def test_a_key_that_two_collectors_declare_is_a_fault():
    first, second = (
        collector(name, subjects=(), facts={"x.y": number(name)})(lambda _: []) for name in "ab"
    )
    with pytest.raises(TypeError, match=r"'x\.y' of 'b' is declared twice"):
        compose({"a": first, "b": second})
