from __future__ import annotations

import json

import jsonschema
import pytest

from engine.compile.schema import FactsSchema
from engine.compile.violations import violations
from engine.gather.collector import collector
from engine.gather.collectors import COLLECTORS
from engine.gather.declare import number
from engine.gather.schema import FILE, compose, declared_facts, facts_of, facts_schema, schema_text
from engine.model.verdicts import CAUSES
from engine.resources import bundled


def test_the_committed_schema_is_what_the_collectors_declare():
    assert (bundled("schemas") / FILE).read_text("utf-8") == schema_text()


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(facts_schema())


def test_the_facts_alone_are_read_from_the_file():
    assert declared_facts() == compose(COLLECTORS) | {"$defs": facts_schema()["$defs"]}
    assert declared_facts()["properties"]["go"]["properties"]["version"]["format"] == "go-version"


def test_a_list_of_assignments_is_declared_once_and_referred_to():
    declared = facts_schema()["properties"]["facts"]["properties"]

    assert declared["docker_client"]["properties"]["env"]["items"] == {"$ref": "#/$defs/assignment"}
    assert schema_text().count('"$ref": "#/$defs/assignment"') > 40


def test_what_is_referred_to_is_followed_by_paths_and_held_against_documents():
    schema = FactsSchema(facts_of(facts_schema()))
    steps = ("docker_client", "env", 0)

    assert schema.at((*steps, "name"))["examples"] == ["GOFLAGS"]
    assert schema.at((*steps, "nome")) is None
    assert schema.form(schema.at((*steps, "file"))) == "path"
    row = {"name": "GOFLAGS", "how": "sets", "line": "4"}
    document = {"schema": "precedent/facts/v1", "facts": {"docker_client": {"env": [row]}}}
    assert [one.steps[-1] for one in violations(facts_schema(), document)] == ["how", "line"]


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


def test_collectors_that_share_a_mapping_agree_on_what_it_means():
    first, second = (
        collector(name, subjects=(), facts={f"x.{name}": number(name)}, groups={"x": about})(
            lambda _: []
        )
        for name, about in (("a", "One thing"), ("b", "Another"))
    )
    assert compose({"a": first})["properties"]["x"]["description"] == "One thing"
    with pytest.raises(TypeError, match="'x' of 'b' means something else elsewhere"):
        compose({"a": first, "b": second})


def test_a_fact_says_who_gathers_it_without_changing_the_declaration():
    declared = number("How many", unit="files")
    gathers = collector("a", subjects=("workstation",), facts={"x": declared}, live=True)
    schema = compose({"a": gathers(lambda _: [])})["properties"]["x"]

    assert schema["x-unit"] == "files"
    assert schema["x-collector"] == {"name": "a", "subjects": ["workstation"], "live": True}
    assert "x-collector" not in declared


def test_a_text_that_nobody_thought_would_hold_a_secret_is_valid_when_it_is_redacted(survey_of):
    document, _ = survey_of(directory="/home/dana/shop?token=hunter2", subject="repository")

    assert "hunter2" not in json.dumps(document)
    assert "$redacted" in document["facts"]["project"]["directory"]
    jsonschema.validate(document, facts_schema())


def test_an_unknown_key_beside_the_facts_is_refused_as_the_loader_does():
    with pytest.raises(jsonschema.ValidationError, match="'fact' was unexpected"):
        jsonschema.validate(
            {"schema": "precedent/facts/v1", "facts": {}, "fact": {}}, facts_schema()
        )
