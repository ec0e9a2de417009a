"""What is printed where, and with which exit code."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path

import pytest

from engine.cli.reports import exit_code
from engine.model.place import Place
from engine.model.verdicts import Finding, Report, Unknown, Verdict

LEVELS = ("info", "low", "medium", "high", "critical")
WAIVER = """\
waivers:
  - {rule: demo-version, owner: a@acme.example, because: the pilot, expires: "2027-01-31"}
"""


def test_exit_codes_tell_pass_fail_and_unknown_apart(engine, demo):
    codes = {
        name: engine("eval", f"{name}.json", "--rules", "rule.yaml").code
        for name in ("good", "bad", "silent")
    }

    assert codes == {"good": 0, "bad": 1, "silent": 0}


def test_strict_tells_what_is_unknown_and_findings_come_first(engine, demo):
    def code(*names):
        files = [f"{name}.json" for name in names]
        return engine("eval", *files, "--rules", "rule.yaml", "--strict").code

    assert code("good") == 0
    assert code("silent") == code("good", "silent") == 3
    assert code("bad") == code("silent", "bad") == 1


@pytest.mark.parametrize("severity", LEVELS)
@pytest.mark.parametrize("level", LEVELS)
def test_findings_count_from_the_level_on_that_fails(engine, write, severity, level):
    write(r_yaml=f"id: a\nseverity: {severity}\nrequire: {{a: 1}}\n", a_json={"a": 2})

    ran = engine("eval", "a.json", "--rules", "r.yaml", "--fail-on", level)

    assert ran.code == (1 if LEVELS.index(severity) >= LEVELS.index(level) else 0)
    assert "1 fail" in ran.out


def test_without_a_level_findings_count_from_low_on(engine, write):
    for severity, code in (("info", 0), ("low", 1)):
        write(r_yaml=f"id: a\nseverity: {severity}\nrequire: {{a: 1}}\n", a_json={"a": 2})
        assert engine("eval", "a.json", "--rules", "r.yaml").code == code


def test_a_waived_finding_does_not_count_until_the_waiver_expires(engine, demo, golden):
    Path("waivers.yaml").write_text(WAIVER)
    words = ("eval", "bad.json", "--rules", "rule.yaml", "--waivers", "waivers.yaml", "--today")

    last_day, day_after = engine(*words, "2027-01-31"), engine(*words, "2027-02-01")

    assert (last_day.code, day_after.code) == (0, 1)
    golden("cli/waived.text", last_day.out)
    golden("cli/waiver_expired.text", day_after.out)


def test_several_formats_at_once_each_to_its_place(engine, demo):
    ran = engine(
        *("eval", "bad.json", "--rules", "rule.yaml", "--format", "json"),
        *("--format", "sarif=out.sarif", "--format", "junit=out.xml", "--output", "out.json"),
    )

    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert json.loads(Path("out.json").read_bytes())["schema"] == "precedent/report/v1"
    assert json.loads(Path("out.sarif").read_bytes())["version"] == "2.1.0"
    assert Path("out.xml").read_text().startswith("<?xml")
    assert sorted(os.listdir()) == [
        *("bad.json", "good.json", "out.json", "out.sarif", "out.xml", "rule.yaml", "silent.json")
    ]


def test_a_file_gets_what_the_screen_would(engine, demo):
    words = ("eval", "bad.json", "good.json", "--rules", "rule.yaml")
    shown = engine(*words)

    engine(*words, "--output", "out.txt")
    engine(*words, "--format", "text=too.txt", "--format", "json")

    assert Path("out.txt").read_text() == Path("too.txt").read_text() == shown.out


CLASHES = [
    (
        ["--format", "text", "--format", "json"],
        "to standard output; send each to a file of its own: `--format NAME=FILE`",
    ),
    (
        ["--format", "text", "--format", "json=x", "--output", "x"],
        "`text` and `json` would all go to `x`;",
    ),
    (["--format", "text=x", "--format", "json=x"], "`text` and `json` would all go to `x`;"),
    (["--format", "text=x", "--output", "y"], "nothing is left for `--output`;"),
    (["--format", "text="], "`--format text=` names no file; write `--format NAME=FILE`"),
]


@pytest.mark.parametrize(
    ("words", "message"), CLASHES, ids=[" ".join(words) for words, _ in CLASHES]
)
def test_two_formats_never_share_a_place(engine, demo, words, message):
    ran = engine("eval", "bad.json", "--rules", "rule.yaml", *words)

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not Path("x").exists()


def test_the_same_question_gives_the_same_bytes(engine, demo):
    for name in ("text", "json", "junit", "sarif"):
        words = ("eval", "bad.json", "silent.json", "--rules", "rule.yaml", "--format", name)
        assert engine(*words).out == engine(*words, "--no-cache").out


def test_several_documents_have_one_report_each(engine, demo, golden):
    ran = engine("eval", "good.json", "bad.json", "silent.json", "--rules", "rule.yaml")

    assert ran.code == 1
    golden("cli/several_documents.text", ran.out)
    reports = json.loads(
        engine("eval", "good.json", "bad.json", "--rules", "rule.yaml", "--format", "json").out
    )
    assert [report["document"] for report in reports["reports"]] == ["good.json", "bad.json"]


def verdict(outcome, severity="info", **more):
    return Verdict("a", "A", severity, outcome, Place("a.yaml"), **more)


def code(*verdicts, strict=False, **settings):
    options = Namespace(fail_on=None, strict=strict)
    return exit_code([Report(verdicts=verdicts, document="x")], options, settings)


def test_a_rule_that_broke_fails_the_run_whatever_the_level():
    assert code(verdict("error"), fail_on="critical") == 1


def test_a_finding_is_no_pass_because_another_element_is_unknown():
    finding = Finding("no", (), "sha256:0")
    both = verdict("fail", "high", findings=(finding,), unknowns=(Unknown("missing", "b"),))

    assert code(both) == 1
    assert code(both, fail_on="critical") == 0
    assert code(both, fail_on="critical", strict=True) == 3


def test_the_command_line_says_more_than_the_configuration(engine, demo):
    Path("engine.yaml").write_text("rules: [./rule.yaml]\nfail_on: critical\nstrict: true\n")

    assert engine("eval", "bad.json").code == 0
    assert engine("eval", "bad.json", "--fail-on", "low").code == 1
    assert engine("eval", "silent.json").code == 3


def test_a_report_never_overwrites_the_document_that_it_is_about(engine, demo):
    Path("facts.json").write_text("{}", "utf-8")
    ran = engine("eval", "facts.json", "--rules", demo, "--format", "json=./facts.json")
    assert (ran.code, ran.out) == (2, "")
    assert "the report would overwrite `facts.json`, which is to be judged" in ran.err
    assert Path("facts.json").read_text("utf-8") == "{}"


def test_strict_is_not_content_with_a_document_that_no_rule_speaks_about(engine):
    rule = "id: x\nsubjects: [container]\nrequire: {a: 1}\n"
    Path("x.yaml").write_text(rule, "utf-8")
    document = {"schema": "precedent/facts/v1", "subject": {"kind": "ci"}, "facts": {"a": 1}}
    Path("facts.json").write_text(json.dumps(document), "utf-8")
    assert engine("eval", "facts.json", "--rules", "x.yaml").code == 0
    assert engine("eval", "facts.json", "--rules", "x.yaml", "--strict").code == 3
