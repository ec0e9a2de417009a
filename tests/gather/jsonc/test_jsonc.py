"""JSON with comments is read as VS Code reads it, down to each mistake and each place."""

from __future__ import annotations

import pytest

from engine.gather.formats._base import FormatError
from engine.gather.jsonc.reader import read_jsonc
from engine.loading.nodes import plain
from engine.model.facts import Absent
from tests.gather.jsonc.answers import DIALECTS, ours, recorded, texts, theirs


@pytest.mark.parametrize("which", DIALECTS)
def test_every_recorded_answer_is_given(which):
    given = texts()
    answers = recorded(which)

    assert len(answers) == len(given) >= 300
    for text, answer in zip(given, answers, strict=True):
        assert ours(which, text) == theirs(answer), text


def test_a_key_and_its_value_have_their_places():
    found = read_jsonc(b'{\n  // why\n  "a": /* what */ {"b": "x"}\n}', "settings.json")

    assert found.node.keys["a"].line == 3
    assert found.node.keys["a"].column == 3
    inner = found.node.entries["a"]
    assert (inner.place.file, inner.place.line, inner.place.column) == ("settings.json", 3, 19)


def test_of_a_key_that_is_repeated_the_last_one_has_the_place():
    found = read_jsonc(b'{\n"a": 1,\n"a": 2\n}', "f")

    assert plain(found.node) == {"a": 2}
    assert found.node.keys["a"].line == 3


def test_a_mistake_is_told_in_words_and_quotes_nothing():
    found = read_jsonc(b'{"token": s3cr3t}', "f")

    assert [fault.what for fault in found.faults] == [
        "this is no word of JSON",
        "a value should stand here",
    ]


def test_a_key_that_changes_what_others_mean_makes_its_mapping_a_hole():
    found = read_jsonc(b'{"a": {"__proto__": {"b": 1}}, "c": 2}', "f")

    assert isinstance(found.node.entries["a"].value, Absent)
    assert found.node.entries["c"].value == 2


@pytest.mark.parametrize("text", [b"[" * 65, b'{"a":' * 1000 + b"1", b"[" * 100_000])
def test_what_is_nested_too_deep_is_refused_with_its_cause(text):
    with pytest.raises(FormatError) as caught:
        read_jsonc(text, "f")

    assert caught.value.cause == "too_large"


def test_too_many_values_are_refused_with_their_cause():
    with pytest.raises(FormatError) as caught:
        read_jsonc(b"[" + b"1," * 200_001 + b"]", "f")

    assert caught.value.cause == "too_large"


def test_a_large_file_of_mistakes_is_read_to_its_end():
    found = read_jsonc(b'{"a": 1}' + b" x" * 400_000, "f")

    assert plain(found.node) == {"a": 1}
    assert len(found.faults) == 1000
