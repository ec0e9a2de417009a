"""Facts: provenance of the nearest ancestor, and names of types that show no value."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.facts import Absent, Facts, PartialList, PartialMap, Redacted, type_in_words
from engine.model.place import Provenance

FACTS = Facts(
    root={},
    provenance={"/go": {"from": "go env"}, "/go/a~1b": {"file": "x", "line": 1}},
)


@pytest.mark.parametrize(
    ("pointer", "provenance"),
    [
        ("/go", Provenance(origin="go env")),
        ("/go/version/major", Provenance(origin="go env")),
        ("/go/a~1b", Provenance(file="x", line=1)),
        ("/go/a~1b/0", Provenance(file="x", line=1)),
        ("/gopher", None),
        ("", None),
    ],
)
def test_a_value_has_the_provenance_of_its_nearest_ancestor(pointer: str, provenance: Any):
    assert FACTS.provenance_of(pointer) == provenance


def test_the_root_is_everybodys_ancestor():
    facts = Facts(root={}, provenance={"": {"collector": "c"}})
    assert facts.provenance_of("/a/b") == Provenance(collector="c")
    assert Facts(root={}, provenance={}).provenance_of("/a/b") is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("token", "a text"),
        (1, "a number"),
        (1.5, "a number"),
        (True, "a truth value"),
        (None, "null"),
        ([], "a list"),
        (PartialList([1]), "a list"),
        ({}, "a mapping"),
        (PartialMap({}), "a mapping"),
        (Redacted(("token",)), "a secret"),
        (Absent("missing"), "something else"),
    ],
)
def test_types_have_names_that_show_no_value(value: Any, words: str):
    assert type_in_words(value) == words


def test_partial_containers_copy_what_they_are_given():
    items, keys = [1], {"a": 1}
    PartialList(items).append(2)
    PartialMap(keys)["b"] = 2
    assert (items, keys) == ([1], {"a": 1})
    assert PartialList(items).more is PartialMap(keys).more is None


def test_a_secret_shows_nothing_of_itself():
    secret = Redacted(("token-", ("5a17", "4a54")))
    ways = (repr(secret), str(secret), f"{secret}", f"{secret!r}", format(secret, ""))
    assert set(ways) == {"<redacted>"}
