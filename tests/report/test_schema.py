from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from engine.report.schema import report_schema

FILE = Path(__file__).parents[2] / "schemas" / "report.schema.json"


def objects_in(schema):
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects_in(part)


def test_the_schema_in_the_repository_is_what_the_code_says(generated):
    generated(FILE, json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n")


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(report_schema())


def test_no_object_of_the_schema_takes_unknown_keys():
    found = list(objects_in(report_schema()))
    assert len(found) > 10
    assert all(one["additionalProperties"] is False for one in found)
