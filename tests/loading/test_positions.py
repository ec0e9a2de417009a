from __future__ import annotations

import json
import sys
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import LoadError
from engine.loading.nodes import Node, plain
from engine.loading.positions import read_yaml
from engine.model.place import Place

# What the reader refuses to see unescaped, and half surrogates, which UTF-8 cannot hold.
TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff\ufeff"
    )
)
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXTS, children, max_size=4),
    max_leaves=20,
)
PIECES = (
    "a;b: ;c:;- ;\n;\n  ;\n    ; ;{;};[;];, ;,;: ;:;';\";#; # ;|;>;|-\n;&x ;*x;!t ;? ;---\n;...\n;%"
    ";@;`;\t;\\;\\n;1;~;true;<<: ;é;\U0001f600;http://x;a?b;\r\n;-;?;x:y;'';\"a\";[a];{a: 1}"
)
YAML_LIKE = st.lists(st.sampled_from(PIECES.split(";")), max_size=25).map("".join)


def read(data: bytes | str) -> Node:
    return read_yaml(data.encode() if isinstance(data, str) else data, "file.yaml")


def outcome(data: bytes | str) -> Any:
    """Give what is read, or the complaints about it."""
    try:
        return plain(read(data))
    except LoadError as error:
        return error


@pytest.fixture
def without_extension(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)


# Values and places


def test_every_key_and_value_knows_its_place() -> None:
    root = read("a: 1\nb:\n  - x\n  - {c: é, d: 2}\n")

    inner = root.entries["b"].items[1]
    assert root.place == Place("file.yaml", 1, 1)
    assert root.keys == {"a": Place("file.yaml", 1, 1), "b": Place("file.yaml", 2, 1)}
    assert root.entries["b"].place == Place("file.yaml", 3, 3)
    assert inner.place == Place("file.yaml", 4, 5)
    assert inner.keys == {"c": Place("file.yaml", 4, 6), "d": Place("file.yaml", 4, 12)}
    assert inner.entries["d"].place == Place("file.yaml", 4, 15)


@pytest.mark.parametrize(
    ("text", "index", "place"),
    [
        ("a: bcd\n", 2, Place("file.yaml", 1, 6)),
        ('a: "bcd"\n', 2, Place("file.yaml", 1, 7)),
        ("a: 'bcd'\n", 2, Place("file.yaml", 1, 7)),
        ('a: "b\\td"\n', 2, Place("file.yaml", 1, 4)),
        ("a: 'b''d'\n", 2, Place("file.yaml", 1, 4)),
        ("a: |\n  b\n  cd\n", 3, Place("file.yaml", 3)),
        ("a: >\n  b\n  cd\n", 3, Place("file.yaml", 1, 4)),
        ("a: b\n  c\n", 2, Place("file.yaml", 1, 4)),
        ("a: &x bcd\n", 2, Place("file.yaml", 1, 4)),
    ],
)
def test_a_character_of_a_text_has_the_place_that_can_be_told(
    text: str, index: int, place: Place
) -> None:
    assert read(text).entries["a"].place_at(index) == place


def test_an_alias_repeats_what_its_anchor_names() -> None:
    assert plain(read("a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n")) == {
        "a": {"b": [1]},
        "c": {"b": [1]},
        "d": [{"b": [1]}, {"b": [1]}],
    }


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa: 1\r\nb:\r\n  - c\r\n", b"a: 1\rb:\r  - c\r"])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(data: bytes) -> None:
    root = read(data)

    assert plain(root) == {"a": 1, "b": ["c"]}
    assert root.entries["b"].items[0].place == Place("file.yaml", 3, 5)


def test_a_web_address_needs_no_quotes_inside_brackets() -> None:
    assert plain(read("a: [https://go.dev/dl?mode=json, x:y, z?]\nb: {c: http://h:80/}\n")) == {
        "a": ["https://go.dev/dl?mode=json", "x:y", "z?"],
        "b": {"c": "http://h:80/"},
    }


# Two parsers, one reading


@settings(max_examples=1500)
@given(text=YAML_LIKE)
def test_both_parsers_read_the_same(text: str) -> None:
    fast = outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "_ruamel_yaml", None)
        slow = outcome(text)

    # They part on tabs behind a value, and on block texts without a mapping around.
    if isinstance(fast, (dict, list)) and not isinstance(slow, LoadError):
        assert fast == slow


@pytest.mark.usefixtures("without_extension")
def test_the_reading_is_the_same_without_the_extension() -> None:
    text = "a: [https://go.dev, 012, 1.5]\nb: |\n  x\nc: {d: 'e', \"f\": null}\n"

    assert plain(read(text)) == {
        "a": ["https://go.dev", "012", 1.5],
        "b": "x\n",
        "c": {"d": "e", "f": None},
    }


@pytest.mark.usefixtures("without_extension")
@pytest.mark.parametrize("text", ['a: "\\ud83d\\ude00"', '"\\ud83d": a'])
def test_half_a_character_is_refused_without_the_extension_too(text: str) -> None:
    with pytest.raises(LoadError, match="write the character itself"):
        read(text)


# Laws


@settings(max_examples=600)
@given(value=JSON_VALUES)
@example(value={"a": "\u0085\u2028\x07\x7f", "b": "\U000f003a \U000f003f a:b"})
def test_json_is_read_as_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    # Pairs of escaped surrogates are the one thing that JSON has and YAML has not.
    escaped = "".join(c if c.isprintable() or c > "\uffff" else json.dumps(c)[1:-1] for c in text)

    found = plain(read(escaped))

    assert found == value
    assert json.dumps(found) == json.dumps(value)


@settings(max_examples=1500)
@given(
    data=st.binary()
    | YAML_LIKE.map(str.encode)
    | st.text().map(lambda text: text.encode("utf-8", "replace"))
)
@example(data=b"\xff\xfea\x00")
@example(data=b'"\\U99999999"')
@example(data=b"%YAML 9.9\n---\na")
@example(data=b'"\\ud800"')
def test_no_bytes_raise_anything_but_a_load_error(data: bytes) -> None:
    found = outcome(data)

    if isinstance(found, LoadError):
        assert found.complaints
        assert all(str(complaint.place).startswith("file.yaml") for complaint in found.complaints)
        assert str(found).splitlines() == [str(complaint) for complaint in found.complaints]


@settings(max_examples=400)
@given(data=YAML_LIKE)
def test_no_bytes_raise_anything_else_without_the_extension(data: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "_ruamel_yaml", None)
        found = outcome(data)

    if isinstance(found, LoadError):
        assert found.complaints


# Hostile files


def bomb() -> bytes:
    lines = [b"a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [b"a%d: &a%d [%s]" % (i, i, b", ".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 12)]
    return b"\n".join(lines)


def tower_of_aliases() -> bytes:
    lines = [b"a0: &a0 [x]"]
    lines += [b"a%d: &a%d [*a%d]" % (i, i, i - 1) for i in range(1, 3000)]
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(), "more than 200000 values"),
        (tower_of_aliases(), "nested more than 64 levels deep"),
        (b"[" * 50_000, "nested more than 64 levels deep"),
        (b"{a: " * 50_000, "nested more than 64 levels deep"),
        (b"- " * 50_000, "nested more than 64 levels deep"),
        (b"- a\n" * 210_000, "more than 200000 values"),
        (b'"' + b"x" * 1_000_000, "never closed"),
        (b"&a " * 50_000, "YAML|follows|fit|anchor|quotes"),
        (b"- ~\n" * 1000, "means different things"),
        (b"9" * 5000, "too large"),
    ],
    ids=[
        "bomb",
        "tower",
        "lists",
        "mappings",
        "dashes",
        "many",
        "quote",
        "anchors",
        "tildes",
        "digits",
    ],
)
def test_a_hostile_file_is_refused_at_once(data: bytes, words: str) -> None:
    start = time.process_time()

    with pytest.raises(LoadError, match=words) as caught:
        read(data)

    assert time.process_time() - start < 2
    assert len(caught.value.complaints) <= 50


def test_sixty_four_levels_are_not_too_deep() -> None:
    assert plain(read("[" * 63 + "1" + "]" * 63)) == json.loads("[" * 63 + "1" + "]" * 63)


@pytest.mark.parametrize("data", [b"\xff\xfea\x00:\x00", b"a: \xe9\n", b"a: \xed\xa0\x80"])
def test_what_is_not_utf_8_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(
        LoadError, match=r"^file.yaml:1: this is not UTF-8; save the file as UTF-8$"
    ):
        read(data)
