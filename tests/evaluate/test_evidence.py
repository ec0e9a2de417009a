"""What a verdict rests on, and why something is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.evidence import MOST_NAMES, plain
from engine.model.facts import Absent, Redacted
from engine.model.place import Provenance

if TYPE_CHECKING:
    from engine.model.verdicts import Verdict
    from tests.evaluate.conftest import Court

FACTS = {"a": 1, "b": 2, "c": 3, "xs": [{"n": 1, "m": 9}, {"n": 2, "m": 9}, {"n": 3, "m": 9}]}
SECRET = {"$redacted": ["token-", {"salt": "s", "hash": "5eC2e7"}]}


def rests_on(verdict: Verdict) -> list[str]:
    """Give the pointers of a finding's evidence."""
    (finding,) = verdict.findings
    return [evidence.path for evidence in finding.evidence]


@pytest.mark.parametrize(
    ("condition", "pointers"),
    [
        # Of an `all` that fails its failing parts; of an `any` all.
        ("{all: [{a: 1}, {b: 1}, {c: 1}]}", ["/b", "/c"]),
        ("{any: [{a: 2}, {b: 1}, {c: 1}]}", ["/a", "/b", "/c"]),
        # Of an `any` that holds its first part; of an `all` all.
        ("{not: {any: [{a: 2}, {b: 2}, {c: 3}]}}", ["/b"]),
        ("{not: {all: [{a: 1}, {b: 2}]}}", ["/a", "/b"]),
        ("{not: {not: {all: [{a: 1}, {b: 1}]}}}", ["/b"]),
        # Of an operator both sides, of a list each item, of a length what is measured.
        ("{a: {equals: {fact: b}}}", ["/a", "/b"]),
        ("{a: {in: [{fact: b}, 7, {fact: c}]}}", ["/a", "/b", "/c"]),
        ("{xs: {length: 9}}", ["/xs"]),
        ("{zz.a: {exists: true}}", ["/zz/a"]),
        ("{same: [a, b, c]}", ["/a", "/b", "/c"]),
        # Each fact once, in written order.
        ("{any: [{b: 1}, {a: 2}, {b: 3}]}", ["/b", "/a"]),
        # An `every` is an `all` of its elements, `some` an `any`, `none` an `any` denied.
        ("{every: xs, as: x, satisfies: {x.n: 2}}", ["/xs/0/n", "/xs/2/n"]),
        ("{some: xs, as: x, satisfies: {x.n: 7}}", ["/xs/0/n", "/xs/1/n", "/xs/2/n"]),
        ("{none: xs, as: x, satisfies: {x.n: {at_most: 2}}}", ["/xs/0/n", "/xs/1/n"]),
        ("{not: {every: xs, as: x, satisfies: {x.m: 9}}}", ["/xs/0/m", "/xs/1/m", "/xs/2/m"]),
        ("{not: {some: xs, as: x, satisfies: {x.n: {at_least: 2}}}}", ["/xs/1/n"]),
        # What `where` leaves out is no evidence; what it keeps rests on the condition.
        ("{every: xs, as: x, where: {x.n: {at_least: 3}}, satisfies: {x.m: 1}}", ["/xs/2/m"]),
        # A count rests on its domain, or on why its elements are counted.
        ("{count: {of: xs, as: x, is: 7}}", ["/xs"]),
        ("{count: {of: xs, as: x, where: {x.n: {at_least: 2}}, is: 7}}", ["/xs/1/n", "/xs/2/n"]),
        ("{count: {of: xs, as: x, where: {x.n: 8}, is: 7}}", ["/xs"]),
        ("{same: {of: xs, as: x, value: x.n}}", ["/xs/0/n", "/xs/1/n", "/xs/2/n"]),
        ("{some: xs, as: x, where: {x.n: 8}, satisfies: {x.n: 8}}", ["/xs"]),
        # A key stands where its element does.
        ("{every: xs, as: x, satisfies: {x.$key: {at_most: 1}}}", ["/xs/2"]),
    ],
)
def test_a_finding_rests_on_what_decides(court: Court, condition: str, pointers: list[str]):
    facts = FACTS | {"zz": {}}
    assert rests_on(court.verdict(f"require: {condition}", facts)) == pointers


def test_a_definition_is_seen_through(court: Court):
    pack = "define: {d: {all: [{a: 1}, {b: 1}]}}"
    assert rests_on(court.verdict("require: {use: d}", FACTS, pack=pack)) == ["/b"]


def test_parameters_are_no_evidence(court: Court):
    pack = "params: {p: {about: x, default: [5]}, t: {about: x, default: {k: 5}}}"
    rule = "require: {every: {param: p}, as: e, satisfies: {a: {equals: {fact: e}}}}"
    assert rests_on(court.verdict(rule, FACTS, pack=pack)) == ["/a"]
    rule = "require: {a: {equals: {param: t, at: {fact: k}}}}"
    assert rests_on(court.verdict(rule, FACTS | {"k": "k"}, pack=pack)) == ["/a", "/k"]


def test_evidence_names_the_fact_as_the_rule_does_and_carries_the_value(court: Court):
    rule = "for_each: xs\nas: x\nwhere: {x.n: 2}\nrequire: {x.m: 1}"
    (finding,) = court.verdict(rule, FACTS).findings
    (evidence,) = finding.evidence
    assert (evidence.fact, evidence.path, evidence.value) == ("x.m", "/xs/1/m", 9)
    assert finding.element == "xs[1]"


def test_the_provenance_is_that_of_the_nearest_ancestor(court: Court):
    provenance = {
        "/xs": {"collector": "list", "from": "ls"},
        "/xs/1": {"file": "/etc/x", "line": 3, "column": 4},
        "": {"from": "everything"},
    }
    rule = "require: {all: [{'xs[0].n': 0}, {'xs[1].n': 0}, {a: 0}]}"
    (finding,) = court.verdict(rule, FACTS, provenance=provenance).findings
    assert [evidence.provenance for evidence in finding.evidence] == [
        Provenance(collector="list", origin="ls"),
        Provenance(file="/etc/x", line=3, column=4),
        Provenance(origin="everything"),
    ]


def test_a_value_without_provenance_says_none(court: Court):
    (finding,) = court.verdict("require: {a: 0}", FACTS).findings
    assert [evidence.provenance for evidence in finding.evidence] == [None]


# Unknowns


def why(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Give each unknown's cause, fact and detail."""
    assert verdict.outcome == "unknown"
    return [(one.cause, one.fact, one.detail) for one in verdict.unknowns]


@pytest.mark.parametrize(
    ("condition", "unknowns"),
    [
        ("{go.version: a}", [("permission", "go.version", "closed")]),
        ("{a: {equals: {fact: go.version}}}", [("permission", "go.version", "closed")]),
        ("{secret: {starts_with: a}}", [("redacted", "secret", "")]),
        ("{a: {starts_with: a}}", [
            ("wrong_type", "a", "`starts_with` expects a text, got a number"),
        ]),
        ("{a.b: 1}", [("wrong_type", "a.b", "expects a mapping, got a number")]),
        ("{none: text, as: x, satisfies: {x: 1}}", [
            ("wrong_type", "text", "expects a list or a mapping, got a text"),
        ]),
        ("{nothing: 1}", [("missing", "nothing", "")]),
        ("{aa: 1}", [("missing", "aa", "did you mean `a`?")]),
        ("{text: {length: {at_least: {fact: nothing}}}}", [("missing", "nothing", "")]),
        # The first fact that is to blame, not the first fact.
        ("{secret: {less_than: {fact: go.version}}}", [("permission", "go.version", "closed")]),
        ("{a: {in: [7, {fact: go.version}]}}", [("permission", "go.version", "closed")]),
        # Of an `any` without a yes all unknown parts, each once.
        ("{any: [{nothing: 1}, {a: 2}, {secret: {matches: a}}, {nothing: 1}]}", [
            ("missing", "nothing", ""), ("redacted", "secret", ""),
        ]),
        ("{same: [a, go.version, secret]}", [("permission", "go.version", "closed")]),
        ("{same: [secret, a]}", [("redacted", "secret", "")]),
        ("{every: xs, as: x, satisfies: {x.zz: 1}}", [("missing", "x.zz", "")]),
        ("{every: cut, as: x, satisfies: {x: 1}}", [("timeout", "cut.-", "slow")]),
        ("{count: {of: xs, as: x, where: {x.zz: 1}, is: 1}}", [("missing", "x.zz", "")]),
        ("{count: {of: xs, as: x, is: {equals: {fact: nothing}}}}", [("missing", "nothing", "")]),
        ("{same: {of: gone, as: x, value: x}}", [("unsupported", "gone", "")]),
    ],
)  # fmt: skip
def test_an_unknown_names_the_fact_to_blame_and_the_cause(
    court: Court, condition: str, unknowns: list[Any]
):
    facts = FACTS | {"text": "t", "secret": SECRET, "cut": [1], "go": {}}
    absent = {
        "/go/version": {"reason": "permission", "detail": "closed"},
        "/cut/-": {"reason": "timeout", "detail": "slow"},
        "/gone": {"reason": "unsupported"},
    }
    assert why(court.verdict(f"require: {condition}", facts, absent=absent)) == unknowns


@pytest.mark.parametrize(
    ("condition", "fact"),
    [
        ("{every: {param: p}, as: e, satisfies: {e: {starts_with: a}}}", "e"),
        ("{every: {param: p}, as: e, satisfies: {e.deeper: 1}}", "e.deeper"),
        ("{every: {param: p}, as: e, satisfies: {e: {length: 1}}}", "e"),
        ("{count: {of: xs, as: x, is: {starts_with: a}}}", "xs"),
    ],
)
def test_what_is_no_fact_is_named_as_the_rule_names_it(court: Court, condition: str, fact: str):
    pack = "params: {p: {about: x, default: [1]}}"
    (unknown,) = court.verdict(f"require: {condition}", FACTS, pack=pack).unknowns
    assert (unknown.cause, unknown.fact) == ("wrong_type", fact)


def test_only_a_missing_fact_has_a_suggestion(court: Court):
    absent = {"/go/version": {"reason": "permission"}}
    verdict = court.verdict("require: {go.version: a}", {"go": {"versions": 1}}, absent=absent)
    assert why(verdict) == [("permission", "go.version", "")]


def test_what_is_not_there_itself_is_never_suggested(court: Court):
    absent = {"/go/version": {"reason": "permission"}}
    verdict = court.verdict("require: {go.versio: a}", {"go": {}}, absent=absent)
    assert why(verdict) == [("missing", "go.versio", "")]


@pytest.mark.parametrize("value", ["", 0, False, None, [], {}])
def test_a_fact_of_any_value_is_suggested(court: Court, value: Any):
    verdict = court.verdict("require: {go.versio: a}", {"go": {"version": value}})
    assert why(verdict) == [("missing", "go.versio", "did you mean `version`?")]


def test_a_suggestion_is_made_inside_of_elements_too(court: Court):
    verdict = court.verdict("for_each: xs\nas: x\nrequire: {x.nn: 1}", {"xs": [{"n": 1}]})
    assert why(verdict) == [("missing", "x.nn", "did you mean `n`?")]
    assert [one.element for one in verdict.unknowns] == ["xs[0]"]


def test_among_very_many_names_none_is_suggested(court: Court):
    facts = {f"fact{number}": 1 for number in range(MOST_NAMES + 1)}
    assert why(court.verdict("require: {fact: 1}", facts)) == [("missing", "fact", "")]


def test_the_reason_is_the_first_unknown_in_written_order(court: Court):
    verdict = court.verdict("require: {all: [{b: {matches: x}}, {zz: 1}]}", FACTS)
    assert verdict.reason is verdict.unknowns[0]
    assert verdict.reason.fact == "b"


def test_an_unknown_carries_the_provenance_of_what_was_asked(court: Court):
    envelope = {
        "absent": {"/go/version": {"reason": "timeout"}},
        "provenance": {"/go": {"from": "go version"}},
    }
    verdict = court.verdict("require: {go.version: a}", {"go": {}}, **envelope)
    (unknown,) = verdict.unknowns
    (evidence,) = unknown.evidence
    assert evidence.provenance == Provenance(origin="go version")
    assert (evidence.path, evidence.value, evidence.cause) == ("/go/version", None, "timeout")


def test_of_a_rule_that_fails_the_unknown_elements_are_told_too(court: Court):
    facts = {"xs": [{"n": 1}, {}, {"n": 2}, {"n": 3}]}
    absent = {"/xs/2": {"reason": "permission"}}
    verdict = court.verdict("for_each: xs\nas: x\nrequire: {x.n: 1}", facts, absent=absent)
    assert verdict.outcome == "fail"
    assert [finding.element for finding in verdict.findings] == ["xs[3]"]
    assert [(one.element, one.cause) for one in verdict.unknowns] == [
        ("xs[1]", "missing"),
        ("xs[2]", "permission"),
    ]
    assert verdict.reason is None


# What may be shown


def test_secrets_and_holes_are_shown_as_words_however_deep_they_lie():
    secret = Redacted(("token-", ("s", "5eC2e7")))
    value = {"a": [1, secret, {"b": Absent("timeout")}], "c": None}
    assert plain(value) == {"a": [1, "<redacted>", {"b": "<unknown: timeout>"}], "c": None}


@pytest.mark.parametrize(
    "condition",
    [
        "{secret: x}",
        "{secret: {starts_with: token}}",
        "{secret: {not: {exists: true}}}",
        "{deep: {equals: {literal: {}}}}",
        "{deep: {conforms_to: {type: string}}}",
        "{xs: {contains: a}}",
        "{secret.a: {equals: b}}",
        "{a: {equals: {fact: secret}}}",
        "{a: {in: [{fact: secret}]}}",
        "{a: {inside: {join: [{fact: secret}, b]}}}",
        "{every: secret, as: x, satisfies: {x: 1}}",
        "{every: xs, as: x, satisfies: {x: token}}",
        "{same: [secret, other]}",
        "{secret: {version: '>=1'}}",
        "{secret: {newer_than: 1d}}",
        "{secret: {length: 3}}",
    ],
)
def test_no_part_of_a_secret_is_ever_shown(court: Court, condition: str):
    facts = {
        "a": "/a",
        "secret": SECRET,
        "other": {"$redacted": [{"salt": "s", "hash": "07he7"}]},
        "xs": [SECRET],
        "deep": {"er": [SECRET]},
    }
    rule = f"require: {condition}\nmessage: 'm {{secret}} {{deep}} {{xs}}'\nremedy: '{{secret}}'"
    shown = repr(court.verdict(rule, facts))
    for part in ("token-", "5eC2e7", "07he7"):
        assert part not in shown
