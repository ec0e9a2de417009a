from __future__ import annotations

import re

import pytest

WORDS = ("--rules", "rule.yaml")


@pytest.mark.parametrize("name", ["good", "bad", "silent"])
def test_a_proof_shows_every_condition_with_its_values(engine, demo, golden, name):
    ran = engine("explain", "demo-version", f"{name}.json", *WORDS)

    assert (ran.code, ran.err) == (0, "")
    golden(f"cli/explain_{name}.text", ran.out)


def test_a_document_may_come_from_standard_input(engine, demo):
    from_file = engine("explain", "demo-version", "bad.json", *WORDS)
    piped = engine("explain", "demo-version", "-", *WORDS, stdin=b'{"demo": {"version": "2"}}')

    assert piped.out == from_file.out


def test_colour_adds_nothing_but_colour(engine, demo):
    words = ("explain", "demo-version", "bad.json", *WORDS, "--colour")
    plain, coloured = engine(*words, "never").out, engine(*words, "always").out

    assert plain != coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_value_never_steers_the_terminal(engine, demo):
    evil = b'{"demo": {"version": "\\u001b[2J\\u202e"}}'

    out = engine("explain", "demo-version", "-", *WORDS, stdin=evil).out

    assert "\x1b" not in out
    assert "\u202e" not in out
