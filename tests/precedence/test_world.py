"""The facts as start-up files see them: what is not there is unknown, and asked for."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, PartialMap
from engine.precedence.world import World, snippet_key

SCRIPT = [["broken", 1, "x"]]
FILE = {"kind": "file", "readable": True, "scripts": {"bash": SCRIPT}}
ROOT = {
    "user": {"home": "/home/ada", "shell": Absent("permission", "no")},
    "files": {
        "/f": FILE,
        "/d": {"kind": "directory", "names": ["a", "b"]},
        "/gone": {"kind": "missing"},
        "/hidden": Absent("permission", "not yours"),
        "/odd": [],
        "/unread": {"kind": "file", "scripts": {"bash": Absent("too_large", "long")}},
        "/bad": {"kind": "file", "scripts": {"bash": [["cmd"]], "sh": "x"}, "names": [1]},
    },
    "snippets": {"bash": {snippet_key("A=1"): SCRIPT}},
}


@pytest.fixture
def world():
    return World(ROOT)


def test_what_the_facts_hold_is_given(world):
    assert world.file("/f") == FILE
    assert world.file("/gone") == {"kind": "missing"}
    assert world.names("/d") == ("a", "b")
    assert world.script("/f", "bash") == SCRIPT
    assert world.snippet("A=1", "bash") == SCRIPT
    assert world.fact("user", "home") == "/home/ada"
    assert world.wanted == set()


def test_what_they_lack_is_unknown_and_wanted(world):
    assert world.file("/new").cause == "not_collected"
    assert world.names("/f").cause == "not_collected"
    assert world.script("/f", "sh").cause == "not_collected"
    assert world.script("/d", "sh").cause == "not_collected"
    assert world.snippet("B=1", "bash").cause == "not_collected"
    assert world.snippet("A=1", "zsh").cause == "not_collected"
    assert world.wanted == {
        ("file", "/new"),
        ("names", "/f"),
        ("script", "/f", "sh"),
        ("script", "/d", "sh"),
        ("snippet", "B=1", "bash"),
        ("snippet", "A=1", "zsh"),
    }


def test_what_was_not_learnt_is_not_asked_for_again(world):
    assert world.file("/hidden").cause == "permission"
    assert world.names("/hidden").cause == "permission"
    assert world.script("/hidden", "bash").cause == "permission"
    assert world.script("/unread", "bash").cause == "too_large"
    assert world.wanted == set()


def test_what_cannot_be_used_says_so(world):
    assert world.file("/odd").cause == "wrong_type"
    assert world.script("/bad", "bash").cause == "parse_error"
    assert world.script("/bad", "sh").cause == "wrong_type"
    assert world.names("/bad").cause == "not_collected"


@pytest.mark.parametrize(
    ("steps", "cause"),
    [
        (("user", "shell"), "permission"),
        (("user", "uid"), "missing"),
        (("user", "home", "x"), "wrong_type"),
        (("nothing",), "missing"),
        (("nothing", "more"), "missing"),
    ],
)
def test_a_fact_that_is_not_there(world, steps, cause):
    assert world.fact(*steps).cause == cause


def test_a_fact_of_an_open_mapping_has_its_cause():
    users = PartialMap({})
    users.more = Absent("not_collected", "only some were read")
    assert World({"users": users}).fact("users", "eve").cause == "not_collected"


@pytest.mark.parametrize("root", [{}, {"files": []}, {"files": None, "snippets": 7}])
def test_facts_without_files_know_nothing(root):
    world = World(root)
    assert world.file("/f").cause == "not_collected"
    assert world.script("/f", "bash").cause == "not_collected"
    assert world.snippet("A=1", "bash").cause == "not_collected"


def test_whoever_answers_is_asked_once_and_may_say_no():
    asked = []
    root = {"files": {}}

    def answer(question):
        asked.append(question)
        if question == ("file", "/f"):
            root["files"]["/f"] = {"kind": "file", "scripts": {}}
        if question[0] == "script":
            root["files"]["/f"]["scripts"][question[2]] = SCRIPT
        return question[1] == "/f"

    world = World(root, answer)
    assert world.script("/f", "bash") == SCRIPT
    assert world.script("/f", "bash") == SCRIPT
    assert world.file("/g").cause == "not_collected"
    assert asked == [("file", "/f"), ("script", "/f", "bash"), ("file", "/g")]
    assert world.wanted == {("file", "/g")}


def test_the_key_of_a_text_is_of_its_bytes():
    assert snippet_key("A=1") == snippet_key("A=1")
    assert snippet_key("A=1") != snippet_key("A=2")
    assert len(snippet_key("\udcff")) == 16
