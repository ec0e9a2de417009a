from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.parameters import (
    apply_flags,
    change_case,
    modify,
    replacement,
    slice_text,
    transform,
)
from engine.precedence.shell.patterns import compile_pattern
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
TEXTS = st.text("aAbZé'\\ \n\t\x01:$.", max_size=7)
PATHS = st.text("aB./ ", max_size=7)


def agree(dialect, cases, script, function):
    """Compare what a function gives for each case with what the shell prints for its script."""
    for case, real in zip(cases, answers(dialect, [script(*case) for case in cases]), strict=True):
        try:
            ours = function(*case)
        except Unsupported:
            continue
        if isinstance(ours, list):
            ours = "".join(f"<{item}>" for item in ours)
        assert (case, ours) == (case, real)


def lists(*parts):
    return st.lists(st.tuples(*parts), min_size=1, max_size=80)


@pytest.mark.parametrize("dialect", ["bash", "zsh", "ksh", "mksh"])
def test_a_slice_is_that_of_the_shell(dialect):
    numbers = st.integers(-9, 9)

    def script(text, offset, length):
        end = "" if length is None else f": {length}"
        return f'x={quoted(text)}; printf %s "${{x: {offset}{end}}}"'

    @MANY
    @given(lists(TEXTS, numbers, st.one_of(st.none(), numbers)))
    def agrees(cases):
        agree(dialect, cases, script, lambda *case: slice_text(*case, dialect))

    agrees()


def test_case_is_changed_as_in_bash():
    def script(text, op, pattern):
        return f"""x={quoted(text)}; printf %s "${{x{op}{pattern or ""}}}" """

    def changed(text, op, pattern):
        pieces = [(pattern, False)] if pattern else None
        return change_case(
            text, op, compile_pattern(pieces, extended=False, dialect="bash") if pieces else None
        )

    @MANY
    @given(
        lists(
            TEXTS,
            st.sampled_from(["^", "^^", ",", ",,"]),
            st.sampled_from([None, "a", "[a-zA-M]", "?", "*", "ab"]),
        )
    )
    def agrees(cases):
        agree("bash", cases, script, changed)

    agrees()


def test_a_text_is_transformed_as_in_bash():
    @MANY
    @given(lists(TEXTS, st.sampled_from(["@Q", "@U", "@L", "@u"])))
    def agrees(cases):
        agree(
            "bash", cases, lambda text, op: f'x={quoted(text)}; printf %s "${{x{op}}}"', transform
        )

    agrees()


@pytest.mark.parametrize("dialect", ["bash", "zsh", "ksh", "mksh"])
def test_a_replacement_is_that_of_the_shell(dialect):
    pieces = st.lists(st.tuples(st.text("&\\x1", max_size=3), st.booleans()), max_size=3)

    def script(given_pieces):
        names = (f'"$w{i}"' if q else f"${{w{i}}}" for i, (_, q) in enumerate(given_pieces))
        values = "".join(f"w{i}={quoted(text)}; " for i, (text, _) in enumerate(given_pieces))
        return f'x=abba; {values}y=${{x//b/{"".join(names)}}}; printf %s "$y"'

    @MANY
    @given(lists(pieces))
    def agrees(cases):
        pattern = compile_pattern([("b", False)], extended=False, dialect=dialect)
        agree(
            dialect,
            cases,
            script,
            lambda given: pattern.replace("abba", replacement(given, dialect), "everywhere"),
        )

    agrees()


def test_a_modifier_does_what_it_does_in_zsh():
    modifiers = ["h", "t", "r", "e", "l", "u", "s/a/x/", "gs/a/xy/", "gs:/:.:", "s/a//", "gs,B.,x,"]

    @MANY
    @given(lists(PATHS, st.sampled_from(modifiers)))
    def agrees(cases):
        agree(
            "zsh",
            cases,
            lambda text, modifier: f'x={quoted(text)}; printf %s "${{x:{modifier}}}"',
            modify,
        )

    agrees()


FLAGS = ["U", "L", "C", "u", "o", "O", "Oa", "qq", "Q", "j:-:", "s:a:", "s. .", "f", "F", "ps:\\n:"]
SOME_FLAGS = st.lists(st.sampled_from(FLAGS), min_size=1, max_size=3).map("".join)


def test_flags_of_a_text_do_what_they_do_in_zsh():
    def script(text, flags):
        return f'x={quoted(text)}; for w in "${{(@{flags})x}}"; do printf \'<%s>\' "$w"; done'

    def flagged(text, flags):
        changed = apply_flags(text, "@" + flags)
        return changed if isinstance(changed, list) else [changed]

    @MANY
    @given(lists(TEXTS, SOME_FLAGS))
    def agrees(cases):
        agree("zsh", cases, script, flagged)

    agrees()


def test_flags_of_a_list_do_what_they_do_in_zsh():
    def script(items, flags):
        values = " ".join(map(quoted, items))
        return f"x=({values}); for w in ${{({flags})x}}; do printf '<%s>' \"$w\"; done"

    def flagged(items, flags):
        changed = apply_flags(items, flags)
        return [item for item in (changed if isinstance(changed, list) else [changed]) if item]

    @MANY
    @given(lists(st.lists(TEXTS, max_size=4), SOME_FLAGS))
    def agrees(cases):
        agree("zsh", cases, script, flagged)

    agrees()


@pytest.mark.parametrize("flags", ["e", "%", "P", "k", "l:3:", "j", "j:a", "Uj:x:L"])
def test_a_flag_that_needs_more_than_the_text_is_refused(flags):
    with pytest.raises(Unsupported):
        apply_flags(["a"], flags)


@pytest.mark.parametrize("modifier", ["A", "a", "P", "h2", "s/a", "&", ""])
def test_a_modifier_that_needs_more_than_the_text_is_refused(modifier):
    with pytest.raises(Unsupported):
        modify("a", modifier)
