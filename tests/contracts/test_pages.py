"""What the pages say is so: links lead somewhere, commands exist, examples hold."""

from __future__ import annotations

import re
import shlex

import pytest

from engine.cli import main
from engine.cli.main import COMMANDS, command_module, command_parser
from engine.report import format_names
from tests.contracts.files import ROOT, files, name

PAGES = [path for path in files(".md") if "tests" not in path.parts]
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# A path of ours in backticks: with a slash, or with the suffix of a file at the top.
PATH = re.compile(r"`((?:engine|tests|docs|rules|schemas|examples|benchmarks|\.ci)/[\w./*<>-]*)`")
AS_PAGES = pytest.mark.parametrize("page", PAGES, ids=name)


def blocks(page):
    return [(word, text) for word, text in BLOCK.findall(page.read_text("utf-8"))]


RULES = [
    pytest.param(text, id=f"{name(page)}: {match[1]}")
    for page in PAGES
    for word, text in blocks(page)
    if word.startswith("yaml") and (match := re.search(r"^id: (\S+)$", text, re.MULTILINE))
    if "\nexamples:" in text
]
COMMAND_LINES = [
    pytest.param(line, id=f"{name(page)}: {line}")
    for page in PAGES
    for word, text in blocks(page)
    if word in {"console", "sh", "bash"}
    for line in re.findall(r"^(?:\$ )?engine ([^#|<>\n]+)", text, re.MULTILINE)
]


def test_the_pages_are_found():
    assert {"README.md", "CONTRIBUTING.md", "docs/language.md"} <= {name(page) for page in PAGES}
    assert RULES
    assert COMMAND_LINES


@AS_PAGES
def test_every_link_of_ours_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]

    assert [link for link in links if not (page.parent / link).exists()] == []


@AS_PAGES
def test_every_file_that_a_page_names_is_there(page):
    named = PATH.findall(page.read_text("utf-8"))
    ours = [path for path in named if "<" not in path]

    assert [path for path in ours if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("text", RULES)
def test_a_rule_on_a_page_is_clean_and_its_examples_hold(text, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rule.yaml").write_text(text)

    loads = main(["lint", "rule.yaml"])
    # The language page makes up facts where ours would say less.
    to_mend = [line for line in capsys.readouterr().out.splitlines() if "unknown fact" not in line]

    assert (loads in {0, 1}, to_mend) == (True, [])
    assert main(["test", "rule.yaml"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_a_command_on_a_page_exists_with_all_its_options(line):
    command, *words = shlex.split(line)
    if command.startswith("-"):
        assert command in {"--help", "--version"}
        return
    assert command in COMMANDS
    known = command_parser(command, command_module(command))._option_string_actions
    options = [word.partition("=")[0] for word in words if word.startswith("-") and word != "-"]

    assert set(options) <= known.keys()


def test_the_readme_names_every_command_and_format():
    text = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in COMMANDS if f"`engine {name}" not in text] == []
    assert [name for name in format_names() if name not in text] == []


def test_the_readme_states_the_command_that_runs_the_tests():
    commands = (ROOT / "README.md").read_text("utf-8")

    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/engine check" in commands
    assert ".venv/bin/pip install -e '.[dev]' && .venv/bin/pytest" in commands
    assert ".venv/bin/pip install --quiet -e '.[dev]'" in (ROOT / ".ci/run").read_text("utf-8")
