"""Where things stand in JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.loading.json_places import place_of, repeated_key, spots

TEXT = """\
{
  "a": [10, {"b c": null, "é\\u0041": "x, y: {"}],
  "": {"0": [[]]}
}
"""


@pytest.mark.parametrize(
    ("steps", "key", "value"),
    [
        ((), None, "1:1"),
        (("a",), "2:3", "2:8"),
        (("a", 0), None, "2:9"),
        (("a", 1), None, "2:13"),
        (("a", 1, "b c"), "2:14", "2:21"),
        (("a", 1, "éA"), "2:27", "2:38"),
        (("",), "3:3", "3:7"),
        (("", "0"), "3:8", "3:13"),
        (("", "0", 0), None, "3:14"),
    ],
)
def test_a_value_and_its_key_are_found(steps, key, value):
    spot = spots(TEXT, [steps])[steps]

    assert str(place_of(TEXT, spot.value, "x")) == f"x:{value}"
    assert (None if spot.key is None else str(place_of(TEXT, spot.key, "x"))) == (
        key and f"x:{key}"
    )


def test_what_is_not_there_is_not_found():
    assert spots(TEXT, [("b",), ("a", 2), ("a", "0"), ("", 0), ("a", 0, "x")]) == {}


def test_many_are_found_in_one_go():
    assert len(spots(TEXT, [("a",), ("a", 1, "b c"), ("", "0", 0)])) == 3


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def every(value, steps=()):
    yield steps, value
    inside = value.items() if isinstance(value, dict) else ()
    for step, child in enumerate(value) if isinstance(value, list) else inside:
        yield from every(child, (*steps, step))


@given(values, st.sampled_from([None, 2]), st.booleans())
def test_at_the_place_of_each_value_stands_that_value(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    wanted = dict(every(value))
    found = spots(text, wanted)

    assert found.keys() == wanted.keys()
    for steps, spot in found.items():
        assert json.JSONDecoder().raw_decode(text, spot.value)[0] == wanted[steps]
        if spot.key is not None:
            assert json.JSONDecoder().raw_decode(text, spot.key)[0] == steps[-1]


def test_depth_and_length_do_not_matter():
    deep = "[" * 50_000 + "]" * 50_000
    long = json.dumps({"x" * 1_000_000: "\\" * 1_000_000, "y": 1})

    assert spots(deep, [(0,)])[(0,)].value == 1
    assert spots(long, [("y",)])[("y",)].value == len(long) - 2
    assert repeated_key(deep) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1, "b": 2}', None),
        ('{"a": 1, "a": 2}', ("a", 9)),
        ('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}', None),
        ('["a", "a", {"b": "b"}]', None),
        ('{"a": ["x", "x"], "\\u0061": 1}', ("a", 18)),
        ('{"a": {}, "b": [], "b": 1}', ("b", 19)),
        ('"a"', None),
    ],
)
def test_a_key_that_stands_twice_is_found(text, found):
    assert repeated_key(text) == found
