"""Laws of the fold, on start-up files that nobody wrote.

`PRECEDENT_LAWS` says how many examples each law gets in each shell (10 unless set); with it they
are others at each run.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.precedence.made_scripts import (
    KINDS,
    LIBRARY,
    NAMES,
    assigned,
    is_unknown,
    libraries,
    machine,
    outcome,
    scripts,
    text,
    told,
)

ASKED = os.environ.get("PRECEDENT_LAWS")
LAW = settings(
    max_examples=int(ASKED or 10),
    derandomize=ASKED is None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
AS_KINDS = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def assert_same_or_unknown(found, before):
    changed = {
        name: (before[name], found[name])
        for name in before
        if not is_unknown(found[name]) and found[name] != before[name]
    }
    assert changed == {}


@AS_KINDS
def test_what_is_overwritten_at_once_changes_nothing(kind):
    values = st.sampled_from(["1", "x", "/opt/go"])

    @LAW
    @given(scripts(kind), scripts(kind), libraries(kind), st.sampled_from((*NAMES, "PATH")), values)
    def law(before, after, library, name, lost):
        final = assigned(kind, name, "/kept")
        once = outcome(kind, [*before, final, *after], library)
        twice = outcome(kind, [*before, assigned(kind, name, lost), final, *after], library)
        assert once == twice

    law()


@AS_KINDS
def test_an_opaque_line_makes_nothing_known_and_changes_nothing_known(kind):
    @LAW
    @given(scripts(kind), scripts(kind), libraries(kind))
    def law(before, after, library):
        clear = outcome(kind, before + after, library)
        assert_same_or_unknown(outcome(kind, [*before, kind.opaque, *after], library), clear)

    law()


@AS_KINDS
def test_what_is_set_behind_an_opaque_line_is_known(kind):
    @LAW
    @given(scripts(kind), libraries(kind))
    def law(before, library):
        found = outcome(kind, [*before, kind.opaque, assigned(kind, "A", "7")], library)
        assert found["A"] == "7"

    law()


@AS_KINDS
def test_the_order_of_independent_files_does_not_matter(kind):
    @LAW
    @given(scripts(kind, ("A", "B"), paths=False), scripts(kind, ("C", "D"), paths=False))
    def law(first, second):
        files = {"first": text(first), "second": text(second)}
        lines = [kind.sourced(f"~/{name}") for name in files]
        there = outcome(kind, lines, [], **files)
        assert outcome(kind, lines[::-1], [], **files) == there

    law()


@AS_KINDS
def test_a_guard_that_is_not_known_leaves_what_both_branches_agree_on(kind):
    @LAW
    @given(scripts(kind), scripts(kind), scripts(kind), scripts(kind), libraries(kind))
    def law(before, then, other, after, library):
        joined = outcome(kind, [*before, kind.joined(then, other), *after], library)
        for branch in (then, other):
            # Each branch is a block, to which in fish its variables may belong.
            block = [f"begin\n{text(branch)}end"] if kind.is_fish else branch
            assert_same_or_unknown(joined, outcome(kind, [*before, *block, *after], library))

    law()


@AS_KINDS
def test_a_file_that_was_never_looked_at_changes_no_value(kind):
    @LAW
    @given(scripts(kind), libraries(kind), st.data())
    def law(statements, library, data):
        made = machine(kind, [*statements, f"{kind.sourced(LIBRARY)}"], library)
        whole = made.contexts(kind.context)[kind.context]
        files = made.root["files"]
        dropped = data.draw(st.sets(st.sampled_from(sorted(files)), min_size=1, max_size=4))
        for path in dropped:
            del files[path]
        less = made.resolved(made.root, kind.context)[kind.context]
        assert_same_or_unknown(told(less), told(whole))

    law()
