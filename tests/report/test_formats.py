from __future__ import annotations

import subprocess
import sys

import pytest

from engine.errors import UsageError
from engine.report import format_named, format_names, formats

_IMPORTS = """
import json, sys
before = set(sys.modules)
from engine.report import Layout, format_named
format_named({name!r}).render((), Layout())
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def test_the_formats_are_the_modules_named_after_them():
    assert format_names() == ("json", "junit", "sarif", "text")
    assert {name: found.name for name, found in formats().items()} == {
        name: name for name in format_names()
    }


@pytest.mark.parametrize("name", format_names())
def test_a_format_is_found_by_name_and_says_in_a_line_what_it_is_for(name):
    found = format_named(name)
    assert found is formats()[name]
    assert found.summary.startswith("for ")
    assert "\n" not in found.summary


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("jsn", "unknown format `jsn`; did you mean `json`?"),
        ("", "unknown format ``; the formats are `json`, `junit`, `sarif`, `text`"),
        ("../as_text", "unknown format `../as_text`; the formats are"),
        ("text.FORMAT", "unknown format `text.FORMAT`; "),
    ],
)
def test_a_name_that_is_no_format_is_a_usage_error_with_advice(name, message):
    with pytest.raises(UsageError) as caught:
        format_named(name)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["text", "json"])
def test_a_format_of_everyday_imports_no_other_and_nothing_slow(name):
    found = subprocess.run(
        [sys.executable, "-c", _IMPORTS.format(name=name)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert f"engine.report.as_{name}" in found
    others = [f"engine.report.as_{other}" for other in format_names() if other != name]
    slow = ["typing", "dataclasses", "pathlib", "datetime", "inspect", "xml", "urllib", "textwrap"]
    assert [module for module in found if module in {*others, *slow}] == []
