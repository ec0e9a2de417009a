from __future__ import annotations

import json

import pytest

from engine.model.place import Place
from engine.model.verdicts import Report
from engine.report import Layout, format_named
from engine.report._sarif_locations import is_web_address, physical
from tests.report.cases import evidence, finding, verdict


def runs(reports):
    found = json.loads(format_named("sarif").render(reports, Layout()))
    assert found["version"] == "2.1.0"
    return found["runs"]


def results(reports):
    return [result for run in runs(reports) for result in run["results"]]


def test_every_result_has_a_rule_a_place_and_a_text(reports):
    for run in runs(reports):
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            (location,) = result["locations"]
            assert location["physicalLocation"]["artifactLocation"]["uri"]
            assert result["message"]["text"]


def test_a_finding_is_a_failure_and_what_is_not_known_is_open(reports):
    for run, report in zip(runs(reports), reports, strict=True):
        kinds = [(result["ruleId"], result["kind"]) for result in run["results"]]
        assert sorted(kinds) == sorted(
            (verdict.rule, kind)
            for verdict in report.verdicts
            for kind in ["fail"] * len(verdict.findings) + ["open"] * len(verdict.unknowns)
        )
        assert {result["level"] for result in run["results"] if result["kind"] == "open"} <= {
            "none"
        }


def test_a_finding_stands_where_its_first_value_was_set(cases):
    places = {
        result["ruleId"]: result["locations"][0]["physicalLocation"]
        for result in results(cases["failures"])
    }
    assert places == {
        "goroot-env-set": {
            "artifactLocation": {"uri": "file:///home/dev/.profile"},
            "region": {"startLine": 12, "startColumn": 8},
        },
        "debug-uses-project-env": {
            "artifactLocation": {"uri": ".vscode/launch.json"},
            "region": {"startLine": 14, "startColumn": 9},
        },
    }


def test_a_finding_without_a_file_stands_at_its_rule(cases):
    _, gofmt = results(cases["two_elements"])
    uri = gofmt["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "rules/go/go-tools-in-goroot.yaml"
    assert gofmt["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": "path.executables[3]"}
    ]
    assert 'go.env.GOROOT = "/usr/local/go" (go env -json)' in gofmt["message"]["text"]


def test_a_file_of_an_image_is_no_place_to_open():
    inside = {"file": "/etc/profile", "line": 2, "file_system": "shop"}
    told = finding("GOROOT is set", evidence("c.env.GOROOT", "/opt/go", **inside))
    one = verdict("no-goroot", "No GOROOT", "fail", findings=(told,))

    (result,) = results([Report("facts.json", (one,))])

    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "rules/go/no-goroot.yaml"}
    assert result.get("relatedLocations", []) == []
    assert "/etc/profile:2 in the files of shop" in result["message"]["text"]


def test_every_further_file_is_a_related_place(cases):
    (related,) = results(cases["failures"])[0]["relatedLocations"]
    assert related["physicalLocation"] == {
        "artifactLocation": {"uri": ".env"},
        "region": {"startLine": 3},
    }
    assert related["message"]["text"] == 'project.env.GOFLAGS = "-mod=readonly"'


def test_a_waived_finding_is_suppressed_with_its_reason_and_no_other_is(cases):
    by_state = {
        bool(result["suppressions"]): result["suppressions"] for result in results(cases["waived"])
    }
    assert by_state[False] == []
    (suppression,) = by_state[True]
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "gopls is pinned by the IDE image until 1.26"
    assert suppression["properties"] == {
        "owner": "build-tools@acme.example",
        "expires": "2027-01-31",
    }


def test_a_rule_that_broke_means_that_the_run_did_not_succeed(cases):
    (run,) = runs(cases["error"])
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["associatedRule"] == {"id": "slow-rule", "index": 2}
    assert runs(cases["failures"])[0]["invocations"][0]["executionSuccessful"] is True


def test_stale_waivers_and_disabled_rules_are_notifications(cases):
    (run,) = runs(cases["everything"])
    levels = [found["level"] for found in run["invocations"][0]["toolConfigurationNotifications"]]
    assert levels == ["warning", "warning", "warning", "note"]


def test_only_several_documents_tell_their_runs_apart(cases):
    assert "automationDetails" not in runs(cases["failures"])[0]
    ids = [run["automationDetails"]["id"] for run in runs(cases["documents"])]
    assert ids == ["precedent/a/facts.json", "precedent/b/facts.json"]


def test_only_rules_of_security_have_a_score(cases):
    rules = runs(cases["failures"])[0]["tool"]["driver"]["rules"]
    scores = {rule["id"]: rule["properties"].get("security-severity") for rule in rules}
    assert scores["goroot-env-set"] == "5.5"
    assert scores["debug-uses-project-env"] is None


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("a b/c#d?.yaml", {"uri": "a%20b/c%23d%3F.yaml"}),
        ("./x.yaml", {"uri": "x.yaml"}),
        ("c:x/y", {"uri": "c%3Ax/y"}),
        ("/etc/é", {"uri": "file:///etc/%C3%A9"}),
        ("~/.zshrc", {"uri": ".zshrc", "uriBaseId": "HOME"}),
        ("C:\\Users\\a b", {"uri": "file:///C:/Users/a%20b"}),
        ("D:/x", {"uri": "file:///D:/x"}),
        ("\udc80", {"uri": "%ED%B2%80"}),
    ],
)
def test_a_file_is_a_uri(file, artifact):
    assert physical(Place(file)) == {"artifactLocation": artifact}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("https://go.dev/doc/install#x%20y", True),
        ("http://a.example:80/?q=1&r=2", True),
        ("https://a.example/%zz", False),
        ("https://a.example/ b", False),
        ("https://", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_a_whole_web_address_becomes_a_link(text, answer):
    assert is_web_address(text) is answer
