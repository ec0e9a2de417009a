"""What is generated is committed, and not stale: `.ci/generate` writes it anew."""

from __future__ import annotations

import json
import runpy

import jsonschema
import pytest

from tests.contracts.files import ROOT, name

WRITTEN = runpy.run_path(str(ROOT / ".ci" / "generate"))["generated"]()
SESSIONS = runpy.run_path(str(ROOT / ".ci" / "sessions"))["sessions"]
SCHEMAS = sorted(path for path in WRITTEN if path.suffix == ".json")


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_a_generated_file_is_what_the_code_says(path):
    assert path.read_bytes().decode("utf-8") == WRITTEN[path]


def test_a_command_on_a_page_with_sessions_says_what_the_page_says():
    for page, text in SESSIONS().items():
        assert page.read_text("utf-8") == text


def test_every_schema_is_generated():
    assert sorted((ROOT / "schemas").iterdir()) == SCHEMAS


@pytest.mark.parametrize("path", SCHEMAS, ids=name)
def test_a_schema_is_one_and_is_about_something(path):
    schema = json.loads(path.read_bytes())

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
