"""What other tools' YAML means, held against a reader of YAML 1.1 and one of 1.2."""

from __future__ import annotations

import datetime as dt
import math
import time

import pytest
from ruamel.yaml import YAML

from engine.errors import LoadError
from engine.loading.foreign_yaml import foreign_scalar, read_foreign_yaml
from engine.loading.nodes import plain
from engine.model.facts import Absent
from engine.model.place import Place

SCALARS = [
    "yes", "Yes", "YES", "no", "No", "on", "On", "ON", "off", "OFF", "y", "n", "Y", "N", "true",
    "True", "TRUE", "false", "False", "FALSE", "tRue", "null", "Null", "NULL", "~", "nULL", "0",
    "1", "-1", "+1", "12", "012", "08", "00", "0o14", "0O14", "0x1F", "0X1F", "-0x1F", "0x",
    "0b101", "1_000", "1__0", "_1", "1_", "0x_F", "1.5", "-1.5", "+1.5", "1.", ".5", "-.5",
    "1.20", "3.10", "1e3", "1E3", "1e+3", "1.5e3", "1.5e+3", "1.5E-3", "1_0.5", "1.e+3", ".5e+3",
    "e3", "1e", "1.2.3", "v1.2", "1.22.10", ".inf", "-.inf", "+.inf", ".Inf", ".INF", ".nan",
    ".NaN", ".NAN", "inf", "nan", ".", "1:30", "1:30:45", "12:30", "8080:80", "22:22", "1:30.5",
    "190:20:30.15", "10:99", "2026-01-02", "2026-01-02T03:04:05Z", "2026-1-2", "01-02-2026",
    "text", "go1.22", "1.2.3-rc.1", "latest",
]  # fmt: skip


def by_ruamel(text, version):
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    value = yaml.load(text)
    if isinstance(value, dt.date):
        return text  # JSON has no dates
    return value


def same(one, other):
    if isinstance(one, float) and math.isnan(one):
        return isinstance(other, float) and math.isnan(other)
    return type(one) is type(other) and one == other


@pytest.mark.filterwarnings("ignore::ruamel.yaml.error.MantissaNoDotYAML1_1Warning")
@pytest.mark.parametrize("text", SCALARS)
def test_a_scalar_is_known_where_both_versions_of_yaml_agree(text):
    old, new = by_ruamel(text, (1, 1)), by_ruamel(text, (1, 2))
    ours = foreign_scalar(text, Place("x"))
    if isinstance(ours, Absent):
        # We may know less than two readers that happen to agree, never more than both.
        assert ours.cause in {"ambiguous", "unsupported"}
    else:
        assert same(ours, old)
        assert same(ours, new)


@pytest.mark.parametrize("text", ["yes", "off", "012", "0o14", "1_000", "1:30", "1e3", "0b1"])
def test_a_disputed_scalar_is_ambiguous(text):
    assert foreign_scalar(text, Place("x")).cause == "ambiguous"


def read(text):
    return read_foreign_yaml(text.encode(), "x.yaml")


def value(text):
    return plain(read(text))


def test_ordinary_values_are_known():
    text = """\
a: {b: [1, 2.5, ~, True], c: 'yes', "d": "0o14"}
e: 2026-01-02
f:
g: |
  two
  lines
1: one
on: [push]
"""
    assert value(text) == {
        "a": {"b": [1, 2.5, None, True], "c": "yes", "d": "0o14"},
        "e": "2026-01-02",
        "f": None,
        "g": "two\nlines\n",
        "1": "one",
        "on": ["push"],
    }


def test_each_value_has_its_place():
    node = read("a:\n  b: [x,\n   y]\n")
    inner = node.entries["a"].entries["b"]
    assert [(n.place.line, n.place.column) for n in (inner, *inner.items)] == [
        (2, 6),
        (2, 7),
        (3, 4),
    ]


def test_what_is_merged_counts_below_what_is_written():
    text = (
        "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {<<: [*b, *m], x: 9}\none:\n  <<: *b\n"
    )
    assert value(text)["all"] == {"x": 9, "y": 2, "z": 4}
    assert value(text)["one"] == {"x": 1, "y": 2}
    assert value('a: {"<<": 1}') == {"a": {"<<": 1}}


@pytest.mark.parametrize("merged", ["1", "[1]", "[]", "text"])
def test_merging_what_is_no_mapping_is_refused_unless_it_is_nothing(merged):
    if merged == "[]":
        assert value("a: {<<: []}") == {"a": {}}
        return
    with pytest.raises(LoadError):
        read(f"a: {{<<: {merged}}}")


def test_a_key_that_stands_twice_is_a_hole():
    node = read("a: 1\nb: 2\na: 3\n")
    assert node.entries["a"].value.detail == "the key stands at line 1 and again at line 3"
    assert node.entries["b"].value == 2


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("!!str 1", "1"),
        ("!!str yes", "yes"),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
        ("! x", "x"),
    ],
)
def test_tags_that_say_what_is_there_are_passed_over(text, known):
    assert value(text) == known


@pytest.mark.parametrize("text", ["!Ref x", "!!int '1'", "!!binary aGk=", "!!str [1]"])
def test_other_tags_make_a_hole(text):
    assert read(f"a: {text}").entries["a"].value.cause == "unsupported"


@pytest.mark.parametrize("text", ["", " \n", "# only this\n", "---\n", "\ufeff"])
def test_an_empty_file_is_null(text):
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n---\nb: 2\n",
        "---\n---\na: 1\n",
        "? [a]\n: 1\n",
        "a: *b\n",
        "a: [\n",
        "%YAML 1.1\n---\na: 1\n",
        "a: \x01\n",
        "a: !!python/object:os.system {a: 1}\n",
        "*a : 1\n",
    ],
)
def test_what_cannot_be_read_whole_is_refused(text):
    with pytest.raises(LoadError):
        read(text)


def test_aliases_that_multiply_are_bounded():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    merging = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: [*a{n - 1}, *a{n - 1}]}}\n"
        for n in range(1, 40)
    )
    for text in (bomb, merging):
        start = time.perf_counter()
        with pytest.raises(LoadError, match="more than"):
            read(text)
        assert time.perf_counter() - start < 10


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " * 50_000, "- " * 100_000])
def test_what_is_nested_deep_is_refused_quickly(text):
    start = time.perf_counter()
    with pytest.raises(LoadError):
        read(text)
    assert time.perf_counter() - start < 10
