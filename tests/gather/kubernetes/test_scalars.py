"""What a scalar of a manifest is, beside what kubectl said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.gather.kubernetes.scalars import flag_of, number_of, text_of
from engine.gather.plain_yaml import documents
from engine.model.facts import Absent

ANSWERS = json.loads((Path(__file__).parent / "answers" / "scalars.json").read_text())
# kubectl passes over tags of nobody, and reads as a text what is too large for a number.
UNKNOWN = {"!foo x", "1e400"}


def node(scalar):
    return documents(f"a: {scalar}\n".encode(), "x.yaml")[0].entries["a"]


@pytest.mark.parametrize("scalar", ANSWERS)
def test_a_text_is_what_kubectl_takes_for_one(scalar):
    found = text_of(node(scalar))
    if ANSWERS[scalar] is None or scalar in UNKNOWN:
        assert isinstance(found, Absent)
    else:
        assert (found or "") == ANSWERS[scalar]


@pytest.mark.parametrize(
    ("scalar", "flag"),
    [("true", True), ("on", True), ("No", False), ("", True), ("null", True), ("~", True)],
)
def test_a_flag_is_read_as_yaml_1_1_reads_it(scalar, flag):
    assert flag_of(node(scalar), otherwise=True) is flag


@pytest.mark.parametrize("scalar", ["'true'", "1", "[]", "maybe", "!!bool yes"])
def test_what_is_no_flag_is_not_known(scalar):
    assert isinstance(flag_of(node(scalar), otherwise=True), Absent)


@pytest.mark.parametrize(
    ("scalar", "number"), [("1000", 1000), ("0", 0), ("", None), ("null", None)]
)
def test_a_number_is_told_where_its_digits_are_plain(scalar, number):
    assert number_of(node(scalar)) == number


@pytest.mark.parametrize("scalar", ["'1000'", "0x10", "010", "1e3", "-1", "[]", "!!int 1"])
def test_another_number_is_not_known(scalar):
    assert isinstance(number_of(node(scalar)), Absent)


def test_what_looks_like_a_template_is_not_known():
    assert text_of(node("'{{ .Values.image }}'")).cause == "opaque"
