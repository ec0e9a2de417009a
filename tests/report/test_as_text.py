from __future__ import annotations

import re

import pytest

from engine.model.facts import Redacted
from engine.model.place import Place, Provenance
from engine.model.verdicts import CAUSES, Evidence, Finding, Report, Unknown, Verdict
from engine.report import Layout, format_named
from engine.report._blocks import evidence_lines
from engine.report._lines import cells, shortened, wrapped
from engine.report._words import ADVICE

_SGR = re.compile(r"\x1b\[[0-9;]*m")


def text(reports, **layout):
    return format_named("text").render(reports, Layout(**layout))


def failing(*findings, **fields):
    return Verdict("r", "Title", "medium", "fail", Place("r.yaml", 1), findings=findings, **fields)


def test_without_colour_nothing_but_line_breaks_controls_the_terminal(reports):
    shown = text(reports, verbose=True).replace("\n", "")
    assert [sign for sign in shown if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0] == []


def test_colour_adds_nothing_but_colour(reports):
    assert _SGR.sub("", text(reports, colour=True)) == text(reports)


def test_a_fact_cannot_forge_a_headline(cases):
    heads = [line for line in text(cases["hostile"]).splitlines() if line.startswith("fail[")]
    assert len(heads) == 1


@pytest.mark.parametrize("width", [40, 80, 120])
def test_only_what_must_not_be_broken_is_wider_than_the_page(cases, width):
    for line in text(cases["everything"], width=width).splitlines():
        words = line.split()
        assert cells(line) <= width or len(words) < 4 or re.match(r"\d+ rules: ", line)


def test_failures_come_by_severity_and_then_unknowns_and_errors(cases):
    heads = re.findall(r"^(\w+\[[\w ]+\])", text(cases["everything"]), re.MULTILINE)
    assert heads == [
        "fail[high]",
        "fail[medium]",
        "fail[low]",
        "unknown[high]",
        "error[medium]",
        "stale[expired]",
        "stale[lapsed]",
        "stale[not needed]",
    ]


def test_the_summary_adds_up(reports):
    for report in reports:
        judged = f"{len(report.verdicts)} rule"
        line = next(line for line in text((report,)).splitlines() if line.startswith(judged))
        parts = line.partition(";")[0].partition(": ")[2]
        assert sum(map(int, re.findall(r"\d+", parts))) == len(report.verdicts)


def test_a_long_value_is_shortened_in_the_middle_unless_asked_for_in_full():
    value = "start " + "x" * 500 + " end"
    report = Report("f", (failing(Finding("m", (Evidence("a.b", "/a/b", value),), "sha256:0")),))
    short = text((report,))
    assert value not in short
    assert '"start xx' in short
    assert 'xx end"' in short
    assert f'a.b = "{value}"' in text((report,), verbose=True)


def test_a_text_and_a_number_look_different():
    pieces = (Evidence("a", "/a", "1"), Evidence("b", "/b", 1), Evidence("c", "/c", None))
    shown = text((Report("f", (failing(Finding("m", pieces, "sha256:0")),)),))
    assert 'a = "1"\n' in shown
    assert "b = 1\n" in shown
    assert "c = null\n" in shown


def test_what_is_not_known_in_the_evidence_says_why():
    piece = Evidence("a", "/a", None, cause="permission")
    assert "a = <unknown: permission>" in text(
        (Report("f", (failing(Finding("m", (piece,), "")),)),)
    )


@pytest.mark.parametrize("format_name", ["text", "json", "sarif", "junit"])
def test_a_secret_that_gets_as_far_as_a_format_is_not_printed(format_name):
    piece = Evidence("a", "/a", [Redacted(("literal", ("salt", "hash")))])
    report = Report("f", (failing(Finding("m", (piece,), "sha256:0")),))
    with pytest.raises(TypeError, match="not JSON serializable"):
        format_named(format_name).render((report,), Layout())


def test_a_secret_is_called_redacted_with_the_place_that_holds_it(cases):
    shown = text(cases["secrets"])
    assert "go.env.GOPROXY = <redacted>  ← ~/.netrc\n" in shown
    assert "go.env.GOPRIVATE = <redacted>  ← ~/.zshrc:3\n" in shown


def test_a_remedy_that_findings_do_not_share_stands_with_each():
    findings = [Finding(f"m{at}", (), "", element=f"xs[{at}]", remedy=f"do {at}") for at in (1, 2)]
    shown = text((Report("f", (failing(*findings),)),))
    assert shown.index("m1") < shown.index("remedy: do 1") < shown.index("m2")
    assert shown.count("remedy: ") == 2


def test_a_finding_that_is_not_waived_stands_before_those_that_are(cases):
    shown = text(cases["waived"])
    assert shown.index("`gofmt` runs") < shown.index("`go` runs") < shown.index("waived until")


def test_every_cause_has_advice():
    assert set(ADVICE) == set(CAUSES)


def test_a_cause_that_the_engine_does_not_know_is_shown_as_it_is():
    verdict = Verdict(
        "r", "T", "low", "unknown", Place("r.yaml"), unknowns=(Unknown("strike", "a"),)
    )
    shown = text((Report("f", (verdict,)),))
    assert "`a` cannot be judged: strike\n" in shown
    assert "advice" not in shown


def test_words_are_wrapped_and_a_path_stays_whole():
    path = "/a/very/long/path"
    assert wrapped(f"see {path} now", 10, "- ", "    ") == ["- see", f"    {path}", "    now"]
    assert wrapped("one two", 7) == ["one two"]
    assert wrapped("", 7, "> ") == ["> "]


@pytest.mark.parametrize("sample", ["x" * 50, "日" * 50, "x日" * 25])
@pytest.mark.parametrize("room", [5, 10, 11])
def test_a_shortened_text_fits_its_room_and_keeps_both_ends(sample, room):
    short = shortened(sample, room)
    assert room - 2 <= cells(short) <= room
    assert sample.startswith(short.partition("…")[0])
    assert sample.endswith(short.partition("…")[2])


def test_origins_stand_in_one_column_if_that_fits_and_else_each_beside_its_value():
    def lines(*pairs):
        pieces = [
            Evidence(name, f"/{name}", value, Provenance(origin=origin))
            for name, value, origin in pairs
        ]
        return evidence_lines(pieces, Layout(width=40))

    assert lines(("a", "short", "x"), ("b", "somewhat longer", "y")) == [
        '    a = "short"            ← x',
        '    b = "somewhat longer"  ← y',
    ]
    assert lines(("a", "short", "x" * 17), ("b", "somewhat longer", "y")) == [
        '    a = "short"  ← ' + "x" * 17,
        '    b = "somewhat longer"  ← y',
    ]
    assert lines(("a", "short", "x"), ("b", "somewhat longer", "y" * 20)) == [
        '    a = "short"  ← x',
        '    b = "somewhat longer"',
        "      ← " + "y" * 20,
    ]
