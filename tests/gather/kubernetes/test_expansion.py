from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.kubernetes.expansion import expanded
from engine.model.facts import Absent

KNOWN = {"A": "one", "B": "two", "EMPTY": "", "REF": "$(A)", "x$(A": "odd"}


def expand(text):
    parts = expanded(text, lambda name: (KNOWN.get(name, f"$({name})"),))
    return parts[0] if len(parts) == 1 else parts


# What Kubernetes documents and its own tests ask for (third_party/forked/golang/expansion).
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$(A)", "one"),
        ("-$(A)$(B)-", "-onetwo-"),
        ("$$(A)", "$(A)"),
        ("$$(A)$(A)", "$(A)one"),
        ("$$$(A)", "$one"),
        ("$$$$(A)", "$$(A)"),
        ("$$A", "$A"),
        ("$A ${A} $? $!", "$A ${A} $? $!"),
        (r"\$(A)", r"\one"),
        ("$(REF)", "$(A)"),
        ("$(UNSET)", "$(UNSET)"),
        ("a$(EMPTY)b", "ab"),
        ("$(EMPTY)", ""),
        ("$(A", "$(A"),
        ("$(", "$("),
        ("$($($(", "$($($("),
        ("$(A)-$(", "one-$("),
        ("(A)$", "(A)$"),
        ("$(x$(A)", "odd"),
        ("$(y$(A))", "$(y$(A))"),
        ("$(a$$b)", "$(a$$b)"),
        ("$( A )", "$( A )"),
        ("$()", "$()"),
        ("$(A\n)", "$(A\n)"),
        ("", ""),
    ],
)
def test_variables_are_filled_in_as_kubernetes_does(text, value):
    assert expand(text) == value


def test_a_letter_beyond_ascii_behind_a_dollar_is_not_known():
    assert isinstance(expand("$é"), Absent)


def test_what_would_come_to_gigabytes_is_a_hole():
    parts = expanded("$(A)" * 5000, lambda _: ("x" * 100_000,))
    assert [part.cause for part in parts] == ["too_large"]


@given(st.text("$()A\n-", max_size=30))
def test_a_text_without_known_variables_keeps_all_but_its_escapes(text):
    parts = expanded(text, lambda name: (f"$({name})",))
    assert "".join(parts).replace("$", "") == text.replace("$", "")


@given(st.text("ab-", max_size=10), st.text("ab-", max_size=10))
def test_the_texts_around_a_variable_stay(before, after):
    assert expand(f"{before}$(A){after}") == f"{before}one{after}"
