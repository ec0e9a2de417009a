from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from engine.errors import LoadError
from engine.loading.nodes import plain
from engine.loading.positions import read_yaml
from engine.loading.schemas import schemas
from engine.operators import OPERATORS

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas(OPERATORS)

NAMES = {
    "rule.yaml": "rule.schema.json",
    "engine.yaml": "config.schema.json",
    "waivers.yaml": "waivers.schema.json",
}


def errors(schema: str, document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[schema]).iter_errors(document)]


def rule_documents() -> list[Any]:
    found = []
    for file in sorted((ROOT / "rules").glob("*/**/*.yaml")):
        document = plain(read_yaml(file.read_bytes(), str(file)))
        if "id" in document or "rules" in document:
            found.append(pytest.param(document, id=str(file.relative_to(ROOT))))
    return found


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("document", rule_documents())
def test_the_schema_accepts_every_bundled_rule(document: Any) -> None:
    assert errors("rule.schema.json", document) == []


def graph_documents() -> list[Any]:
    files = sorted((ROOT / "rules" / "precedence").glob("*.yaml"))
    return [
        pytest.param(plain(read_yaml(file.read_bytes(), str(file))), id=file.name)
        for file in files
        if file.name != "pack.yaml"
    ]


@pytest.mark.parametrize("document", graph_documents())
def test_the_schema_accepts_every_bundled_part_of_the_graph(document: Any) -> None:
    assert errors("graph.schema.json", document) == []


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_the_schema_knows_every_operator_and_what_it_does(name: str) -> None:
    matcher = SCHEMAS["rule.schema.json"]["$defs"]["matcher"]["anyOf"][1]

    assert matcher["properties"][name]["description"] == OPERATORS[name].summary


def mistakes() -> list[Any]:
    """Give the wrong documents of one file each that are YAML."""
    found = []
    for file in sorted((ROOT / "tests" / "conformance" / "complaints").glob("*.yaml")):
        for case in YAML(typ="safe", pure=True).load(file.read_bytes())["cases"]:
            files = case.get("files") or {"rule.yaml": case["rule"]}
            (name, text), *others = files.items()
            try:
                document = plain(read_yaml(text.encode(), name))
            except LoadError:
                continue
            if not others:
                schema = NAMES.get(name, "pack.schema.json")
                seen = case.get("schema_sees_it", True)
                found.append(
                    pytest.param(schema, document, seen, id=f"{file.stem}: {case['name']}")
                )
    return found


@pytest.mark.parametrize(("schema", "document", "seen"), mistakes())
def test_the_schema_sees_every_mistake_but_those_of_meaning(
    schema: str, document: Any, seen: bool
) -> None:
    assert bool(errors(schema, document)) is seen
