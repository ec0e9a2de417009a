from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from engine.model.place import Place
from engine.model.verdicts import Report, Verdict
from engine.report import Layout, format_named

_ELEMENTS = {"fail": "failure", "error": "error", "unknown": "skipped", "not_applicable": "skipped"}


def junit(reports):
    return format_named("junit").render(reports, Layout())


def test_every_verdict_is_a_case_and_nothing_looks_passed_that_did_not_pass(reports):
    root = ET.fromstring(junit(reports).encode("utf-8"))
    for suite, report in zip(root.findall("testsuite"), reports, strict=True):
        said = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
        assert said == {
            verdict.rule: ["skipped"]
            if verdict.is_waived
            else [_ELEMENTS[verdict.outcome]]
            if verdict.outcome != "pass"
            else []
            for verdict in report.verdicts
        }


def test_the_counts_are_those_of_the_summary(reports):
    root = ET.fromstring(junit(reports).encode("utf-8"))
    for suite, report in zip(root.findall("testsuite"), reports, strict=True):
        summary = report.summary()
        counts = {
            name: int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")
        }
        assert counts == {
            "tests": len(report.verdicts),
            "failures": summary["fail"],
            "errors": summary["error"],
            "skipped": summary["unknown"] + summary["waived"] + summary["not_applicable"],
        }


def test_why_something_was_skipped_is_said(cases):
    root = ET.fromstring(junit(cases["everything"] + cases["waived"]))
    messages = {
        (found.get("type"), found.get("message", "").split(":")[0])
        for found in root.iter("skipped")
    }
    assert messages == {
        ("unknown", "unknown"),
        ("not_applicable", "not applicable"),
        ("waived", "waived until 2027-01-31 by build-tools@acme.example"),
    }


def test_a_failure_says_what_the_format_for_people_says(cases):
    failure = next(ET.fromstring(junit(cases["two_elements"])).iter("failure"))
    assert failure.get("message") == (
        "`go` runs /usr/lib/go-1.19/bin/go, outside GOROOT /usr/local/go (and 1 more)"
    )
    for word in ("← ~/.zshrc:12", "path.executables[3]", "remedy: Put", "rule: rules/go/"):
        assert word in (failure.text or "")


def test_the_same_rule_on_two_documents_is_two_cases_to_readers_that_go_by_name(cases):
    root = ET.fromstring(junit(cases["documents"]))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == 6


def test_a_rule_without_a_pack_still_has_a_class():
    verdict = Verdict("r", "T", "low", "pass", Place("r.yaml"))
    assert 'classname="precedent"' in junit((Report("f", (verdict,)),))


@pytest.mark.parametrize("moment", ["time", "timestamp", "hostname"])
def test_no_time_and_no_host_stand_in_it(cases, moment):
    assert f" {moment}=" not in junit(cases["everything"])


def test_another_library_reads_the_same_counts(reports):
    junitparser = pytest.importorskip("junitparser", reason="needs junitparser, of the `dev` extra")
    found = junitparser.JUnitXml.fromstring(junit(reports).encode("utf-8"))
    for suite, report in zip(found, reports, strict=True):
        given = {"tests": suite.tests, "failures": suite.failures, "errors": suite.errors}
        outcomes = [type(result).__name__ for case in suite for result in case.result]
        suite.update_statistics()
        assert given == {"tests": suite.tests, "failures": suite.failures, "errors": suite.errors}
        assert outcomes.count("Failure") == report.summary()["fail"]
        assert outcomes.count("Error") == report.summary()["error"]
        assert [case.name for case in suite] == [verdict.rule for verdict in report.verdicts]
