"""What is said about one rule, as lines: the message, the evidence and where each value was set."""

from __future__ import annotations

from engine.model.visible import visible
from engine.report._lines import cells, padded, painted, shortened, wrapped
from engine.report._values import value_words
from engine.report._words import ADVICE, counted, unknown_sentence, waiver_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.verdicts import Evidence, Finding, Unknown, Verdict
    from engine.report._base import Layout

_INDENT = "  "
_DEEPER = "    "
_SHOWN_UNKNOWNS = 5
_LEAST_ROOM = 24


def verdict_lines(verdict: Verdict, layout: Layout) -> list[str]:
    """Give everything about a verdict but its headline."""
    lines: list[str] = []
    if verdict.fault is not None:
        lines += _labelled("fault", verdict.fault, layout)
    lines += _finding_blocks(verdict, layout)
    if lines and verdict.unknowns:
        lines.append("")
    lines += _unknown_block(verdict.unknowns, layout)
    return [*lines, f"{_INDENT}rule: {visible(str(verdict.place))}"]


def _finding_blocks(verdict: Verdict, layout: Layout) -> list[str]:
    """Give the findings, those that nobody waived first, and once what all have as their remedy."""
    ordered = sorted(verdict.findings, key=lambda finding: finding.waiver is not None)
    remedies = list(dict.fromkeys(finding.remedy for finding in ordered))
    lines: list[str] = []
    for finding in ordered:
        if lines:
            lines.append("")
        lines += _finding_lines(finding, verdict.title, layout)
        if finding.remedy and len(remedies) > 1:
            lines += _labelled("remedy", finding.remedy, layout, "green", _DEEPER)
    if len(ordered) > 1:
        lines.append("")
    if len(remedies) == 1 and remedies[0]:
        lines += _labelled("remedy", remedies[0], layout, "green")
    return lines


def _finding_lines(finding: Finding, title: str, layout: Layout) -> list[str]:
    lines: list[str] = []
    message = visible(finding.message.strip())
    if message != visible(title.strip()) or finding.element is not None:
        lines += wrapped(message, layout.width, _INDENT)
    if finding.element is not None:
        lines += wrapped(f"at {visible(finding.element)}", layout.width, _DEEPER)
    if finding.waiver is not None:
        lines += wrapped(waiver_sentence(finding.waiver), layout.width, _DEEPER)
    if finding.waiver is None or layout.verbose:
        lines += evidence_lines(finding.evidence, layout)
    return lines


def evidence_lines(evidence: Sequence[Evidence], layout: Layout) -> list[str]:
    """Give `fact = value  ← where it was set` for each piece, in columns where they fit."""
    names = [visible(item.fact) for item in evidence]
    longest = max((cells(name) for name in names), default=0)
    column = longest if longest <= layout.width // 3 else 0
    rows = []
    for name, item in zip(names, evidence, strict=True):
        start = f"{_DEEPER}{padded(name, column) if column else name} = "
        room = max(layout.width - cells(start), _LEAST_ROOM)
        value = value_words(item) if layout.verbose else shortened(value_words(item), room)
        origin = "" if item.provenance is None else visible(f"← {item.provenance}")
        rows.append((start + value, origin))
    return _in_columns(rows, layout)


def _in_columns(rows: Sequence[tuple[str, str]], layout: Layout) -> list[str]:
    """Set each origin beside its value, in one column if that fits, or else below it."""
    beside = [row for row in rows if row[1] and _fits(*row, layout)]
    column = max((cells(left) for left, _ in beside), default=0)
    if not all(_fits(" " * column, right, layout) for _, right in beside):
        column = 0
    lines = []
    for left, right in rows:
        origin = painted(layout, right, "cyan")
        if (left, right) in beside:
            lines.append(f"{padded(left, column)}{_INDENT}{origin}")
        else:
            lines += [left, f"{_DEEPER}{_INDENT}{origin}"] if right else [left]
    return lines


def _fits(left: str, right: str, layout: Layout) -> bool:
    return cells(left) + len(_INDENT) + cells(right) <= layout.width


def _unknown_block(unknowns: Sequence[Unknown], layout: Layout) -> list[str]:
    """Say what was not known and, once for each cause, what to do about it."""
    shown = unknowns if layout.verbose else unknowns[:_SHOWN_UNKNOWNS]
    lines: list[str] = []
    for unknown in shown:
        lines += wrapped(unknown_sentence(unknown), layout.width, _INDENT, _DEEPER)
        if unknown.detail:
            lines += wrapped(visible(unknown.detail), layout.width, _DEEPER)
        telling = [item for item in unknown.evidence if item.cause is None or item.provenance]
        lines += evidence_lines(telling, layout)
    if len(shown) < len(unknowns):
        lines.append(f"{_INDENT}and {counted(len(unknowns) - len(shown), 'unknown')} more")
    for cause in dict.fromkeys(unknown.cause for unknown in unknowns):
        if cause in ADVICE:
            lines += _labelled("advice", ADVICE[cause], layout, "green")
    return lines


def _labelled(
    label: str, text: str, layout: Layout, colour: str | None = None, indent: str = _INDENT
) -> list[str]:
    """Set a text after its label, line breaks of its author kept."""
    plain = f"{indent}{label}: "
    lines: list[str] = []
    for line in text.strip().splitlines():
        lines += wrapped(
            visible(line), layout.width, " " * len(plain) if lines else plain, " " * len(plain)
        )
    if lines:
        lines[0] = f"{indent}{painted(layout, f'{label}:', colour)}{lines[0][len(plain) - 1 :]}"
    return lines
