from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parents[1] / "conformance" / "complaints"


def cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        written = YAML(typ="safe", pure=True).load(file.read_bytes())["cases"]
        found += [pytest.param(case, id=f"{file.stem}: {case['name']}") for case in written]
    return found


@pytest.mark.parametrize("case", cases())
def test_a_mistake_is_told_in_these_words(
    case: dict[str, Any], complaints_about: Callable[[Mapping[str, str]], list[str]]
) -> None:
    files = case.get("files") or {"rule.yaml": case["rule"]}

    assert complaints_about(files) == case["says"]


@pytest.mark.parametrize("case", cases())
def test_a_complaint_is_one_lower_case_sentence_with_a_place(case: dict[str, Any]) -> None:
    for said in case["says"]:
        place, _, sentence = said.partition(": ")
        assert place
        assert sentence[0].islower() or sentence[0] == "`"
        assert not sentence.endswith(".")
        assert said.isprintable()
