from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from engine.model.place import Place, Provenance
from engine.model.record import replace
from engine.model.verdicts import Evidence, Finding, Report, Verdict
from engine.report import Layout, format_named
from engine.report.schema import report_schema


def printed(*reports):
    return format_named("json").render(reports, Layout())


def with_value(value):
    piece = Evidence("a", "/a", value, Provenance("c", "asked", "f", 2, 3))
    finding = Finding("m", (piece,), "sha256:0")
    return Report("f", (Verdict("r", "T", "low", "fail", Place("r.yaml"), findings=(finding,)),))


def value_in(text):
    return json.loads(text)["verdicts"][0]["findings"][0]["evidence"][0]["value"]


def test_a_report_has_the_shape_that_the_schema_says(reports):
    Draft202012Validator(report_schema()).validate(json.loads(printed(*reports)))


def test_the_schema_refuses_what_is_not_a_report(cases):
    report = json.loads(printed(*cases["everything"]))
    validator = Draft202012Validator(report_schema())
    for broken in (
        report | {"extra": 1},
        report | {"schema": "precedent/report/v2"},
        {key: value for key, value in report.items() if key != "summary"},
        report | {"verdicts": [{**report["verdicts"][0], "outcome": "passed"}]},
    ):
        assert not validator.is_valid(broken)


def test_one_report_stands_alone_and_several_in_an_envelope(cases):
    (one,) = cases["everything"]
    assert json.loads(printed(one))["schema"] == "precedent/report/v1"
    several = json.loads(printed(one, one))
    assert several == {"schema": "precedent/reports/v1", "reports": [json.loads(printed(one))] * 2}
    assert json.loads(printed()) == {"schema": "precedent/reports/v1", "reports": []}


@pytest.mark.parametrize(
    "value",
    ["\x1b[31m \u202e \udc80 ]]> é \n", 10**30, 0.1, None, True, [1, "1"], {"a": {"b": []}}],
    ids=repr,
)
def test_a_value_comes_back_exactly(value):
    assert value_in(printed(with_value(value))) == value


def test_nothing_hidden_stands_in_the_text_itself(cases):
    text = printed(*cases["hostile"])
    assert text.replace("\n", "").isprintable()
    text.encode("utf-8")


def test_the_order_of_keys_in_the_facts_does_not_matter():
    one, other = {"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"d": 2, "c": 1}, "a": 1}
    assert printed(with_value(one)) == printed(with_value(other))


def test_verdicts_are_sorted_by_rule_and_stand_on_a_line_each(cases):
    (report,) = cases["everything"]
    backwards = replace(report, verdicts=tuple(reversed(report.verdicts)))
    assert printed(report) == printed(backwards)
    rules = [
        json.loads(line.rstrip(","))["rule"]
        for line in printed(report).splitlines()
        if '"outcome"' in line
    ]
    assert rules == sorted(verdict.rule for verdict in report.verdicts)


def test_the_reason_of_an_unknown_is_its_first_unknown(cases):
    verdicts = json.loads(printed(*cases["unknown"]))["verdicts"]
    reasons = {verdict["rule"]: verdict["reason"] for verdict in verdicts}
    assert reasons["goproxy-private"] == {
        "element": None,
        "cause": "permission",
        "fact": "files./etc/profile.d/go.sh",
        "detail": "mode 0600, owned by root",
    }
    assert reasons["go-installed"] is None


def test_what_is_not_known_of_a_provenance_is_left_out(cases):
    findings = json.loads(printed(*cases["two_elements"]))["verdicts"][1]["findings"]
    assert [piece["provenance"] for piece in findings[0]["evidence"]] == [
        {"file": "~/.zshrc", "line": 12},
        {"collector": "go", "from": "go env -json"},
    ]
