from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from engine.compile.build import Request, build
from engine.errors import UsageError
from engine.model.facts import Absent, PartialList
from engine.report import Layout
from engine.report._lines import cells
from engine.report.why import answer_about, known_names, why_format, why_formats
from engine.report.why._answer import groups_of
from engine.report.why._mentions import mentions
from engine.report.why._naming import runs
from engine.report.why._places import places_of
from engine.report.why.schema import why_schema

GOLDEN = Path(__file__).parents[2] / "golden" / "why"
_SGR = re.compile(r"\x1b\[[0-9;]*m")


def text(answer, **layout):
    return why_format("text").render(answer, Layout(**layout))


def test_an_answer_is_printed_as_its_golden_file_shows(asked, answer, layout, golden):
    golden(f"why/{asked}.text", why_format("text").render(answer, layout))
    if layout == Layout():
        golden(f"why/{asked}.json", why_format("json").render(answer, layout))


def test_every_golden_file_belongs_to_a_case(shown):
    names = {file.name.rpartition(".")[0] for file in GOLDEN.iterdir()}
    assert names == set(shown)


def test_every_answer_conforms_to_its_schema(answer):
    rendered = json.loads(why_format("json").render(answer, Layout()))
    jsonschema.validate(rendered, why_schema())


def test_colour_adds_nothing_but_colour(answer):
    assert _SGR.sub("", text(answer, colour=True)) == text(answer)


def test_no_value_steers_the_terminal(answer, layout):
    for name in why_formats():
        shown = why_format(name).render(answer, Layout(verbose=True)).replace("\n", "")
        assert [sign for sign in shown if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0] == []
        assert not set(shown) & set("\u202e\u2066\u200d")


def test_a_value_cannot_forge_a_line(made, ask):
    lines = text(ask(made["hostile"](), "X")).splitlines()
    assert "X is unset" not in lines
    assert not [line for line in lines if line.startswith("X=forged")]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_only_what_must_not_be_broken_is_wider_than_the_page(made, ask, width):
    asked = [(made["laptop"](), name) for name in ("GOROOT", "PATH", "go", "HOME")]
    for facts, name in (*asked, (made["instances"](), "GOROOT")):
        for line in text(ask(facts, name), width=width).splitlines():
            assert cells(line) <= width


def test_ascii_is_ascii_and_as_wide(made, ask):
    for context in (None, "terminal", "gopls"):
        answer = ask(made["laptop"](), "GOROOT", context)
        plain, drawn = text(answer, ascii=True), text(answer)
        assert plain.isascii()
        assert [len(line) for line in plain.splitlines()] == [
            len(line) for line in drawn.splitlines()
        ]


def test_contexts_that_differ_come_before_those_that_most_are_like(made, ask):
    def groups(name):
        rendered = why_format("json").render(ask(made["laptop"](), name), Layout())
        return json.loads(rendered)["groups"]

    assert [len(group) for group in groups("HOME")] == [7]
    assert groups("go") == [
        ["ssh-login"],
        ["sudo"],
        ["cron", "desktop"],
        ["terminal", "vscode"],
        ["gopls"],
    ]


def test_two_secrets_that_look_alike_are_told_apart(made, ask):
    contexts = {name: made["variable"](made["secret"](name)) for name in "ab"}
    shown = text(ask({"contexts": contexts}, "X"))
    assert "X=https://u:<redacted>@proxy\n" in shown
    assert "X=https://u:<redacted>@proxy (another secret)\n" in shown


def test_a_secret_is_null_in_json(made, ask):
    rendered = why_format("json").render(
        ask({"contexts": {"a": made["variable"](made["secret"]("f1"))}}, "X"), Layout()
    )
    outcome = json.loads(rendered)["contexts"][0]
    assert (outcome["value"], outcome["cause"]) == (None, "redacted")
    assert "f1" not in rendered


def test_a_context_that_is_not_known_makes_every_name_unknown():
    root = {"contexts": {"a": Absent("not_collected", "no shell"), "b": 7}}
    shown = text(answer_about("X", root))
    assert "X is unknown\n  because   no shell\n              in a\n" in shown
    assert "            it is no mapping\n              in b\n" in shown


def test_contexts_that_nobody_resolved_are_no_answer():
    shown = text(answer_about("X", {"contexts": Absent("opaque", "no plan")}))
    assert shown == (
        "X: there are no launch contexts in these facts\n\nthey are unknown: no plan\n"
    )


def test_what_may_have_been_read_nobody_calls_unread():
    loaded = PartialList([{"path": "/a"}])
    chain = [{"op": "set", "value": "v", "file": "/b", "line": 1}]
    root = {
        "contexts": {
            "sets": {"env": {"X": {"state": "set", "value": "v", "chain": chain}},
                     "loaded": [{"path": "/b"}]},
            "reads": {"env": {"X": {"state": "unset"}}, "loaded": loaded},
        }
    }  # fmt: skip
    assert "not read  /b:1 sets it: it is read only in sets" in text(answer_about("X", root))
    loaded.more = Absent("opaque", "it may source others")
    assert "not read" not in text(answer_about("X", root))


def test_a_file_that_no_context_of_its_kind_reads_is_found_in_the_facts():
    script = [["decl", 4, "export", [["X", "=", ["v"], None]]]]
    root = {
        "user": {"home": "/home/a"},
        "files": {"/home/a/.bashrc": {"kind": "file", "scripts": {"bash": script}}},
        "contexts": {
            "login": {
                "title": "login", "shell": {"name": "bash", "login": True, "interactive": True},
                "env": {"X": {"state": "unset"}},
                "loaded": [{"path": "/home/a/.bash_profile"}],
                "not_loaded": [{"path": "/home/a/.bashrc", "reason": "condition"}],
            }
        },
    }  # fmt: skip
    shown = " ".join(text(answer_about("X", root)).split())
    assert (
        "~/.bashrc:4 sets it: interactive login bash does not read it, and ~/.bash_profile "
        "does not source it"
    ) in shown


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        ([["cmd", 1, [["X", "=", ["v"], None]], [], []]], 1),
        ([["cmd", 1, [["X", "=", ["v"], None]], [["make"]], []]], None),
        ([["decl", 2, "export", [["X", "+=", ["v"], None]]]], 2),
        ([["decl", 2, "export", [["X", "=", None, None]]]], None),
        ([["if", 1, [[[], [["cmd", 3, [["X", "=", [], None]], [], []]]]], []]], 3),
        ([["cmd", 5, [], [["set"], ["-gx"], ["X"], ["v"]], []]], 5),
        ([["cmd", 5, [], [["set"], ["-e"], ["X"], ["v"]], []]], None),
        ([["cmd", 6, [], [["read"], ["-r"], ["X"]], []]], 6),
        ([["for", 7, "X", [["a"]], []]], 7),
        ([["opaque", 8, "eval", ["X"]]], None),
    ],
)
def test_lines_that_set_a_variable_are_found_wherever_they_stand(script, lines):
    files = {"/f": {"scripts": {"bash": script}}}
    assert mentions(files, "X") == ({} if lines is None else {"/f": lines})


def test_zsh_lists_and_fish_paths_are_path():
    files = {
        "/zsh": {"scripts": {"zsh": [["cmd", 1, [["path", "+=", ["array", []], None]], [], []]]}},
        "/fish": {"scripts": {"fish": [["cmd", 2, [], [["fish_add_path"], ["/x"]], []]]}},
        "/hole": {"scripts": {"sh": Absent("permission")}},
    }
    assert mentions(files, "PATH") == {"/zsh": 1, "/fish": 2}


def test_every_way_to_start_a_shell_is_said_in_a_word():
    shells = {f"{name}-{n}": name for name in ("fish", "ksh") for n in range(6)}
    unset, known = {"state": "unset"}, {"state": "set", "value": "v"}
    contexts = {
        name: {"title": name, "env": {"X": known if name == "ksh-0" else unset}} for name in shells
    }
    processes = {name: {"like": like} for name, like in shells.items()}
    plan = {"contexts": list(shells), "processes": processes}
    shown = text(answer_about("X", {"contexts": contexts}, plan))
    assert "  in        ksh-0\n" in shown
    assert (
        "  in        ksh-1  ksh-2  ksh-3  ksh-4  ksh-5\n            every way to start fish\n"
    ) in shown


def test_contexts_of_one_process_are_told_together(made, ask):
    shown = text(ask(made["instances"](), "GOROOT"))

    assert "build-step*: .github/workflows/ci.yml/test/1 to 6," in shown
    assert "all 12 of service" in shown
    assert "  set by    ~/shop/compose.yaml:3, 6, 9, 12 and 8 more" in shown


def test_what_differs_on_the_machine_comes_before_containers_however_few(made, ask):
    groups = groups_of(ask(made["instances"](), "GOROOT"))

    assert [group.first.place for group in groups if group.first.state != "unknown"] == [0, 0, 1, 1]
    assert groups[-1].first.state == "unknown"


def test_no_file_is_missed_where_no_start_up_file_is_expected(made, ask):
    answer = ask(made["instances"](), "GOROOT")

    assert {one.of for one in answer.outcomes if one.missed} == {""}


def test_a_place_is_of_the_machine_a_container_or_elsewhere():
    plan = {
        "processes": {
            "desk": {},
            "before": {"template": True, "inherits": [{"from": "desk"}]},
            "run": {"for_each": ["runs"], "inherits": [{"mode": "nothing"}, {"from": "before"}]},
            "runner": {"template": True, "inherits": [{"mode": "nothing"}]},
            "step": {"for_each": ["steps"], "inherits": [{"from": "runner"}]},
            "service": {"for_each": ["services"], "file_system": "x", "inherits": []},
            "round": {"for_each": ["x"], "adopts": [{"from": "round"}]},
        }
    }
    found = places_of(plan)

    assert {name: found[name] for name in ("desk", "run", "service", "step", "round")} == {
        "desk": 0,
        "run": 0,
        "service": 1,
        "step": 2,
        "round": 2,
    }


def test_places_of_the_bundled_graph():
    found = places_of(build(Request())[0].plan)
    here = {"login-shell", "cron", "vscode-terminal", "vscode-debug", "jetbrains-run", "wsl-exec"}
    contained = {"docker-build", "docker-exec", "compose-service", "devcontainer-remote", "pod"}

    assert {found[name] for name in here | {"git-hook", "pre-commit-hook"}} == {0}
    assert {found[name] for name in contained} == {1}
    assert {found[name] for name in ("github-step", "gitlab-job")} == {2}


@pytest.mark.parametrize(
    ("elements", "said"),
    [
        (["a/1", "a/2", "a/3", "b/4"], ["a/1 to 3", "b/4"]),
        (["a/9", "a/10", "a/12"], ["a/9 to 10", "a/12"]),
        (["a/1", "a/3"], ["a/1", "a/3"]),
        (["a/01", "a/2"], ["a/01", "a/2"]),
        (["web", "Dockerfile (2)", ""], ["web", "Dockerfile (2)"]),
        (["1" * 5000, "1" * 4999 + "2"], ["1" * 5000 + " to 111111112"]),
    ],
)
def test_names_that_count_on_are_told_as_one(elements, said):
    assert list(runs(elements)) == said


def test_a_reason_in_a_chain_is_told_whole_and_once(made, ask):
    reason = " ".join(f"why{number}" for number in range(30))
    steps = [made["event"]("unknown", "a", detail=reason)] * 2
    variable = {"state": "unknown", "cause": "opaque", "detail": reason, "chain": steps}
    answer = ask({"contexts": {"a": {"title": "a shell", "env": {"X": variable}}}}, "X", "a")
    chain = text(answer, width=60).partition("  a shell\n")[2]

    assert reason in " ".join(chain.split())
    assert chain.count("? unknown   why0") == 1
    assert max(map(cells, chain.splitlines())) <= 60
    assert _SGR.sub("", text(answer, width=60, colour=True)) == text(answer, width=60)


def test_a_process_in_a_chain_says_for_which_of_several_it_is(made, ask):
    steps = [made["event"]("set", "image:Dockerfile/build", "v", file="/d", line=1)]
    variable = {"state": "set", "value": "v", "chain": steps}
    root = {"contexts": {"a": {"title": "a", "env": {"X": variable}}}}
    plan = {"processes": {"image": {"title": "an image"}, "a": {}}}

    assert "\n  an image (Dockerfile/build)\n" in text(answer_about("X", root, plan, "a"))


def test_aliases_and_functions_define_a_command():
    script = [
        ["func", 1, "go", []],
        ["cmd", 2, [], [["alias"], ["go=", ["q", "x"]]], []],
        ["cmd", 3, [], [["alias"], ["got=x"]], []],
    ]
    assert mentions({"/f": {"scripts": {"sh": script}}}, "go", is_command=True) == {"/f": 2}


def test_known_names_are_those_of_contexts_and_packs():
    root = {"contexts": {"a": {"env": {"X": {}}, "commands": {"go": {}}}}}
    plan = {"tracks": {"variables": ["GO*", "PATH"], "commands": ["gofmt"]}}
    assert known_names(root, plan) == {"X", "go", "PATH", "gofmt"}


def test_a_tracked_command_that_no_context_resolves_is_unknown():
    answer = answer_about("gopls", {"contexts": {"a": {}}}, {"tracks": {"commands": ["gopls"]}})
    assert answer.kind == "command"
    assert "gopls is unknown" in text(answer)


def test_a_setting_of_a_program_is_not_passed_over_where_nothing_of_the_program_is_known():
    hole = Absent("opaque", "PATH is not known")
    contexts = {"a": {"env": {}, "commands": {}, "go": {"state": "unknown", "env": hole}}}
    shown = text(answer_about("GOVERSION", {"contexts": contexts}))
    assert "As `go` reads it: GOVERSION is unknown" in shown
    assert "As `go` reads it" not in text(answer_about("NOPE", {"contexts": contexts}))


def test_an_unknown_format_is_refused_with_the_one_that_was_meant():
    with pytest.raises(UsageError, match="did you mean `json`"):
        why_format("jsn")
