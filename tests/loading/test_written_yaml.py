"""YAML as it is written: texts, tags and pairs, for tools whose own reader decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LoadError
from engine.loading.written_yaml import Written, read_written_yaml


def shown(node):
    if node.pairs is not None:
        said = [[shown(key), shown(value)] for key, value in node.pairs]
    elif isinstance(node.value, list):
        said = [shown(one) for one in node.listed]
    else:
        said = node.text if node.is_plain else f"'{node.text}'"
    return said if node.tag is None else {node.tag: said}


def read(text):
    node = read_written_yaml(text.encode(), "x.yaml")
    return None if node is None else shown(node)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1.20", [["a", "1.20"]]),
        ("a: '1.20'", [["a", "'1.20'"]]),
        ("on: yes\n0755: ~", [["on", "yes"], ["0755", "~"]]),
        ("a:", [["a", ""]]),
        ("a: 1\na: 2", [["a", "1"], ["a", "2"]]),
        (
            "x: &x {b: 1}\na: {<<: *x, c: 2}",
            [["x", [["b", "1"]]], ["a", [["<<", [["b", "1"]]], ["c", "2"]]]],
        ),
        ("a: !reset null", [["a", {"!reset": "'null'"}]]),
        ("a: !!str 1", [["a", {"!!str": "'1'"}]]),
        ("- a\n- [b, 'c']", ["a", ["b", "'c'"]]),
        ("a: |\n  two\n  lines\n", [["a", "'two\nlines\n'"]]),
        ("", None),
        ("\ufeff \n", None),
        ("# only words\n", None),
    ],
)
def test_it_says_what_is_written(text, said):
    assert read(text) == said


def test_places_are_those_of_the_values():
    node = read_written_yaml(b"a:\n  b: 1\n  c: [x,\n    y]\n", "x.yaml")
    inner = node.pairs[0][1]
    assert [value.place.line for _, value in inner.pairs] == [2, 3]
    assert [one.place.line for one in inner.pairs[1][1].listed] == [3, 4]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{[a]: 1}", "is a key here"),
        ("a: [", ""),
        ("a: 1\n---\nb: 2", "a second document"),
        ("a: *b", ""),
        ("[" * 100 + "]" * 100, "nested more than"),
    ],
)
def test_what_cannot_be_read_is_refused(text, message):
    with pytest.raises(LoadError) as refused:
        read(text)
    assert message in str(refused.value)


@given(st.recursive(st.text("ab'\"#: ", max_size=4), lambda inner: st.lists(inner, max_size=3)))
def test_whatever_texts_there_are_they_come_back(value):
    def quoted(one):
        if isinstance(one, list):
            return f"[{', '.join(map(quoted, one))}]"
        return "'" + one.replace("'", "''") + "'"

    def plain(node):
        return [plain(one) for one in node.listed] if isinstance(node.value, list) else node.text

    node = read_written_yaml(f"a: {quoted(value)}".encode(), "x.yaml")
    assert isinstance(node, Written)
    assert plain(node.pairs[0][1]) == value
