"""Every line of a file of settings is kept, but for what may be anything."""

from __future__ import annotations

from engine.gather.syntaxes.dotenv import read_dotenv


def test_a_setting_is_name_and_value_as_they_stand():
    assert read_dotenv(b"# secret\n\nA=b 'c'#d\n") == [
        ["cmd", 1, [], [[["q", "#"], ["param", "", {"unknown": "a comment"}]]], []],
        ["cmd", 2, [], [[["q", ""]]], []],
        ["decl", 3, "export", [["A", "=", [["q", "b 'c'#d"]], None]]],
    ]


def test_another_line_is_not_kept():
    for line in (b"export A=b", b" A=b", b"token", b"a b=c"):
        assert read_dotenv(line) == [["opaque", 1, "a line that is no NAME=VALUE", None]]


def test_a_long_file_is_not_kept():
    assert read_dotenv(b"A=b\n" * 2000)[0][0] == "opaque"
