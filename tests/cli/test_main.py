from __future__ import annotations

import re

import pytest

from engine import __version__
from engine.cli.main import COMMANDS, command_module, command_parser

USAGE = [
    ((), 2),
    (("--help",), 0),
    (("-h",), 0),
    (("help",), 0),
    (("--version",), 0),
    (("-V",), 0),
]


@pytest.mark.parametrize(
    ("words", "code"), USAGE, ids=[" ".join(words) or "nothing" for words, _ in USAGE]
)
def test_usage_goes_where_it_was_asked_for(engine, words, code):
    ran = engine(*words)

    assert ran.code == code
    wanted, other = (ran.out, ran.err) if code == 0 else (ran.err, ran.out)
    assert "engine" in wanted
    assert other == ""


def test_the_version_is_the_packages(engine):
    assert engine("--version").out == f"engine {__version__}\n"


def test_the_overview(engine, golden):
    golden("cli/overview.text", engine("--help").out)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples_that_fit_and_name_its_own_options(engine, name):
    ran = engine(name, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 100
    examples = re.findall(rf"engine {name}(?: .*)?", ran.out.partition("examples:")[2])
    assert examples
    options = command_parser(name, command_module(name))._option_string_actions
    for line in examples:
        used = re.findall(r"(?<= )--?[a-z][a-z-]*", line.partition("  ")[0].partition(" | jq")[0])
        assert set(used) <= options.keys(), line


def test_the_contexts_in_examples_are_there(engine):
    there = {line.split()[0] for line in engine("list", "contexts").out.splitlines()}
    helps = "".join(engine(name, "--help").out for name in COMMANDS)

    named = set(re.findall(r"--in ([a-z-]+)", helps))
    assert named
    assert named <= there


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_text_of_a_command_is_without_a_sentence(name):
    for action in command_parser(name, command_module(name))._actions:
        assert action.help, action


WRONG = [
    (["evla"], "unknown command `evla`; did you mean `eval`?"),
    (["xyzzy"], "unknown command `xyzzy`; the commands are check, completion, eval, explain, "),
    (["\x1b[31m"], r"unknown command `\u001b[31m`; the commands are"),
    (["eval"], "the following arguments are required: FACTS; see `engine eval --help`"),
    (
        ["eval", "a.json", "--formt", "json"],
        "unknown option `--formt`; did you mean `--format`?",
    ),
    (
        ["eval", "a.json", "--form=json"],
        "unknown option `--form`; did you mean `--format`?",
    ),
    (["eval", "a.json", "--zzzzzz"], "unknown option `--zzzzzz`; see `engine eval --help`"),
    (["schema", "a", "b"], "unknown argument `b`; see `engine schema --help`"),
    (["eval", "a.json", "--format", "jsn"], "unknown format `jsn`; did you mean `json`?"),
    (
        ["eval", "a.json", "--format", "../x"],
        "unknown format `../x`; the formats are `json`, `junit`, `sarif`, `text`",
    ),
    (["eval", "a.json", "--rules", "goo"], "there is no pack `goo`; did you mean `go`?"),
    (["explain", "goroot-env-sett", "a.json"], "did you mean `goroot-env-set`?"),
    (["schema", "facs"], "unknown schema `facs`; did you mean `facts`?"),
    (["check", "--only", "hots"], "unknown collector `hots`; did you mean `host`?"),
    (["check", "nowhere"], "`nowhere` is no folder"),
    (["eval", "a.json", "--today", "tomorrow"], "`tomorrow` is no date; write it as YYYY-MM-DD"),
    (["eval", "a.json", "--param", "x"], "`--param x` has no value; write `--param NAME=VALUE`"),
    (["eval", "a.json", "--param", "x=1"], "unknown parameter `x`"),
    (["eval", "a.json", "--param", "x=1", "--param", "x=y"], "`--param x` is given twice"),
    (["eval", "a.json", "--fail-on", "hihg"], "--fail-on: invalid choice: `hihg`"),
    (["eval", "a.json", "--waivers", "w.yaml"], "w.yaml: cannot read this: no such file"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_usage_is_one_clear_line(engine, write, words, message):
    write(a_json={})

    ran = engine(*words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("nothing was judged: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_several_mistakes_are_said_at_once(engine, write, golden):
    write(rule_yaml='id: x\nrequire: {a: {start_with: "b"}, c: {equals: {parm: d}}}\n', a_json={})

    ran = engine("eval", "a.json", "--rules", "rule.yaml")

    assert (ran.code, ran.out) == (2, "")
    golden("cli/several_mistakes.text", ran.err)


def test_a_fault_of_ours_is_a_traceback_and_never_the_exit_code_of_findings(
    engine, demo, monkeypatch
):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError("what was read: hunter2 \x1b[2J")

    monkeypatch.setattr("engine.cli.commands.eval_command.read_documents", broken)

    ran = engine("eval", "good.json", "--rules", "rule.yaml")

    assert (ran.code, ran.out) == (2, "")
    assert "ZeroDivisionError\n" in ran.err
    assert "raise ZeroDivisionError" in ran.err
    assert "what was read" not in ran.err.replace('raise ZeroDivisionError("what was read', "")
    assert "\x1b" not in ran.err
    assert ran.err.endswith("nothing was judged: this is a fault of the engine\n")


def test_an_interrupted_run_says_nothing(engine, demo, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.cli.commands.eval_command.read_documents", interrupted)

    ran = engine("eval", "good.json", "--rules", "rule.yaml")

    assert (ran.code, ran.out, ran.err) == (130, "", "")
