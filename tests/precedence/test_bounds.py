"""Start-up files that would never end, or take all memory: each is given up, and says so."""

from __future__ import annotations

import pytest

from engine.precedence.values import LONGEST
from tests.precedence.machine import HOME, Machine, value

RC = f"{HOME}/.bashrc"
FISH = f"{HOME}/.config/fish/config.fish"
EVERYTHING = {"A": "?too_large", "B": "?too_large", "PATH": "?too_large"}
TOOL = {"/usr/bin/tool": ""}


def told(files, context="bash-interactive"):
    """Give what A, B and PATH come to, and the first detail."""
    found = Machine(files).contexts(context)[context]
    details = [row["detail"] for row in found["env"].values() if row.get("detail")]
    return {name: value(found, name) for name in ("A", "B", "PATH")}, details


GIVEN_UP = {
    "two files that source each other": (
        {RC: "export A=1\n. ~/b\n", f"{HOME}/b": ". ~/.bashrc\n"},
        "more than 60 levels deep",
    ),
    "a text that evaluates itself": ('x=\'eval "$x"\'\neval "$x"\n', "levels deep"),
    "a prompt command that evaluates itself": (
        "PROMPT_COMMAND='eval \"$PROMPT_COMMAND\"'\n",
        "levels deep",
    ),
    "loops within loops": (
        "for a in {1..900}; do for b in {1..900}; do B=$a; done; done\n",
        "more than 20000 steps",
    ),
    "functions that call the next one twice": (
        "".join(f"f{n}() {{ f{n + 1}; f{n + 1}; }}\n" for n in range(30)) + "f30() { :; }\nf0\n",
        "more than 5000 files and functions",
    ),
    "files that source the next one twice": (
        {
            RC: ". ~/s0\n",
            **{f"{HOME}/s{n}": f". ~/s{n + 1}\n. ~/s{n + 1}\n" for n in range(25)},
            f"{HOME}/s25": "B=1\n",
        },
        "more than 5000 files and functions",
    ),
}


@pytest.mark.parametrize(("files", "why"), GIVEN_UP.values(), ids=GIVEN_UP)
def test_what_never_ends_leaves_everything_unknown(files, why):
    found, details = told({RC: files} if isinstance(files, str) else files)

    assert found == EVERYTHING
    assert any(why in detail for detail in details)


@pytest.mark.parametrize(
    ("text", "b", "cause"),
    [
        ("while true; do B=$B.; done\n", "?too_large", "a loop of more than 1000 turns"),
        ("for i in {1..1000000}; do B=$i; done\n", "?unsupported", "more than 4096 words"),
        ("B=x\n" + "B=$B$B\n" * 40, "?too_large", f"more than {LONGEST} characters"),
        ("B=$(tool)\n" + "B=$B$B\n" * 40, "?too_large", f"more than {LONGEST} characters"),
        ("B=$(printf '%999999999s' x)\n", "?unsupported", "too wide"),
    ],
    ids=("while true", "a million words", "a text doubled", "a hole doubled", "a wide field"),
)
def test_what_is_too_much_for_a_variable_leaves_the_others(text, b, cause):
    found, details = told({RC: f"export A=1 B=\n{text}", **TOOL})

    assert found == {"A": "1", "B": b, "PATH": "/usr/bin:/bin"}
    assert any(cause in detail for detail in details)


@pytest.mark.parametrize(
    "text",
    [
        "f() { f; }\nf\n",
        "f() { g; g; }\ng() { f; f; }\nf\n",
        "alias a=b b=a\na\n",
        "alias ls='ls -l'\nls\n",
        "while :; do :; done\n",
        f"x=( {'{a,b}' * 40} )\n",
        f"case {'a' * 60} in {'*a' * 30}b) B=2 ;; esac\n",
        f"[[ {'a' * 60} =~ ^(a+)+$x ]] || true\n",
        "declare -n x=y y=x\nx=1\n",
        "B=1\n" * 10_000,
        "if tool; then B=1; fi\n" * 300,
        "if tool; then B=1; else\n" * 20 + ":\n" + "fi\n" * 20,
        "if tool && tool || tool; then :; fi\n" * 20,
    ],
)
def test_what_only_looks_endless_costs_nothing(text):
    found, _ = told({RC: f"export A=1 B=1\n{text}", **TOOL})

    assert found == {"A": "1", "B": "1", "PATH": "/usr/bin:/bin"}


def test_what_nests_deeper_than_a_document_is_opaque():
    found, details = told(
        {RC: "export A=1\n" + "if tool; then\n" * 300 + ":\n" + "fi\n" * 300, **TOOL}
    )

    assert found == {"A": "?opaque", "B": "?opaque", "PATH": "?opaque"}
    assert any("nested too deeply" in detail for detail in details)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("while true; set B $B x; end\n", "?too_large"),
        ("function f; f; f; end; f\n", None),
        ("source ~/.config/fish/config.fish\n", "?too_large"),
        ("set B x; for i in (seq 60); set B $B $B; end\n", None),
    ],
)
def test_fish_is_bounded_as_well(text, cause):
    found, _ = told({FISH: f"set -gx A 1\nset -gx B 1\n{text}"}, "fish-interactive")

    assert found["A"] in {"1", "?too_large"}
    if cause is not None:
        assert found["B"] == cause


def test_all_contexts_share_what_hostile_files_may_cost():
    loops = "for a in {1..900}; do for b in {1..900}; do B=$a; done; done\n"
    contexts = Machine({RC: loops}).contexts()

    given_up = [
        row["detail"]
        for context in contexts.values()
        for row in context["env"].values()
        if "gave up" in (row.get("detail") or "")
    ]
    assert any("more than 20000 steps" in detail for detail in given_up)
    assert any("more than 2000 steps" in detail for detail in given_up)
    assert value(contexts["cron"], "PATH") == "/usr/bin:/bin"
