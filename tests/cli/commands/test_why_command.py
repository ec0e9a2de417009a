"""`engine why` from end to end; how an answer is laid out is told in tests/report/why."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from engine.report.why.schema import why_schema

SET = {"state": "set", "value": "/opt/go", "set_by": {"file": "/home/a/.bashrc", "line": 3}}
GO = {"state": "found", "kind": "file", "path": "/opt/go/bin/go"}
FACTS = {
    "user": {"home": "/home/a"},
    "contexts": {
        "login": {"title": "a login shell", "env": {"GOROOT": {"state": "unset"}},
                  "commands": {"go": {"state": "missing"}}},
        "window": {"title": "a window", "env": {"GOROOT": SET}, "commands": {"go": GO}},
    },
}  # fmt: skip


@pytest.fixture
def why(engine, write):
    """Give a way to ask about the facts above."""
    write(facts_json=FACTS)
    return lambda *words: engine("why", *words, "--facts", "facts.json")


def test_a_variable_is_told_in_every_context(why):
    ran = why("GOROOT")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("GOROOT differs between 2 launch contexts: 1 value, unset in 1\n")
    assert "GOROOT=/opt/go\n  in        window  a window\n  set by    ~/.bashrc:3\n" in ran.out


def test_a_command_is_told_too(why):
    assert "go is /opt/go/bin/go\n" in why("go").out


def test_one_context_is_told_alone(why):
    out = why("GOROOT", "--in", "window").out

    assert out.startswith("GOROOT in window: a window\n")
    assert "login" not in out


def test_a_file_of_an_image_is_none_of_the_machine(engine, write):
    setter = {"file": "/home/a/.profile", "line": 2, "file_system": "shop"}
    window = {
        "title": "a window",
        "env": {"GOROOT": {"state": "unset"}},
        "loaded": [],
        "not_loaded": [{"path": "/home/a/.profile", "reason": "hidden", "detail": "another"}],
    }
    container = {
        "title": "a container",
        "env": {"GOROOT": {"state": "set", "value": "/opt/go", "set_by": setter}},
        "of": {"process": "container", "id": "shop"},
    }
    contexts = {"window": window, "container:shop": container}
    write(facts_json={"user": {"home": "/home/a"}, "contexts": contexts})

    text = engine("why", "GOROOT", "--facts", "facts.json").out
    answer = json.loads(engine("why", "GOROOT", "--facts", "facts.json", "--format", "json").out)

    assert "set by    /home/a/.profile:2 in the files of shop\n" in text
    assert "not read" not in text
    jsonschema.validate(answer, why_schema())
    told = {one["context"]: one for one in answer["contexts"]}
    assert told["container:shop"]["set_by"] == setter
    assert told["window"]["not_read"] == []


def test_json_conforms_to_the_schema_and_is_sorted(why):
    answer = json.loads(why("GOROOT", "--format", "json").out)

    jsonschema.validate(answer, why_schema())
    assert [one["context"] for one in answer["contexts"]] == ["login", "window"]


def test_a_name_that_nobody_sets_is_unset_and_another_is_suggested(why):
    ran = why("GOROT")

    assert ran.code == 0
    assert ran.out.startswith("GOROT is unset in both launch contexts\n")
    assert ran.out.endswith("\ndid you mean `GOROOT`?\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gor",), "unknown variable or command `gor`; did you mean `go`?"),
        (("GOROOT", "--in", "windw"), "unknown context `windw`; did you mean `window`?"),
        (("GOROOT", "--in", "x"), "unknown context `x`; the contexts are `login`, `window`"),
        (("GOROOT", "--format", "svg"), "unknown format `svg`; the formats are `json`, `text`"),
    ],
)
def test_what_does_not_exist_is_refused(why, words, said):
    ran = why(*words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


STEPS = {f"step:ci.yml/test/{number}": {"title": "a step", "env": {}} for number in range(20)}


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ("step:ci.yml/tset/3", "did you mean `step:ci.yml/test/3`?"),
        ("step:x", "the contexts of `step` are `step:ci.yml/test/0`, `step:ci.yml/test/1`"),
        ("step:x", "and 8 more: see `engine list contexts`"),
        ("x", "the contexts are `step`\n"),
    ],
)
def test_an_unknown_context_is_refused_with_those_of_its_process(engine, write, context, said):
    write(facts_json={"contexts": STEPS})
    ran = engine("why", "GOROOT", "--in", context, "--facts", "facts.json")

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_all_contexts_of_a_process_may_be_asked_for(engine, write):
    write(facts_json={"contexts": STEPS | {"login": {"title": "a shell", "env": {}}}})
    out = engine("why", "GOROOT", "--in", "step", "--facts", "facts.json").out

    assert out.startswith("GOROOT is unset in all 20 launch contexts\n")
    assert "login" not in out


def test_colour_adds_nothing_but_colour(why):
    plain, coloured = why("GOROOT").out, why("GOROOT", "--colour", "always").out

    assert plain != coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_document_may_come_from_standard_input(engine, why):
    piped = engine("why", "GOROOT", "--facts", "-", stdin=json.dumps(FACTS).encode())

    assert piped.out == why("GOROOT").out


def test_facts_without_contexts_are_no_answer_or_unknown(engine, write):
    write(none_json={"contexts": {}}, lists_json={"contexts": []})

    assert engine("why", "X", "--facts", "none.json").code == 2
    assert engine("why", "X", "--facts", "lists.json").code == 2


def test_contexts_are_resolved_from_facts_that_have_none(engine, write):
    write(empty_json={"os": {"kernel": "Linux"}})
    ran = engine("why", "GOROOT", "--facts", "empty.json")

    assert ran.code == 0
    assert "GOROOT is unknown" in ran.out
    assert "GOROOT=" not in ran.out
