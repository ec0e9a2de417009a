"""The precedence graph becomes a plan, or everything that is wrong with it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.compile.written import Written

CASES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("graph.yaml").read_bytes())[
    "cases"
]
BASE = """\
sources:
  one: {file: /etc/one, syntax: shell}
  two: {file: "~/.two", syntax: sh}
  three: {touches: [A]}
processes:
  base: {inherits: {nothing: true}, shell: {name: sh}, reads: [one, two, three]}
"""


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def plan(written: Written, text: str, *more: str) -> Any:
    others = [written.pack(f"other{number}", other) for number, other in enumerate(more)]
    return written.program(written.pack("p", text), *others).plan


def sources_of(process: Any) -> list[str]:
    return [read["source"] for read in process["reads"]]


# What a plan holds


def test_a_pack_without_a_graph_has_an_empty_plan(written: Written) -> None:
    made = plan(written, "")

    assert made["processes"] == made["sources"] == {}
    assert made["order"] == made["contexts"] == made["unordered"] == made["tools"] == []


def test_a_source_says_all_that_it_is(written: Written) -> None:
    made = plan(
        written,
        """\
        sources:
          d:
            files: ["~/.d/*.conf", {join: [{env: X, else: /etc, empty_is_unset: true}, "*.conf"]}]
            order: basename
            mask: true
            syntax: systemd-env
          e:
            first: [{expand: {env: ENV}, tilde: false}, {fact: user.home}]
            readable: true
            syntax: sh
          s:
            title: itself
            sets:
              A: {some: text}
              B: {value: {count: B}, exported: false, if_unset: true}
              C: {unset: true}
          g: {environment: session.environment}
        """,
    )["sources"]

    assert made["d"]["paths"] == [
        "~/.d/*.conf",
        {"join": [{"env": "X", "else": "/etc", "empty_is_unset": True}, "*.conf"]},
    ]
    assert (made["d"]["order"], made["d"]["mask"], made["d"]["title"]) == ("basename", True, "d")
    assert made["e"]["paths"] == [
        {"expand": {"env": "ENV"}, "tilde": False},
        {"fact": ["user", "home"]},
    ]
    assert made["e"]["readable"] is True
    assert made["s"]["title"] == "itself"
    assert made["s"]["sets"]["A"] == {
        "value": {"some": "text", "starts": "", "ends": ""},
        "exported": True,
        "if_unset": False,
        "when": None,
        "line": 15,
    }
    assert made["s"]["sets"]["B"]["value"] == {"count": "B"}
    assert made["s"]["sets"]["B"]["exported"] is False
    assert made["s"]["sets"]["C"]["value"] == {"unset": True}
    assert made["g"]["fact"] == ["session", "environment"]


def test_a_process_takes_over_what_it_does_not_say_itself(written: Written) -> None:
    made = plan(
        written,
        BASE
        + """\
  login: {like: base, shell: {login: true}, directory: "~", moment: prompt}
  deep:
    like: login
    shell: {interactive: true}
    inherits: {from: base, only: [A, "B*", {fact: sudo.env_keep}]}
""",
    )["processes"]

    assert made["login"]["reads"] is None
    assert made["login"]["like"] == made["deep"]["like"] == "base"
    assert [way["mode"] for way in made["login"]["inherits"]] == ["nothing"]
    assert made["deep"]["inherits"] == [
        {
            "from": "base",
            "mode": "only",
            "names": ["A", "B*", {"fact": ["sudo", "env_keep"]}],
            "when": None,
            "of": None,
        }
    ]
    assert made["deep"]["shell"]["login"] is made["deep"]["shell"]["interactive"] is True
    assert made["deep"]["shell"]["norc"] is False
    assert (made["deep"]["directory"], made["deep"]["moment"]) == ("~", "prompt")
    assert made["base"]["moment"] == "started"


def test_a_process_like_the_users_shell_keeps_only_its_own_words(written: Written) -> None:
    made = plan(
        written,
        BASE + "  mine: {like: $SHELL, shell: {login: true}, inherits: {from: base}}\n",
    )["processes"]["mine"]

    assert (made["like"], made["reads"], made["shell"]) == ("$SHELL", None, {"login": True})


def test_parents_come_first_and_templates_are_no_contexts(written: Written) -> None:
    made = plan(
        written,
        """\
        processes:
          c: {inherits: {from: b}}
          b: {inherits: {from: a}, adopts: {from: d, if_it_fails: keep}}
          a: {inherits: {nothing: true}, template: true}
          d: {inherits: {from: a}}
        """,
    )

    assert made["order"] == ["a", "d", "b", "c"]
    assert made["contexts"] == ["c", "b", "d"]


def test_conditions_become_nodes_that_share_the_programs_paths(written: Written) -> None:
    program = written.program(
        written.pack(
            "p",
            """\
            define: {asked: {process.shell.login: true}}
            sources: {s: {touches: [A]}, t: {touches: [B]}}
            processes:
              a:
                inherits: {nothing: true}
                reads:
                  - {source: s, when: {use: asked, 'files["/etc/x"].kind': file}, evidence: tried}
                  - t
            """,
            r="require: {process.shell.login: true}",
        )
    )

    read = program.plan["processes"]["a"]["reads"][0]
    assert read["when"][0] == "all"
    assert read["evidence"] == "tried"
    assert read["place"]["line"] == 8
    assert program.plan["files"] == ["/etc/x"]
    declared = {(text, is_declared) for _, _, text, is_declared in program.paths}
    assert ("process.shell.login", True) in declared
    assert json.loads(json.dumps(program.plan)) == program.plan


def test_parameters_stand_in_paths(written: Written) -> None:
    made = plan(
        written,
        """\
        params: {top: {default: /opt/acme}}
        sources: {s: {file: {join: [{param: top}, env.sh]}, syntax: sh}}
        """,
    )

    assert made["sources"]["s"]["paths"] == [{"join": ["/opt/acme", "env.sh"]}]


def test_tracks_and_tools_of_all_packs_come_together(written: Written) -> None:
    made = plan(
        written,
        "tracks: {variables: [A, B], commands: [a]}\ntools: [{tool: t, touches: [X]}]\n",
        "tracks: {variables: [B, C], commands: [b]}\ntools: [{file: '*/f', at_prompt: [Y]}]\n",
    )

    assert made["tracks"] == {
        "variables": ["A", "B", "C"],
        "commands": ["a", "b"],
        "programs": [],
    }
    assert [(tool["tool"], tool["file"]) for tool in made["tools"]] == [("t", None), (None, "*/f")]


# Sources that other packs add


@pytest.mark.parametrize(
    ("item", "order"),
    [
        ("x", ["one", "two", "three", "x"]),
        ("{source: x, after: one}", ["one", "x", "two", "three"]),
        ("{source: x, before: two}", ["one", "x", "two", "three"]),
        ("{source: x, before: one}", ["x", "one", "two", "three"]),
        ("{source: x, after: [one, two]}", ["one", "two", "x", "three"]),
        ("{source: x, after: three}", ["one", "two", "three", "x"]),
    ],
)
def test_a_source_stands_where_a_pack_puts_it(
    written: Written, item: str, order: list[str]
) -> None:
    added = f"sources: {{x: {{touches: [B]}}}}\nprocesses: {{base: {{also_reads: [{item}]}}}}\n"

    made = plan(written, BASE + "  like: {like: base}\n", added)

    assert sources_of(made["processes"]["base"]) == order
    assert made["processes"]["like"]["reads"] is None
    assert made["unordered"] == []


def test_between_two_sources_that_are_no_neighbours_there_is_no_order(written: Written) -> None:
    added = """\
    sources: {x: {touches: [B]}}
    processes: {base: {also_reads: [{source: x, after: one, before: three}]}}
    """

    assert plan(written, BASE, added)["unordered"] == [["two", "x", "base"]]


def test_packs_that_add_at_one_place_have_no_order_unless_they_say_it(written: Written) -> None:
    def adding(name: str, item: str) -> str:
        return (
            f"sources: {{{name}: {{touches: [B]}}}}\n"
            f"processes: {{base: {{also_reads: [{item}]}}}}\n"
        )

    vague = plan(written, BASE + "  kin: {like: base}\n", adding("x", "x"), adding("y", "y"))
    clear = plan(written, BASE, adding("x", "x"), adding("y", "{source: y, after: x}"))

    assert vague["unordered"] == [["x", "y", "base"], ["x", "y", "kin"]]
    assert clear["unordered"] == []
    assert sources_of(clear["processes"]["base"]) == ["one", "two", "three", "x", "y"]


def test_sources_may_be_added_to_one_of_those_that_are_alike(written: Written) -> None:
    added = "sources: {x: {touches: [B]}}\nprocesses: {kin: {also_reads: [x]}}\n"

    made = plan(written, BASE + "  kin: {like: base}\n", added)["processes"]

    assert sources_of(made["base"]) == ["one", "two", "three"]
    assert sources_of(made["kin"]) == ["one", "two", "three", "x"]


# What is refused


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_names_nothing_or_goes_round_is_refused(written: Written, case: Any) -> None:
    packs = [written.pack(name, text) for name, text in case["packs"].items()]

    assert written.refused(*packs) == case["says"]
