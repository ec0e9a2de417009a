"""One rule's verdict: flow, fingerprints, and limits that end in an error, never in a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.program import Program
from engine.evaluate.run import evaluate
from tests.evaluate.conftest import document

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court


def fingerprints(court: Court, rule: str, facts: dict[str, Any], **envelope: Any) -> list[str]:
    """Give the fingerprints of a rule's findings."""
    return [one.fingerprint for one in court.verdict(rule, facts, **envelope).findings]


# Flow

XS = {"xs": [{"n": 1}, {"n": 2}]}


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("when: {no: 1}\nrequire: {yes: 1}", "not_applicable"),
        ("when: {gap: 1}\nrequire: {yes: 1}", "unknown"),
        ("when: {gap: 1}\nunless: {yes: 1}\nrequire: {yes: 1}", "not_applicable"),
        ("when: {yes: 1}\nunless: {gap: 1}\nrequire: {yes: 1}", "unknown"),
        ("unless: {no: 1}\nrequire: {yes: 1}", "pass"),
        ("when: {no: 1}\nfor_each: gap\nas: x\nrequire: {yes: 1}", "not_applicable"),
        ("when: {gap: 1}\nfor_each: empty\nas: x\nrequire: {yes: 1}", "unknown"),
        ("for_each: empty\nas: x\nrequire: {yes: 1}", "not_applicable"),
        ("for_each: xs\nas: x\nwhere: {x.n: 9}\nrequire: {yes: 1}", "not_applicable"),
        ("for_each: gap\nas: x\nrequire: {yes: 1}", "unknown"),
        ("for_each: xs\nas: x\nwhere: {x.gap: 1}\nrequire: {yes: 1}", "unknown"),
        ("for_each: xs\nas: x\nwhere: {x.gap: 1}\nunless: {yes: 1}\nrequire: {no: 1}",
         "not_applicable"),
        ("for_each: xs\nas: x\nunless: {x.gap: 1}\nrequire: {yes: 1}", "unknown"),
        ("for_each: [{of: xs, as: x}, {of: x.ys, as: y}]\nrequire: {yes: 1}", "unknown"),
    ],
)  # fmt: skip
def test_guards_and_filters_decide_before_the_requirement(court: Court, rule: str, outcome: str):
    facts = XS | {"yes": 1, "no": 0, "empty": []}
    assert court.verdict(rule, facts).outcome == outcome


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        (["good"], "pass"),
        (["good", "gap"], "unknown"),
        (["good", "gap", "bad"], "fail"),
        (["gap", "bad"], "fail"),
        (["bad"], "fail"),
    ],
)
def test_the_worst_element_decides(court: Court, values: list[str], outcome: str):
    elements = [{} if value == "gap" else {"is": value} for value in values]
    rule = "for_each: xs\nas: x\nrequire: {x.is: good}"
    verdict = court.verdict(rule, {"xs": elements})
    assert verdict.outcome == outcome
    assert len(verdict.findings) == values.count("bad")


def test_an_element_of_two_levels_is_named_by_both(court: Court):
    rule = "for_each: [{of: m, as: x}, {of: 'x.a b', as: y}]\nrequire: {y: 1}"
    rule = rule.replace("'x.a b'", "'x[\"a b\"]'")
    verdict = court.verdict(rule, {"m": {"k.1": {"a b": [1, 2]}}})
    assert [one.element for one in verdict.findings] == ['m["k.1"], m["k.1"]["a b"][1]']


def test_a_verdict_carries_what_the_rule_says_of_itself(court: Court):
    rule = """\
    id: r
    title: X is one
    severity: low
    about: So it is.
    tags: [t]
    references: [https://go.dev/doc]
    require: {x: 1}
    """
    verdict = court.verdict(rule, {"x": 1})
    assert (verdict.rule, verdict.title, verdict.severity) == ("r", "X is one", "low")
    assert (verdict.about, verdict.tags, verdict.pack) == ("So it is.", ("t",), "p1")
    assert verdict.references == ("https://go.dev/doc",)
    assert (verdict.place.line, verdict.place.column) == (1, 1)


# Fingerprints

TOOLS = "for_each: tools\nas: t\nrequire: {t.version: {equals: {fact: go}}}"


def test_a_fingerprint_does_not_depend_on_where_things_stand(court: Court):
    bad, good = {"version": "1.19"}, {"version": "1.22"}
    first = fingerprints(court, TOOLS, {"go": "1.22", "tools": [bad, good]})
    moved = fingerprints(
        court,
        TOOLS,
        {"tools": [good, good, bad], "go": "1.22", "more": 1},
        provenance={"/go": {"file": "/etc/go", "line": 7}},
    )
    named = fingerprints(court, TOOLS, {"go": "1.22", "tools": {"x": bad}})
    assert first == moved == named
    assert first[0].startswith("sha256:")
    assert len(first[0]) == len("sha256:") + 64


def test_a_fingerprint_changes_with_the_values_it_rests_on(court: Court):
    rule = "require: {all: [{a: 1}, {b: 1}]}"
    first = fingerprints(court, rule, {"a": 2, "b": 1})
    assert fingerprints(court, rule, {"a": 3, "b": 1}) != first
    assert fingerprints(court, rule, {"a": "2", "b": 1}) != first
    assert fingerprints(court, rule, {"a": 2, "b": 2}) != first
    assert fingerprints(court, rule, {"a": 2, "b": 1, "c": 1}) == first


def test_a_fingerprint_is_the_rules_own(court: Court):
    one = fingerprints(court, "id: one\nrequire: {a: 1}", {"a": 2})
    assert fingerprints(court, "id: other\nrequire: {a: 1}", {"a": 2}) != one


def redacted(*atoms: Any) -> dict[str, Any]:
    """Give a secret."""
    return {"$redacted": list(atoms)}


@pytest.mark.parametrize("nested", [False, True])
def test_a_fingerprint_changes_with_a_secret(court: Court, nested: bool):
    """So a waiver lapses when the secret that it was given for is exchanged."""

    def of(*atoms: Any) -> list[str]:
        secret = redacted(*atoms)
        value = {"deep": [secret]} if nested else secret
        return fingerprints(court, "require: {s: {exists: false}}", {"s": value})

    first = of({"salt": "s", "hash": "1"})
    assert of({"salt": "s", "hash": "1"}) == first
    assert of({"salt": "s", "hash": "2"}) != first
    assert of({"salt": "t", "hash": "1"}) != first
    assert of("user:", {"salt": "s", "hash": "1"}) != first


@pytest.mark.parametrize(
    ("facts", "absent"),
    [
        ({"x": "v"}, {"/a": {"reason": "redacted"}}),
        ({"x": "v", "a": {"b": 1}}, {"/a/b": {"reason": "redacted"}}),
        ({"x": "v", "a": redacted("q")}, {}),
        ({"x": "v", "a": {"b": redacted("q")}}, {}),
        ({"x": "v"}, {}),
    ],
)
def test_a_finding_may_rest_on_what_is_not_known(court: Court, facts: Any, absent: Any):
    rule = "require: {x: {not: {in: [v, {fact: a.b}]}}}"
    (finding,) = court.verdict(rule, facts, absent=absent).findings
    known, unknown = finding.evidence
    assert (known.value, known.cause) == ("v", None)
    assert unknown.value is None
    assert unknown.cause in {"redacted", "missing"}


def test_a_finding_may_rest_on_a_count_with_unknown_elements(court: Court):
    rule = "require: {count: {of: xs, as: x, where: {x.a: 1}, is: {at_least: 5}}}"
    verdict = court.verdict(rule, {"xs": [{"a": 1}, {"a": redacted("q")}]})
    assert verdict.outcome == "fail"
    assert [one.cause for one in verdict.findings[0].evidence] == [None, "redacted"]


# Limits


def test_a_rule_that_looks_at_too_much_is_an_error(court: Court, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 50)
    monkeypatch.setattr("engine.evaluate.sure.MAX_WORK", 50)
    rule = "require: {every: xs, as: x, satisfies: {every: xs, as: y, satisfies: {y: 1}}}"
    few = court.verdict(rule, {"xs": [1] * 6})
    assert few.outcome == "pass"
    many = court.verdict(rule, {"xs": [1] * 7})
    assert (many.outcome, many.fault) == ("error", "gave up after looking at 50 elements")
    assert many.findings == many.unknowns == ()


def test_each_rule_has_the_whole_allowance_of_work(court: Court, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 10)
    monkeypatch.setattr("engine.evaluate.sure.MAX_WORK", 10)
    rule = "require: {every: xs, as: x, satisfies: {x: 1}}"
    rules = "rules:\n" + "".join(f"  - {{id: r{n}, {rule}}}\n" for n in range(5))
    report = court.report(rules, {"xs": [1] * 9})
    assert [verdict.outcome for verdict in report.verdicts] == ["pass"] * 5


def test_secrets_that_cannot_be_compared_are_not_compared_without_end(
    court: Court, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 1_000)
    secrets = [redacted({"salt": str(n), "hash": "1"}) for n in range(100)]
    verdict = court.verdict("require: {same: {of: xs, as: x, value: x}}", {"xs": secrets})
    assert verdict.outcome == "error"


def test_conditions_nested_too_deeply_are_an_error():
    """No pack can hold such a condition; a program that was made otherwise might."""
    node: list[Any] = ["op", ["fact", 0], "equals", ["value", 1], "", 1]
    for _ in range(5_000):
        node = ["not", node, 1]
    verdict = evaluate(_program(node), document({"x": 1})).verdicts[0]
    assert (verdict.outcome, verdict.fault) == ("error", "nested too deeply")


def _program(require: list[Any]) -> Program:
    rule: dict[str, Any] = dict.fromkeys(("when", "where", "unless", "remedy"))
    rule |= dict.fromkeys(("title", "pack", "about"), "")
    rule |= {"id": "r", "severity": "low", "place": ["r.yaml", 1, 1], "each": [], "message": []}
    rule |= {"references": [], "tags": [], "subjects": [], "require": require}
    return Program([rule], [[-1, ["x"], "x"]], [], [], settings={}, plan_text="{}")


def test_the_deepest_conditions_and_facts_that_load_are_judged(court: Court):
    value: Any = 1
    for _ in range(90):
        value = [value]
    chain = "\n".join(f"  d{n}: {{not: {{use: d{n + 1}}}}}" for n in range(48))
    pack = f"define:\n{chain}\n  d48: {{x: {{equals: {{fact: y}}}}}}"
    verdict = court.verdict("require: {use: d0}", {"x": value, "y": value}, pack=pack)
    assert verdict.outcome == "pass"


def test_findings_that_rest_on_the_same_mark_are_told_apart_by_what_their_messages_name(
    court: Court,
):
    rule = """\
    for_each: xs
    as: x
    require: {x.ok: true}
    message: "{x.name} is not ok"
    """
    facts = {"xs": [{"name": "a", "ok": False}, {"name": "b", "ok": False}]}
    one, other = court.verdict(rule, facts).findings
    assert one.fingerprint != other.fingerprint
    moved = {"xs": [*reversed(facts["xs"])]}
    again = court.verdict(rule, moved).findings
    assert {finding.fingerprint for finding in again} == {one.fingerprint, other.fingerprint}
