"""The reader of wsl.conf against what WSL's own parser answered (tests/real/wsl/ask.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.wsl.config_file import parse
from engine.gather.wsl.settings import KEYS, boolean, effective, reviewed

ANSWERS = Path(__file__).parents[2] / "real/wsl/answers.jsonl"
ROWS = [json.loads(line) for line in ANSWERS.read_text().splitlines()]


def value_of(settings, key):
    kind, _, name = key.partition(":")
    first = next((one for one in settings if one.name.lower() == name.lower()), None)
    if first is None:
        return "-"
    if kind == "s":
        return f"={first.value.hex()}"
    return {True: "yes", False: "no", None: "-"}[boolean(first.value)]


def test_every_answer_of_the_real_parser_is_the_same():
    assert len(ROWS) > 700
    wrong = []
    for row in ROWS:
        read = parse(row["text"].encode(), goes_on=row["goes_on"])
        ours = {key: value_of(read.settings, key) for key in row["values"]}
        broke = read.broken is not None and not row["goes_on"]
        if (broke, ours) != (row["broke"], row["values"]):
            wrong.append((row, ours))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[user]\ndefault=a\nfoo bar\n", 3),
        ("# a\n\n[user]\ndefault='a'\\x\n", 4),
        ("[user]\r\n\r\nde-fault=a", 3),
        ('[user]\ndefault="a\\\nb\nd=x', 3),
        ("[user]\ndefault=a # ;\n", None),
    ],
)
def test_the_first_broken_line_is_told(text, line):
    assert parse(text.encode()).broken == line


def test_a_setting_has_the_line_on_which_it_begins():
    read = parse(b"# a\n[user]\n\ndefault=a\\\n b\n\n  d = x # y\n[a]\nb=\n")
    assert [(one.name, one.line) for one in read.settings] == [
        ("user.default", 4),
        ("user.d", 7),
        ("a.b", 9),
    ]


def test_what_is_not_set_has_its_default():
    values = effective(parse(b""))
    assert {name: (value.value, value.line) for name, value in values.items()} == {
        name: ("/mnt/" if name == "automount_root" else key.default, None)
        for name, key in KEYS.items()
    }


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [
        ("appendWindowsPath=false", False, 2),
        ("appendWindowsPath=no", True, None),
        ("appendWindowsPath=no\nappendWindowsPath=false", True, None),
        ("appendWindowsPath=0\nappendWindowsPath=true", False, 2),
        ("a b\nappendWindowsPath=false", True, None),
    ],
)
def test_the_first_setting_counts_even_if_it_is_invalid(text, value, line):
    found = effective(parse(f"[interop]\n{text}\n".encode()))["append_windows_path"]
    assert (found.value, found.line) == (value, line)


def test_it_is_told_why_a_setting_does_not_count():
    text = b"[interop]\nenabled=no\nEnabled=true\nx=1\n[boot]\ninitTimeout=3\nsystemd=1\n"
    assert [why for _, why in reviewed(parse(text))] == [
        "invalid",
        "repeated",
        "unknown",
        None,
        None,
    ]


@pytest.mark.parametrize(("root", "value"), [("/", "/"), ("/w", "/w/"), ("", "/"), ("w", "w/")])
def test_the_root_ends_in_a_slash(root, value):
    text = f"[automount]\nroot={root}\n".encode()
    assert effective(parse(text))["automount_root"].value == value


def test_a_text_that_is_not_utf8_is_unknown():
    found = effective(parse(b"[user]\ndefault=\xff\n"))["default_user"]
    assert (found.value.cause, found.line) == ("unsupported", 2)


@given(st.binary() | st.text(alphabet='[]user=# \t\n\r"\\nxa1').map(str.encode), st.booleans())
def test_any_bytes_are_read(content, goes_on):
    read = parse(content, goes_on=goes_on)
    last = content.count(b"\n") + 1
    assert all(1 <= one.line <= last for one in read.settings)
    assert read.broken is None or 1 <= read.broken <= last
    assert all(effective(read)[name] is not None for name in KEYS)
