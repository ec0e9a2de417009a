from __future__ import annotations

import json
from pathlib import Path

import pytest

SCHEMAS = sorted((Path(__file__).parents[3] / "schemas").glob("*.schema.json"))


def test_the_schemas_are_named(engine):
    names = [path.name.removesuffix(".schema.json") for path in SCHEMAS]

    assert engine("schema").out.split() == names
    assert {"config", "facts", "graph", "pack", "report", "rule", "waivers", "why"} == set(names)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_is_printed_as_it_is(engine, path):
    ran = engine("schema", path.name.removesuffix(".schema.json"))

    assert ran.out == path.read_text("utf-8")
    assert json.loads(ran.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
