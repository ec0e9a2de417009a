from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from runpy import run_path
from xml.etree import ElementTree as ET

import pytest

from engine.errors import UsageError
from engine.model.facts import Absent, PartialList
from engine.report import Layout
from engine.report._lines import cells
from engine.report.graph import drawing, drawings, picture_of
from engine.report.graph._conditions import condition_words, failing, simplified
from engine.report.graph._layout import laid_out
from engine.report.graph._texts import broken
from engine.report.graph._words import expression_words

MADE = run_path(str(Path(__file__).with_name("plans.py")))
PLAN, PATHS, FACTS, HOSTILE = (MADE[name] for name in ("PLAN", "PATHS", "FACTS", "HOSTILE"))
PICTURES = {
    "whole": picture_of(PLAN, PATHS),
    "terminal": picture_of(PLAN, PATHS, "terminal", FACTS),
    "terminal_static": picture_of(PLAN, PATHS, "terminal"),
    "vscode_terminal": picture_of(PLAN, PATHS, "vscode-terminal", FACTS),
    "hostile": picture_of(HOSTILE),
    "empty": picture_of({"sources": {}, "processes": {}, "order": [], "contexts": []}),
}
GOLDEN = Path(__file__).parents[2] / "golden" / "graph"
_SGR = re.compile(r"\x1b\[[0-9;]*m")


def drawn(picture, name="text", **layout):
    return drawing(name).render(picture, Layout(**layout))


@pytest.mark.parametrize("name", drawings())
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_drawn_as_its_golden_file_shows(kind, name, golden):
    golden(f"graph/{kind}.{name}", drawn(PICTURES[kind], name))


@pytest.mark.parametrize("kind", ["whole", "vscode_terminal"])
def test_a_terminal_may_be_ascii_or_coloured(kind, golden):
    golden(f"graph/{kind}_in_ascii.text", drawn(PICTURES[kind], ascii=True))
    coloured = drawn(PICTURES[kind], colour=True)
    golden(f"graph/{kind}_in_colour.text", coloured)
    assert _SGR.sub("", coloured) == drawn(PICTURES[kind])
    assert drawn(PICTURES[kind], ascii=True).isascii()


def test_every_golden_file_belongs_to_a_picture():
    names = {re.sub(r"_in_(ascii|colour)$", "", file.stem) for file in GOLDEN.iterdir()}
    assert names == set(PICTURES)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("kind", PICTURES)
def test_a_drawing_fits_on_its_page(kind, width):
    for line in drawn(PICTURES[kind], width=width).splitlines():
        assert cells(line) <= width


@pytest.mark.parametrize("name", drawings())
def test_no_title_steers_a_terminal_or_ends_its_label(name):
    text = drawn(PICTURES["hostile"], name).replace("\n", "")
    assert [sign for sign in text if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0] == []
    assert "\u202e" not in text


@pytest.mark.parametrize("kind", PICTURES)
def test_graphviz_draws_every_digraph(kind):
    if shutil.which("dot") is None:
        pytest.skip("needs Graphviz")
    ran = subprocess.run(
        ["dot", "-Tsvg"], input=drawn(PICTURES[kind], "dot").encode(), capture_output=True,
        check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    titles = ET.fromstring(ran.stdout).itertext()
    shown = re.sub(r"\s", "", "".join(titles))
    for process in PICTURES[kind].processes:
        assert re.sub(r"\s", "", process.title) in shown


# Parses each flowchart, and gives its labels as Mermaid reads them.
MERMAID = """\
import {createRequire} from 'node:module'; import fs from 'node:fs'; import url from 'node:url';
const require = createRequire(process.argv[1] + '/');
const {JSDOM} = require('jsdom');
globalThis.window = new JSDOM('').window; globalThis.document = window.document;
const path = require.resolve('mermaid').replace(/mermaid\\.[^/]*$/, 'mermaid.core.mjs');
const mermaid = (await import(url.pathToFileURL(path))).default;
mermaid.initialize({startOnLoad: false});
const text = fs.readFileSync(0, 'utf8');
const {db} = await mermaid.mermaidAPI.getDiagramFromText(text);
const labels = [...db.getVertices().values()].map(one => one.text);
console.log(JSON.stringify({labels, edges: db.getEdges().length}));
"""


@pytest.mark.parametrize("kind", [kind for kind in PICTURES if kind != "empty"])
def test_mermaid_reads_every_flowchart(kind):
    modules = os.environ.get("PRECEDENT_NODE_MODULES", "")
    if shutil.which("node") is None or not Path(modules, "mermaid").is_dir():
        pytest.skip("needs node, and PRECEDENT_NODE_MODULES with mermaid and jsdom")
    text = drawn(PICTURES[kind], "mermaid")
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", MERMAID, modules],
        input=text.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    read = json.loads(ran.stdout)
    assert len(read["labels"]) == len(re.findall(r"^  [ps]\d+[\[(]", text, re.MULTILINE))
    assert read["edges"] == len(re.findall(r"^  [ps]\d+ [-=]", text, re.MULTILINE))


@pytest.mark.parametrize("kind", PICTURES)
def test_an_svg_is_xml_and_its_cards_do_not_overlap(kind):
    root = ET.fromstring(drawn(PICTURES[kind], "svg"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    cards = laid_out(PICTURES[kind], 0).cards
    assert len(cards) == len(PICTURES[kind].processes)
    for number, one in enumerate(cards):
        assert one.x + one.width <= float(root.get("width", 0))
        for other in cards[number + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_a_picture_needs_nothing_from_elsewhere():
    text = drawn(PICTURES["whole"], "svg")
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert "prefers-color-scheme: dark" in text


def test_only_what_leads_to_a_context_is_drawn():
    names = [process.id for process in PICTURES["vscode_terminal"].processes]
    assert names == ["session", "desktop", "shell-of-vscode", "vscode", "vscode-terminal"]


def test_what_the_start_of_a_shell_decides_is_decided():
    reads = {read.source: read for read in PICTURES["terminal_static"].named("terminal").reads}
    assert (reads["etc-profile"].state, reads["etc-profile"].reason) == (
        "not_read",
        "only when login",
    )
    assert (reads["bashrc"].state, reads["bashrc"].when) == ("", "")


def test_all_ways_to_start_are_told_with_what_decides_between_them():
    process = MADE["process"]
    of_scratch = {"mode": "nothing", "when": MADE["equals"](0)}
    of_image = {"from": "image", "mode": "all", "when": MADE["equals"](1)}
    ways = [of_scratch, of_image, {"from": "other", "mode": "only", "names": ["A"]}]
    processes = {
        "image": process("the image"),
        "other": process("another one"),
        "base": process("the base") | {"inherits": ways},
    }
    plan = {"sources": {}, "processes": processes, "order": [*processes], "contexts": ["base"]}

    told = " ".join(drawn(picture_of(plan, PATHS, "base"), width=200).split())

    assert (
        "inherits all of the image; but nothing when login; when interactive; "
        "else only A of another one" in told
    )


def test_ways_to_start_one_shell_are_drawn_as_one():
    family = next(process for process in PICTURES["whole"].processes if process.members)
    assert family.title == "3 ways to start bash"
    assert [member.id for member in family.members] == ["bash-1", "bash-2", "bash-3"]
    assert PICTURES["whole"].contexts == len(PLAN["contexts"])


def test_the_users_shell_is_the_one_that_the_facts_name():
    known = PICTURES["vscode_terminal"].named("shell-of-vscode")
    assert [read.source for read in known.reads][:2] == ["bash-itself", "etc-profile"]
    assert known.like == ""
    unknown = picture_of(PLAN, PATHS, "shell-of-vscode").named("shell-of-vscode")
    assert (unknown.reads, unknown.like) == ((), "$SHELL")


def test_files_that_a_file_loads_stand_below_it():
    reads = {read.source: read for read in PICTURES["terminal"].named("terminal").reads}
    assert [(one.path, one.by) for one in reads["bashrc"].files] == [
        ("~/.bashrc", ""),
        ("~/.cargo/env", "~/.bashrc:20"),
    ]


def test_what_may_have_been_read_is_not_known_to_be_unread():
    loaded = PartialList([])
    loaded.more = Absent("opaque", "it sources a file that is not known")
    facts = {"contexts": {"desktop": {"loaded": loaded, "not_loaded": []}}}
    (read, _) = picture_of(PLAN, PATHS, "desktop", facts).named("desktop").reads
    assert (read.state, read.reason) == ("unknown", "it sources a file that is not known")


EQUALS, ALL, ANY, NOT = (MADE[name] for name in ("equals", "all_of", "any_of", "no"))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (None, ""),
        (EQUALS(0), "when login"),
        (EQUALS(0, False), "unless login"),
        (ALL(EQUALS(0), EQUALS(1, False)), "when login and not interactive"),
        (ALL(EQUALS(0), EQUALS(1, False), EQUALS(3, False)),
         "when login, unless interactive or norc"),
        (ANY(EQUALS(0), ALL(EQUALS(1), EQUALS(3))), "when login or (interactive and norc)"),
        (ALL(EQUALS(0), ANY(EQUALS(1), EQUALS(3))), "when login and (interactive or norc)"),
        (EQUALS(2, "set"), "when BASH_ENV is set"),
        (NOT(EQUALS(4, None)), "when rcfile is not none"),
        (EQUALS(5, "file"), "when /etc/acme is file"),
        (["use", "run-by-ssh", EQUALS(0), 1], "when run-by-ssh"),
        (ALL(EQUALS(0), NOT(["use", "run-by-ssh", EQUALS(0), 1])), "when login and not run-by-ssh"),
        (["op", ["fact", 2], "in", ["value", ["a", "b"]], None, 1], "when BASH_ENV is one of a, b"),
        (["op", ["fact", 2], "exists", ["value", True], None, 1], "when BASH_ENV exists"),
        (["op", ["fact", 2], "set", ["value", False], None, 1], "when BASH_ENV is not set"),
        (["every", ["fact", 2], 0, None, EQUALS(0), 1], "when a condition of its own"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_person_would_say_it(condition, words):
    assert condition_words(condition, PATHS) == words


def test_a_condition_is_left_where_the_shell_does_not_decide_it():
    shell = {"login": True, "norc": False, "rcfile": {"env": "X"}}
    assert simplified(ALL(EQUALS(0), EQUALS(1)), PATHS, shell) == EQUALS(1)
    assert simplified(ANY(EQUALS(3), EQUALS(1)), PATHS, shell) == EQUALS(1)
    assert simplified(ANY(EQUALS(0), EQUALS(1)), PATHS, shell) is True
    assert simplified(NOT(EQUALS(0)), PATHS, shell) is False
    assert simplified(["use", "x", EQUALS(3), 1], PATHS, shell) is False
    assert simplified(EQUALS(4, "/x"), PATHS, shell) == EQUALS(4, "/x")
    assert simplified(EQUALS(4, None), PATHS, shell) is False


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ALL(EQUALS(0), EQUALS(1), EQUALS(3, False)), "when login"),
        (ALL(EQUALS(1), ["use", "profiles", ALL(EQUALS(0), EQUALS(3, False)), 1]), "when login"),
        (ANY(ALL(EQUALS(1), EQUALS(0)), ["use", "run-by-ssh", EQUALS(3), 1]),
         "when login or run-by-ssh"),
        (ALL(ANY(EQUALS(0), EQUALS(3)), EQUALS(1, False)),
         "when (login or norc) and not interactive"),
        (NOT(EQUALS(1)), "when not interactive"),
    ],
)  # fmt: skip
def test_only_what_fails_of_a_condition_is_a_reason(condition, words):
    shell = {"login": False, "interactive": True, "norc": False}
    assert simplified(condition, PATHS, shell) is False
    assert condition_words(failing(condition, PATHS, shell), PATHS) == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("~/.zshrc", "~/.zshrc"),
        ({"join": [{"env": "ZDOTDIR", "else": {"env": "HOME"}}, ".zshenv"]},
         "${ZDOTDIR:-~}/.zshenv"),
        ({"join": [{"env": "HOME"}, "a", "b"]}, "~/a/b"),
        ({"expand": {"env": "ENV"}}, "$ENV"),
        ({"fact": ["user", "home"]}, "{user.home}"),
        (None, "…"),
    ],
)  # fmt: skip
def test_a_computed_path_is_written_as_shells_do(expression, words):
    assert expression_words(expression) == words


def test_long_paths_are_broken_where_a_folder_ends():
    assert broken("/aaaa/bbbb/cccc/dddd", 12) == ["/aaaa/bbbb/", "cccc/dddd"]
    assert broken("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert broken("two words", 5) == ["two", "words"]


def test_an_unknown_drawing_is_refused_with_the_one_that_was_meant():
    with pytest.raises(UsageError, match="did you mean `mermaid`"):
        drawing("mermad")
