"""Looking up: what is there, what is certain not to be, and what is not known."""

from __future__ import annotations

import pytest

from engine.evaluate.lookup import at_pointer, elements, find, length, may_hold_more, pointer
from engine.model.facts import Absent
from tests.evaluate.conftest import document

FACTS = {
    "go": {"env": {"GOROOT": "/usr/local/go"}, "0": "key", "null": None, "a/b~c": {"~1": 1}},
    "xs": [1, [2, 3], {"a": 4}],
    "text": "a",
    "secret": {"$redacted": ["a", {"salt": "s", "hash": "h"}]},
    "cut": [1, 2],
    "open": {"a": 1},
    "holed": {"a": 1},
}
ABSENT = {
    "/cut/-": {"reason": "too_large", "detail": "only two were read"},
    "/open/-": {"reason": "permission"},
    "/holed/b": {"reason": "timeout"},
    "/holed/c/d/e": {"reason": "opaque"},
    "/gone": {"reason": "unsupported"},
    "/gone/but/this": {"reason": "parse_error"},
    "/xs/2/a": {"reason": "ambiguous"},
}
ROOT = document(FACTS, absent=ABSENT).root


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (("go", "env", "GOROOT"), "/usr/local/go"),
        (("go", "0"), "key"),
        (("go", "null"), None),
        (("xs", 0), 1),
        (("xs", 1, -1), 3),
        (("xs", -2, 0), 2),
        (("cut", 1), 2),
        (("open", "a"), 1),
        (("holed", "a"), 1),
        ((), ROOT),
    ],
)
def test_what_is_there_is_given(steps, value):
    assert find(ROOT, steps) == value


@pytest.mark.parametrize(
    "steps",
    [
        ("go", "GOROOT"),
        ("go", "env", "GOPATH", "deeper", 0),
        ("xs", 3),
        ("xs", -4),
        ("xs", 1, 2),
        ("holed", "z"),
    ],
)
def test_what_a_whole_container_lacks_is_certain_not_to_be(steps):
    found = find(ROOT, steps)
    assert (found.certain, found.cause) == (True, "missing")


@pytest.mark.parametrize(
    ("steps", "cause"),
    [
        (("nothing",), "missing"),
        (("nothing", "deeper"), "missing"),
        (("cut", 2), "too_large"),
        (("cut", -1), "too_large"),
        (("open", "b"), "permission"),
        (("holed", "b"), "timeout"),
        (("holed", "b", "deeper"), "timeout"),
        (("holed", "c", "d", "e"), "opaque"),
        (("holed", "c", "other"), "missing"),
        (("gone",), "unsupported"),
        (("gone", "other"), "unsupported"),
        (("gone", "but"), "unsupported"),
        (("gone", "but", "this"), "parse_error"),
        (("gone", "but", "this", "deeper"), "parse_error"),
        (("xs", 2, "a"), "ambiguous"),
        (("xs", -1, "a"), "ambiguous"),
        (("secret", "a"), "redacted"),
        (("secret", 0), "redacted"),
        (("text", "a"), "wrong_type"),
        (("text", 0), "wrong_type"),
        (("go", "null", "a"), "wrong_type"),
        (("go", 0), "wrong_type"),
        (("xs", "0"), "wrong_type"),
    ],
)
def test_what_was_not_learnt_is_not_certain_and_says_why(steps, cause: str):
    found = find(ROOT, steps)
    assert isinstance(found, Absent)
    assert (found.certain, found.cause) == (False, cause)


@pytest.mark.parametrize(
    ("steps", "detail"),
    [
        (("text", "a"), "expects a mapping, got a text"),
        (("xs", "a"), "expects a mapping, got a list"),
        (("go", 0), "expects a list, got a mapping"),
        (("xs", 0, 0), "expects a list, got a number"),
        (("go", "null", "a"), "expects a mapping, got null"),
        (("cut", 2), "only two were read"),
    ],
)
def test_a_detail_names_the_types_and_never_the_value(steps, detail: str):
    assert find(ROOT, steps).detail == detail


def test_an_index_beyond_a_hole_is_not_certain():
    """That there is an element 5 means that 2, 3 and 4 were not learnt either."""
    root = document({"xs": [1, 2]}, absent={"/xs/5": {"reason": "timeout"}}).root
    assert [find(root, ("xs", index)) for index in (0, 1)] == [1, 2]
    for index in (2, 3, 5, 6, -1):
        assert find(root, ("xs", index)).certain is False


def test_elements_of_a_list_run_in_order_and_those_of_a_mapping_by_key():
    assert elements(["b", "a"]) == [(0, "b"), (1, "a")]
    assert elements({"b": 1, "B": 2, "a": 3}) == [("B", 2), ("a", 3), ("b", 1)]
    assert elements([]) == []


def test_a_container_that_may_hold_more_ends_in_a_hole():
    for name in ("cut", "open"):
        *known, (key, hole) = elements(ROOT[name])
        assert len(known) == len(FACTS[name])
        assert (key, hole.certain) == ("-", False)
        assert may_hold_more(ROOT[name])
    assert not may_hold_more(ROOT["xs"])


def test_a_hole_is_an_element():
    found = dict(elements(ROOT["holed"]))
    assert found["a"] == 1
    assert found["b"].cause == "timeout"


@pytest.mark.parametrize("domain", ["text", 1, None, True])
def test_what_is_no_container_has_no_elements(domain):
    found = elements(domain)
    assert (found.cause, found.certain) == ("wrong_type", False)


def test_a_secret_and_a_hole_have_no_elements():
    assert elements(ROOT["secret"]).cause == "redacted"
    assert elements(ROOT["gone"]) is ROOT["gone"]


@pytest.mark.parametrize(
    ("value", "number"), [("aé", 2), ([], 0), ([1, [2]], 2), ({"a": 1}, 1), (ROOT["xs"], 3)]
)
def test_a_length_is_that_of_a_text_a_list_or_a_mapping(value, number: int):
    assert length(value) == number


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (1, "wrong_type"),
        (None, "wrong_type"),
        (ROOT["secret"], "redacted"),
        (ROOT["cut"], "too_large"),
        (ROOT["open"], "permission"),
        (ROOT["holed"], "timeout"),
        (ROOT["gone"], "unsupported"),
    ],
)
def test_the_length_of_what_is_not_known_whole_is_not_known(value, cause: str):
    assert length(value).cause == cause


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), ""),
        (("go", "env"), "/go/env"),
        (("xs", 1, 0), "/xs/1/0"),
        (("xs", -1, "a"), "/xs/2/a"),
        (("go", "a/b~c", "~1"), "/go/a~1b~0c/~01"),
        (("nothing", -1), "/nothing/-1"),
    ],
)
def test_a_pointer_escapes_keys_and_counts_from_the_start(steps, expected: str):
    assert pointer("", steps, ROOT) == expected


@pytest.mark.parametrize(
    "steps", [("go", "env"), ("xs", 1, 0), ("go", "a/b~c", "~1"), ("go", "0"), ("gone", "but")]
)
def test_a_pointer_leads_back_to_the_value(steps):
    assert at_pointer(ROOT, pointer("", steps, ROOT)) is find(ROOT, steps)


@pytest.mark.parametrize("path", ["/nothing/at/all", "/xs/-", "/xs/9", "/text/a", "/secret/a"])
def test_a_pointer_to_nothing_leads_to_a_hole(path: str):
    assert isinstance(at_pointer(ROOT, path), Absent)
