"""asdf's settings and its plugins' callbacks, as far as they decide about Go."""

from __future__ import annotations

import pytest

from engine.gather.syntaxes.asdf_plugin import read_asdf_plugin
from engine.gather.syntaxes.asdfrc import read_asdfrc


def words(script):
    return [[word[0][1] for word in each[3]] if each[0] == "cmd" else each[:2] for each in script]


def test_only_what_decides_is_told_of_the_settings():
    text = b"# x\nlegacy_version_file = YES\nconcurrency=auto\n\npre_golang_go = secret\n"
    assert words(read_asdfrc(text)) == [
        ["legacy_version_file", "YES"],
        ["hook", "pre_golang_go"],
    ]


@pytest.mark.parametrize(
    "line", ["[section]", "legacy_version_file = `yes`", "legacy_version_file = ye\\", "what"]
)
def test_a_line_that_may_be_taken_in_two_ways_is_unclear(line):
    assert words(read_asdfrc(line.encode())) == [["opaque", 1]]


@pytest.mark.parametrize(
    ("guard", "like"),
    [
        ('if [ "$GOROOT" = "" ] ; then', ""),
        ('if [[ "unset" == "${GOROOT:-unset}" ]]; then', "unset"),
    ],
)
def test_a_guarded_export_is_told_with_what_counts_as_unset(guard, like):
    text = f"#!/usr/bin/env bash\n\n{guard}\n  export GOROOT=$ASDF_INSTALL_PATH/go\nfi\n"
    assert words(read_asdf_plugin(text.encode())) == [["set", "GOROOT", "go", like]]


@pytest.mark.parametrize(
    "line",
    [
        "export GOROOT=$ASDF_INSTALL_PATH/go",
        'if [ "$GOPATH" = "" ]; then\nexport GOROOT=$ASDF_INSTALL_PATH/go\nfi',
        'if [ "$GOROOT" = "" ]; then\nexport GOROOT=$(pwd)\nfi',
        'if [ "$GOROOT" = "" ]; then\necho "bin"\nfi',
        'echo "$(pwd)"',
        "unset GOROOT",
    ],
)
def test_whatever_else_a_callback_does_is_unclear(line):
    assert any(each[0] == "opaque" for each in words(read_asdf_plugin(line.encode())))


def test_what_a_callback_prints_is_told():
    assert words(read_asdf_plugin(b'echo -n "bin go/bin"\n')) == [["print", "bin go/bin"]]
