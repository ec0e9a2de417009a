"""The format for the test views of CI systems: a document is a test suite, a rule is a test case.

A rule that fails is a failure; one that broke is an error. Unknown, waived and not applicable are
shown as skipped, with the reason: CI systems count those apart from what passed and do not turn a
build red for them, as the exit code does not either. Who wants unknowns to stop a build asks for
that by exit code, with `--strict`.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from engine.model.visible import visible
from engine.report._base import Format, Layout
from engine.report._blocks import verdict_lines
from engine.report._words import first_message, unknown_line, waiver_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.verdicts import Report, Verdict

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(reports: Sequence[Report], _layout: Layout) -> str:
    """Give the reports as JUnit XML, without times and without the name of a host."""
    root = ET.Element("testsuites", {"name": "precedent"})
    for report in reports:
        suite = ET.SubElement(root, "testsuite", {"name": visible(report.document)})
        # Some readers know a test by class and name alone, and drop the second of two.
        origin = f" on {report.document}" if len(reports) > 1 else ""
        for verdict in sorted(report.verdicts, key=lambda verdict: verdict.rule):
            _add_case(suite, verdict, origin)
        _count(suite)
    _count(root)
    ET.indent(root)
    return _DECLARATION + ET.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, verdict: Verdict, origin: str) -> None:
    attributes = {
        "name": visible(verdict.rule),
        "classname": visible((verdict.pack or "precedent") + origin),
        "file": visible(verdict.place.file),
    }
    if verdict.place.line is not None:
        attributes["line"] = str(verdict.place.line)
    case = ET.SubElement(suite, "testcase", attributes)
    if verdict.outcome != "pass":
        element, kind, message = _said(verdict)
        said = ET.SubElement(case, element, {"type": kind, "message": message})
        if verdict.outcome != "not_applicable":
            said.text = _text(verdict)


def _said(verdict: Verdict) -> tuple[str, str, str]:
    """Give the element, its type and its message for a rule that did not pass."""
    if verdict.is_waived:
        waiver = verdict.findings[0].waiver
        return "skipped", "waived", waiver_sentence(waiver) if waiver else "waived"
    if verdict.outcome == "fail":
        return "failure", verdict.severity, first_message(verdict)
    if verdict.outcome == "error":
        return "error", "error", visible((verdict.fault or "the rule broke").strip())
    if verdict.outcome == "unknown":
        reason = verdict.reason
        return (
            "skipped",
            "unknown",
            "unknown: " + (unknown_line(reason) if reason else "no reason given"),
        )
    return "skipped", "not_applicable", "not applicable"


def _text(verdict: Verdict) -> str:
    """Give what the format for people says, since some readers show only the text."""
    return "\n".join([visible(verdict.title), *verdict_lines(verdict, Layout())])


def _count(element: ET.Element) -> None:
    totals = {
        "tests": "testcase",
        "failures": "testcase/failure",
        "errors": "testcase/error",
        "skipped": "testcase/skipped",
    }
    for name, path in totals.items():
        element.set(name, str(len(element.findall(f".//{path}"))))


FORMAT = Format("junit", "for the test view of CI systems: JUnit XML", render)
