from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.errors import LoadError
from engine.loading.nodes import plain
from engine.loading.positions import read_yaml

TABLE = YAML(typ="safe", pure=True).load(
    (Path(__file__).parents[1] / "conformance" / "scalars.yaml").read_bytes()
)
AROUND = ["{}", "key: {}", "- {}", "key: {} # and a comment", "[{}]", "{{key: {}}}"]


def read(text: str) -> Any:
    return plain(read_yaml(text.encode(), "file.yaml"))


@pytest.mark.parametrize("case", TABLE["means"], ids=lambda case: case["scalar"])
def test_an_unquoted_scalar_means_what_the_table_says(case: dict[str, str]) -> None:
    expected = json.loads(case["json"])

    found = [read(around.format(case["scalar"])) for around in AROUND]

    wanted = [
        expected,
        {"key": expected},
        [expected],
        {"key": expected},
        [expected],
        {"key": expected},
    ]
    assert found == wanted
    assert type(found[0]) is type(expected)


@pytest.mark.parametrize("scalar", TABLE["refused"])
def test_a_scalar_that_readers_disagree_about_is_refused(scalar: str) -> None:
    for around in AROUND:
        with pytest.raises(LoadError, match="quote it"):
            read(around.format(scalar))


@pytest.mark.parametrize("scalar", TABLE["refused"])
def test_a_quoted_scalar_is_always_a_text(scalar: str) -> None:
    assert read(f"[\"{scalar}\", '{scalar}']") == [scalar, scalar]
