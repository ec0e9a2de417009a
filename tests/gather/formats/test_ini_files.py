from __future__ import annotations

import configparser
import contextlib
import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.formats._base import FormatError
from engine.gather.formats.ini_files import read_ini
from engine.loading.nodes import plain
from engine.model.facts import Absent

NPMRC = """\
; of the team
engine-strict=true
//reg.example/:_authToken=${TOKEN}
save = yes # sure
lone
quoted = "x"
"""
PIP = """\
[global]
index: https://one.example/a?b=c
more =
    https://two.example/
    # not this one
    https://three.example/

[install]
no-deps = 1
"""


def read(text):
    return read_ini(text.encode(), "x.ini")


def cause(node):
    return node.value.cause if isinstance(node.value, Absent) else None


def test_keys_before_the_first_section_stand_at_the_top():
    node = read(NPMRC)
    assert node.entries["engine-strict"].value == "true"
    assert node.entries["//reg.example/:_authToken"].value == "${TOKEN}"


def test_what_readers_take_differently_is_a_hole():
    node = read(NPMRC)
    assert [cause(node.entries[key]) for key in ("save", "lone", "quoted")] == ["ambiguous"] * 3


def test_sections_hold_their_keys_and_indented_lines_go_on():
    assert plain(read(PIP)) == {
        "global": {
            "index": "https://one.example/a?b=c",
            "more": "\nhttps://two.example/\nhttps://three.example/",
        },
        "install": {"no-deps": "1"},
    }


def test_each_value_has_its_place():
    node = read(PIP)
    section = node.entries["global"]
    places = [section, section.entries["index"], node.entries["install"].entries["no-deps"]]
    assert [(n.place.line, n.place.column) for n in places] == [(1, 1), (2, 8), (9, 11)]


def test_an_indented_line_that_could_be_a_key_makes_both_holes():
    node = read("a = 1\n  b = 2\nc = 3\n")
    assert [cause(node.entries[key]) for key in "abc"] == ["ambiguous", "ambiguous", None]
    assert plain(read("[user]\n\tname = x\n\temail = y\n")) == {"user": {"name": "x", "email": "y"}}


def test_a_key_below_a_key_alone_is_not_taken_for_missing():
    node = read("lone\n  m = x\n")
    assert [cause(node.entries[key]) for key in ("lone", "m")] == ["ambiguous"] * 2


def test_a_value_that_goes_on_is_a_hole_unless_all_of_it_is_indented():
    node = read("a = 1\n  more\nb =\n  more\nc[] = 1\n")
    assert [cause(node.entries[key]) for key in ("a", "b", "c[]")] == [
        "ambiguous",
        None,
        "ambiguous",
    ]
    assert node.entries["b"].value == "\nmore"


NPM_INI = next(Path("/usr").glob("lib/node_modules/npm/node_modules/ini"), None)


@pytest.mark.skipif(NPM_INI is None or shutil.which("node") is None, reason="needs node and npm")
def test_what_is_known_is_what_npm_reads():
    text = """\
a = 1
b=x y
@s:registry=https://h.example/
//h.example/:always-auth=true
n=null
e = a=b
lone
q="x"
c=a ; b
d = a#b
k[] = 1
i = 1
  j = 2
[s]
a=2
u=${X}
back=a\\b
"""
    ours = plain(read(text))
    program = f"console.log(JSON.stringify(require('{NPM_INI}').parse(process.argv[1])))"
    ran = subprocess.run(["node", "-e", program, text], capture_output=True, check=True)
    theirs = json.loads(ran.stdout)
    # npm makes `true` and `null` of texts; what it drops in our eyes is a hole.
    for one, other in ((ours, theirs), (ours["s"], theirs["s"])):
        for key, value in one.items():
            # What npm makes `true` and `null` of are the same words.
            if isinstance(value, str):
                assert value in {other[key], json.dumps(other[key])}
        assert {key.removesuffix("[]") for key in one} == set(other)


def test_what_is_there_twice_is_a_hole():
    node = read("[a]\nx=1\nx=2\ny=3\n[b]\nz=1\n[b]\nz=2\n")
    assert cause(node.entries["a"].entries["x"]) == "ambiguous"
    assert node.entries["a"].entries["y"].value == "3"
    assert cause(node.entries["b"]) == "ambiguous"


@pytest.mark.parametrize("text", ["[a\n", "[]\n", "= 1\n", "[a] b\n", "x = 1\n  [a]\n", "[a]]\n"])
def test_what_is_no_section_and_no_key_is_refused(text):
    with pytest.raises(FormatError):
        read(text)


PIECES = st.sampled_from([
    "[a]\n", "[b c]\n", "x = 1\n", "y: z w\n", "Z=\n", "  more\n", "\tmore: x\n", "# no\n",
    "; no\n", "\n", "  \n", "u = a # b\n", "w=https://h/?q=1\n", "    x = 5\n", "lone\n",
    "k[] = 1\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=10).map("".join))
def test_what_is_known_is_what_configparser_reads(text):
    parser = configparser.RawConfigParser(interpolation=None, allow_no_value=True)
    parser.optionxform = str
    try:
        parser.read_string("[DEFAULT-TOP]\n" + text)
        node = read(text)
    except (configparser.Error, AttributeError, FormatError):  # Python stumbles over `lone` too
        return
    theirs = {name: dict(parser.items(name)) for name in parser.sections()}
    top = theirs.pop("DEFAULT-TOP")
    ours = {key: child for key, child in node.entries.items() if not isinstance(child.value, dict)}
    compare(ours, top)
    for name, section in theirs.items():
        compare(node.entries[name].entries, section)


def compare(ours, theirs):
    # Where we know everything, nothing is missing; and nothing known differs.
    assert set(theirs) <= set(ours)
    for key, node in ours.items():
        if cause(node) is None:
            assert node.value == theirs[key]


@pytest.mark.parametrize(
    "hostile",
    ["a" + " " * 1_000_000 + "b", "[" * 1_000_000, "a=1\n" + " b\n" * 300_000, ":" * 10**6],
)
def test_a_hostile_file_takes_no_long_time(hostile):
    start = time.perf_counter()
    with contextlib.suppress(FormatError):
        read(hostile)
    assert time.perf_counter() - start < 10
