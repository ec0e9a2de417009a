from __future__ import annotations

import json

import pytest

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import number
from engine.gather.fitting import LIMIT
from engine.gather.run import gather
from engine.gather.written import document_text
from engine.loading.facts import MAX_BYTES, read_facts
from engine.model.facts import Absent
from engine.model.place import Provenance
from tests.gather.fake_host import FakeHost

HERE = Provenance(origin="here")


@pytest.fixture
def document(redaction):
    """Gather facts by key, each by a collector of its own, in a document of a bound."""

    def make(limit, **facts):
        def made(key, value):
            name = key.replace("__", ".")
            return collector(key, subjects=("workstation",), facts={name: number("x")})(
                lambda _: [Fact(name, value, HERE)]
            )

        return gather(
            FakeHost(),
            subject="workstation",
            directory="/",
            redaction=redaction,
            collectors={key: made(key, value) for key, value in facts.items()},
            limit=limit,
        )

    return make


def size(document):
    return len(document_text(document).encode())


def test_what_fits_is_whole_to_the_last_byte(document):
    facts = {"a": "x" * 1000, "b": ["y"] * 100}
    whole = document(LIMIT, **facts)

    assert document(size(whole), **facts) == whole
    assert document(size(whole) - 1, **facts) != whole


def test_the_largest_facts_are_left_out_and_said_to_be(document):
    facts = {"a": ["x" * 50] * 40, "b": 1, "c": ["y" * 500] * 40, "d": "z" * 900}
    cut = document(2000, **facts)

    assert set(cut["facts"]) == {"b", "d"}
    assert size(cut) <= 2000
    assert {pointer: hole["reason"] for pointer, hole in cut["absent"].items()} == {
        "/a": "too_large",
        "/c": "too_large",
    }
    assert cut["absent"]["/c"]["detail"].endswith(" bytes, and a document 2000 at most")
    assert set(cut["provenance"]) == {"/b", "/d"}
    root = read_facts(document_text(cut).encode(), "facts").root
    assert root["a"].cause == "too_large"


def test_it_does_not_matter_in_which_order_facts_came(document):
    facts = {"a": ["x" * 50] * 40, "b": ["y" * 50] * 40, "c": 1}
    other = dict(reversed(facts.items()))
    assert document_text(document(3000, **facts)) == document_text(document(3000, **other))
    # Of two that are as large as each other, the first by name is left out.
    assert set(document(3000, **facts)["facts"]) == {"b", "c"}


def test_what_is_told_about_a_fact_counts_as_its_own(document):
    sourced = [Sourced(1, Provenance(None, "f", "/f" * 50, 7)) for _ in range(50)]
    holes = {f"{number}": Absent("missing", "w" * 200) for number in range(50)}
    cut = document(2000, a=sourced, b=holes, c="x" * 700)
    assert set(cut["facts"]) == {"c"}
    assert set(cut["absent"]) == {"/a", "/b"}
    assert set(cut["provenance"]) == {"/c"}


def test_a_fact_beside_others_is_a_hole_of_its_own(document):
    cut = document(2000, x__big="x" * 3000, x__small=1)
    assert cut["facts"] == {"x": {"small": 1}}
    assert set(cut["absent"]) == {"/x/big"}


def test_where_nothing_is_left_one_hole_says_so(document):
    cut = document(2000, x__big="x" * 3000, x__y__other="y" * 3000, z=1)
    assert cut["facts"] == {"z": 1}
    assert set(cut["absent"]) == {"/x"}


def test_a_key_that_begins_like_another_is_not_part_of_it(document):
    cut = document(2000, a="x" * 3000, ab={"c": Absent("missing")})
    assert cut["facts"] == {"ab": {}}
    assert set(cut["absent"]) == {"/a", "/ab/c"}
    assert set(cut["provenance"]) == {"/ab"}


def test_indentation_counts(document):
    deep = [1] * 200
    for _ in range(40):
        deep = [deep]
    whole = document(LIMIT, a=deep)
    assert size(whole) > 20 * len(json.dumps(whole, separators=(",", ":")))
    assert document(size(whole) - 1, a=deep)["facts"] == {}


def test_readers_take_what_is_written():
    assert LIMIT <= MAX_BYTES
