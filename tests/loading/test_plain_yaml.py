from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LoadError
from engine.loading.plain_yaml import Plain, Reference, read_documents
from engine.loading.positions import MOST_NODES
from engine.model.facts import Absent


def read(text, **more):
    return read_documents(text.encode(), "x.yml", **more)


def only(text):
    return read(text)[0].entries


def test_a_scalar_keeps_whether_it_stands_without_quotes():
    found = only("a: 1.20\nb: '1.20'\nc: \"x\"\nd: |\n  yes\ne:\nf: ''\n? yes\n: x\n'no': y\n")
    assert {key: node.value for key, node in found.items()} == {
        "a": "1.20",
        "b": "1.20",
        "c": "x",
        "d": "yes\n",
        "e": "",
        "f": "",
        "yes": "x",
        "no": "y",
    }
    assert [key for key, node in found.items() if isinstance(node.value, Plain)] == [
        *("a", "e", "yes", "no")
    ]
    assert [type(key) for key in found][-2:] == [Plain, str]


def test_each_document_stands_alone():
    found = read("a: &x 1\n---\nb: 2\n---\n---\n- c\n...\n")
    assert [node.place.line for node in found] == [1, 3, 5, 6]
    assert found[2].value == ""
    with pytest.raises(LoadError):
        read("a: &x 1\n---\nb: *x\n")


@pytest.mark.parametrize("text", ["", " \n", "# nothing\n", "\ufeff"])
def test_a_file_without_content_has_no_documents(text):
    assert read(text) == []


def test_a_key_that_stands_twice_is_not_known():
    found = only("a: 1\nb: 2\na: 3\n")
    assert isinstance(found["a"].value, Absent)
    assert "line 1 and again at line 3" in found["a"].value.detail


@pytest.mark.parametrize(
    "scalar", ["!!int 1", "!x y", "!x {a: b}", "!!binary aGk=", "!reference a"]
)
def test_a_tag_makes_a_value_that_is_not_known(scalar):
    assert isinstance(only(f"a: {scalar}\n")["a"].value, Absent)


def test_tags_that_change_nothing_are_passed_over():
    found = only("a: !!str 1\nb: ! 2\nc: !!seq [x]\nd: !!map {e: f}\n")
    assert (found["a"].value, found["b"].value) == ("1", "2")
    assert not isinstance(found["a"].value, Plain)
    assert [item.value for item in found["c"].items] == ["x"]
    assert found["d"].entries["e"].value == "f"


def test_a_reference_of_gitlab_is_told_from_a_list():
    found = only("a: !reference [b, c]\nd: [b, c]\n")
    assert [isinstance(found[key], Reference) for key in "ad"] == [True, False]


def test_what_is_merged_is_merged_only_for_tools_that_do_so():
    text = "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n"
    merged = read(text)[0].entries["b"].entries
    assert {key: node.value for key, node in merged.items()} == {"x": "1", "y": "3"}
    assert list(read(text, merges=False)[0].entries["b"].value) == ["<<", "y"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: [\n", "ends inside brackets"),
        ("a: *b\n", "nothing is named"),
        ("a: &a [*a]\n", "stands inside what it names"),
        ("[a]: b\n", "a list, a mapping or an alias is a key"),
        ("a: {<<: b}\n", "`<<` merges what is no mapping"),
        ("a: \0\n", "control character"),
        ("[" * 100, "nested more than"),
        ("%YAML 9.9\n---\na\n", "YAML"),
    ],
)
def test_what_is_no_yaml_is_refused(text, what):
    with pytest.raises(LoadError) as refused:
        read(text)
    assert what in str(refused.value)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(LoadError):
        read_documents(b"a: \xff", "x.yml")


def test_aliases_count_as_if_they_were_written_out():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(LoadError) as refused:
        read("\n".join(lines))
    assert f"more than {MOST_NODES} values" in str(refused.value)


@given(st.binary(max_size=60) | st.text("{}[]:,-&*!|>'\"#%@ \nab0<~", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(LoadError):
        read_documents(data, "x.yml")
