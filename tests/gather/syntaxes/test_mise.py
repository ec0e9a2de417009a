"""mise's files, as far as they decide which Go runs; see also the recorded cases of mise."""

from __future__ import annotations

import pytest

from engine.gather.syntaxes.mise import read_mise


def words(text):
    return [
        [each[1], *(word[0][1] for word in each[3])]
        if each[0] == "cmd"
        else ["?", each[1], each[2]]
        for each in read_mise(text.encode())
    ]


def test_versions_and_their_lines():
    text = 'min_version = "2024.1"\n\n[tools]\nnode = "20"\n"core:go" = ["1.22", "1.21"]\n'
    assert words(text) == [[5, "tool", "1.22", "1.21"]]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", '[tools]\nnode = "20"\n[tasks.a]\nrun = "x"\n']
)
def test_a_file_that_says_nothing_of_go_says_nothing(text):
    assert words(text) == []


def test_settings_of_go_are_told_and_need_trust():
    text = "[settings]\nexperimental = true\ngo.set_goroot = false\n[settings.go2]\n"
    assert words(text) == [
        [1, "needs-trust"],
        [3, "setting", "go.set_goroot", "false"],
        ["?", 4, "the setting `go2` may change what runs"],
    ]


def test_a_list_of_tools_is_told():
    text = '[settings]\nidiomatic_version_file_enable_tools = ["go", "node"]\n'
    assert words(text)[1] == [2, "setting", "idiomatic_version_file_enable_tools", "go", "node"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[tools\n", "no TOML"),
        ('[tools]\ngo = "{{ env.X }}"\n', "templates"),
        ('[tools]\ngo = "\\u007b{ env.X }}"\n', "templates"),
        ('[tools]\ngo = {version = "1"}\n', "options"),
        ('[tools]\ngo = "1"\ngolang = "2"\n', "more than once"),
        ("tools = 1\n", "no table"),
        ("[env]\nA = 1\n", "`env` may change"),
        ("[alias.go]\nx = 1\n", "`alias` may change"),
        ('[settings]\nenv = "x"\n', "`env` may change"),
        ("settings = 1\n", "no table"),
    ],
)
def test_what_may_change_what_runs_is_unclear(text, why):
    assert any(each[0] == "?" and why in each[2] for each in words(text)), words(text)


def test_values_of_variables_are_not_told():
    assert "hunter2" not in repr(read_mise(b'[env]\nPASSWORD = "hunter2"\n'))
