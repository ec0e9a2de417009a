from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.gather.formats import FORMATS
from engine.gather.formats._base import FormatError
from engine.gather.formats.json_files import read_json
from engine.loading.documents import GatherDocument
from engine.loading.nodes import plain
from engine.model.facts import Absent

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)  # fmt: skip


def refused(text):
    with pytest.raises(FormatError) as error:
        read_json(text if isinstance(text, bytes) else text.encode(), "x.json")
    return error.value.what, error.value.place.line, error.value.place.column


def test_the_formats_are_those_that_packs_may_name():
    named = GatherDocument.model_fields["format"].annotation
    assert set(FORMATS) == set(named.__args__)


@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_what_python_writes_is_read_back(value, indent):
    text = json.dumps(value, indent=indent)
    assert plain(read_json(text.encode(), "x")) == value


@given(st.text(alphabet='{}[]",:\\/ \n\t01-+.eEtrufalsn"x', max_size=30))
@example("1e5")
@example("01")
@example("[1,]")
@example('"\\u00e9"')
def test_python_and_we_agree_on_what_is_json(text):
    try:
        expected = json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        refused(text)
        return
    node = read_json(text.encode(), "x")
    if not _has_hole(node):
        assert plain(node) == expected


def _has_hole(node):
    children = [*node.items, *node.entries.values()]
    return isinstance(node.value, Absent) or any(map(_has_hole, children))


def test_each_value_has_its_place():
    node = read_json(b'{\n  "a": {"b": [1,\n    "x"]},\n\t"c": null}', "x.json")
    inner = node.entries["a"].entries["b"]
    places = [node, node.entries["a"], inner, *inner.items, node.entries["c"]]
    assert [(n.place.line, n.place.column) for n in places] == [
        (1, 1), (2, 8), (2, 14), (2, 15), (3, 5), (4, 7),
    ]  # fmt: skip


def test_a_byte_order_mark_moves_no_place():
    node = read_json(b'\xef\xbb\xbf{"a": 1}', "x")
    assert node.entries["a"].place.column == 7


def test_a_key_that_stands_twice_is_a_hole_and_the_others_are_known():
    node = read_json(b'{"a": 1,\n"b": 2,\n"a": 3}', "x")
    assert node.entries["b"].value == 2
    hole = node.entries["a"].value
    assert (hole.cause, hole.detail) == (
        "ambiguous",
        "the key stands at line 1 and again at line 3",
    )


@pytest.mark.parametrize("digits", ["1e999", "-1e999", "1e-999", "9" * 5000])
def test_a_number_that_no_document_can_hold_is_a_hole(digits):
    node = read_json(f"[{digits}, 1]".encode(), "x")
    assert node.items[0].value.cause == "unsupported"
    assert node.items[1].value == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ("the file ends where a value should stand", 1, 1)),
        ('{"a": 1', ("the file ends where `,` or `}` should stand", 1, 8)),
        ('{"a": s3cr3t}', ("a value should stand here", 1, 7)),
        ("[1,\n2,]", ("a value should stand here", 2, 3)),
        ("{} x", ("something follows the end of the JSON text", 1, 4)),
        ('{// no\n"a": 1}', ("a comment stands here, and JSON has none", 1, 2)),
        ('{"a" 1}', ("`:` should stand here", 1, 6)),
        ('["a\tb"]', ("this text in quotes is not as JSON writes one", 1, 2)),
        (b"{\n\xff}", ("this is not UTF-8", 2, None)),
        ("{'a': 1}", ("a key in double quotes should stand here", 1, 2)),
    ],
)
def test_a_mistake_is_told_with_its_place_and_without_the_file(text, said):
    assert refused(text) == said


def test_what_is_nested_too_deep_is_too_large():
    with pytest.raises(FormatError) as error:
        read_json(b"[" * 100_000, "x")
    assert error.value.cause == "too_large"
    assert plain(read_json(b"[" * 64 + b"]" * 64, "x"))


@pytest.mark.parametrize(
    "hostile",
    [b'"' + b"\\" * 1_000_000, b" " * 1_000_000, b"[" + b"1," * 500_000, b"1" * 1_000_000],
)
def test_a_hostile_file_takes_no_long_time(hostile):
    start = time.perf_counter()
    with contextlib.suppress(FormatError):
        read_json(hostile, "x")
    assert time.perf_counter() - start < 10
