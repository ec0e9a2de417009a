from __future__ import annotations

from engine.gather.syntaxes.fish_variables import read_fish_variables
from tests.precedence.machine import program

FILE = rb"""# This file contains fish universal variable definitions.
# VERSION: 3.0
SETUVAR --export FOO:a\x20b\x3ac\x1ed
SETUVAR --export --path GOPATH:/x\x1e/y
SETUVAR EMPTY:\x1d
SETUVAR fish_user_paths:/opt/\u00e9
"""


def command(line, *words):
    return ["cmd", line, [], [[word] if isinstance(word, str) else word for word in words], []]


def unless_set(line, name, *words):
    return ["or", line, command(line, "set", "-q", name), command(line, "set", *words)]


def test_variables_are_set_where_none_was_inherited():
    assert read_fish_variables(FILE)[:3] == [
        unless_set(3, "FOO", "-gx", "FOO", [["q", "a b:c"]], [["q", "d"]]),
        unless_set(4, "GOPATH", "-gx", "--path", "GOPATH", [["q", "/x"]], [["q", "/y"]]),
        unless_set(5, "EMPTY", "-g", "EMPTY"),
    ]


def test_the_users_paths_go_to_the_front():
    folder, path = [["q", "/opt/é"]], [["var", "PATH"]]
    front = read_fish_variables(FILE)[-1]

    assert front[2][0][0] == [command(6, "contains", "--", folder, path)]
    assert front[2][0][1][0][0] == "opaque"
    assert front[3] == [command(6, "set", "-gx", "PATH", folder, path)]


def test_an_older_file_is_read_and_an_odd_line_may_mean_anything():
    assert read_fish_variables(b"SET_EXPORT A:1\nwhat\n") == [
        unless_set(1, "A", "-gx", "A", [["q", "1"]]),
        ["opaque", 2, "a line that is no universal variable", None],
    ]


def test_every_syntax_of_the_graph_can_be_read():
    from engine.gather.syntaxes import SYNTAXES  # noqa: PLC0415 - made when first asked for
    from engine.model.graph import SYNTAXES as NAMED  # noqa: PLC0415

    assert set(NAMED) <= SYNTAXES.keys()
    assert {source["syntax"] for source in program().plan["sources"].values()} <= {
        None,
        "shell",
        *NAMED,
    }
