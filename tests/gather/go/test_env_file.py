from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.go.env_file import Content, Entry, Ignored, oddities, parse


def test_nothing_is_trimmed_unquoted_or_expanded():
    content = parse(b"GOFLAGS=-mod=mod -v \nGOBIN='$HOME/bin'\nGOPROXY=a\r\n")
    assert [entry.value for entry in content.entries] == ["-mod=mod -v ", "'$HOME/bin'", "a\r"]


def test_the_last_of_two_lines_counts():
    content = parse(b"GOFLAGS=a\nGOPROXY=\nGOFLAGS=b\n")
    assert content.winners() == {
        "GOFLAGS": Entry("GOFLAGS", "b", 3),
        "GOPROXY": Entry("GOPROXY", "", 2),
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("export GOFLAGS=x", "export"),
        (" GOFLAGS=x", "indented"),
        ("\ufeffGOFLAGS=x", "byte_order_mark"),
        ("goflags=x", "lower_case"),
        ("GOFLAGS x", "no_equals_sign"),
        ("=x", "other"),
        ("_GOFLAGS=x", "other"),
    ],
)
def test_a_line_that_go_passes_over_is_told_with_its_reason(line, why):
    assert parse(b"GOBIN=/b\n" + line.encode()) == Content(
        (Entry("GOBIN", "/b", 1),), (Ignored(2, why),)
    )


def test_blank_lines_and_comments_are_no_mistakes():
    assert parse(b"\n  \n# GOFLAGS=x\n") == Content()


@pytest.mark.parametrize(
    ("line", "whys"),
    [
        (b"GOFLAGS=-mod=mod", []),
        (b"GOFLAGS='-ldflags=-s -w' -v", []),
        (b'GOBIN="/b"', ["quotes"]),
        (b"GOBIN=$HOME/bin", ["dollar"]),
        (b"GOPATH=~/go", ["tilde"]),
        (b"GOPATH=/a:~/go", ["tilde"]),
        (b"GOBIN=/b\r", ["carriage_return"]),
        (b"GOBIN=/b ", ["trailing_space"]),
        (b"GOPROXY=", ["empty_value"]),
        (b"GOPROXY =direct", ["space_before_equals"]),
        (b"GOBIN=/a\nGOBIN=/b", ["duplicate"]),
    ],
)
def test_odd_values_are_told(line, whys):
    assert [why for _, why in oddities(parse(line))] == whys


@given(st.binary())
def test_every_line_is_an_entry_ignored_or_blank(data):
    content = parse(data)
    told = {entry.line for entry in content.entries} | {line.line for line in content.ignored}
    assert told <= set(range(1, data.count(b"\n") + 2))
