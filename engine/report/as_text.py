"""The format for people: what failed and where each value came from, then what is not known."""

from __future__ import annotations

from engine.model.verdicts import SEVERITIES
from engine.model.visible import visible
from engine.report._base import Format
from engine.report._blocks import verdict_lines
from engine.report._crowd import CROWD, crowd_lines
from engine.report._lines import cells, painted, wrapped
from engine.report._words import counted, stale_sentence, summary_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.model.verdicts import DisabledRule, Report, StaleWaiver, Verdict
    from engine.report._base import Layout

_ORDER = ("fail", "waived", "unknown", "error")
_REST = ("pass", "not_applicable")
_COLOURS = {
    "fail": "red",
    "error": "red",
    "unknown": "magenta",
    "waived": "cyan",
    "stale": "magenta",
    "pass": "green",
}


def render(reports: Sequence[Report], layout: Layout) -> str:
    """Give the reports as text, the most urgent first and the summary last."""
    several = len(reports) > 1
    blocks: list[list[str]] = []
    for report in reports:
        if several:
            blocks.append([_document_line(report.document, layout)])
        blocks += _blocks(report, layout)
        blocks.append(_summary_lines(report, layout))
    if several:
        blocks.append(_total(reports, layout))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n" if blocks else ""


def _blocks(report: Report, layout: Layout) -> list[list[str]]:
    """Give one block for each verdict that wants attention, then what else a person should know."""
    by_kind: dict[str, list[Verdict]] = {}
    for verdict in sorted(report.verdicts, key=_urgency):
        by_kind.setdefault(_kind(verdict), []).append(verdict)
    blocks = []
    for kind in _ORDER:
        found = by_kind.get(kind, [])
        if kind == "unknown" and len(found) > CROWD and not layout.verbose:
            blocks.append(crowd_lines(found, layout))
        else:
            blocks += [[*_headline(one, layout), *verdict_lines(one, layout)] for one in found]
    blocks += [_stale_block(stale, layout) for stale in report.stale_waivers]
    if layout.verbose:
        quiet = [
            line
            for kind in _REST
            for verdict in by_kind.get(kind, ())
            for line in _headline(verdict, layout)
        ]
        disabled = [line for rule in report.disabled for line in _disabled_lines(rule, layout)]
        blocks += [lines for lines in (quiet, disabled) if lines]
    return blocks


def _kind(verdict: Verdict) -> str:
    return "waived" if verdict.is_waived else verdict.outcome


def _urgency(verdict: Verdict) -> tuple[int, str]:
    return -SEVERITIES.index(verdict.severity), verdict.rule


def _headline(verdict: Verdict, layout: Layout) -> list[str]:
    kind = _kind(verdict)
    title = visible(verdict.title.strip())
    said = f"{verdict.rule}: {title}" if title and title != verdict.rule else verdict.rule
    return _headed(f"{kind.replace('_', ' ')}[{verdict.severity}]", visible(said), kind, layout)


def _headed(tag: str, said: str, kind: str, layout: Layout) -> list[str]:
    first, *rest = wrapped(said, layout.width, f"{tag} ", "    ")
    headed = painted(layout, tag, _COLOURS.get(kind), bold=True)
    headed += painted(layout, first.removeprefix(tag), bold=True)
    return [headed, *(painted(layout, line, bold=True) for line in rest)]


def _stale_block(stale: StaleWaiver, layout: Layout) -> list[str]:
    waiver = stale.waiver
    tag = f"stale[{stale.why.replace('_', ' ')}]"
    lines = _headed(tag, f"{visible(waiver.rule)}: {stale_sentence(stale)}", "stale", layout)
    lines += wrapped(visible(f"{waiver.owner}: {waiver.because.strip()}"), layout.width, "  ")
    return [*lines, f"  waiver: {visible(str(waiver.place))}"]


def _disabled_lines(rule: DisabledRule, layout: Layout) -> list[str]:
    said = visible(f"{rule.rule}: {rule.because.strip()} (pack {rule.pack})")
    return _headed("disabled", said, "disabled", layout)


def _summary_lines(report: Report, layout: Layout) -> list[str]:
    """Give the line that adds up, and a word of caution where nothing was judged at all."""
    counts = report.summary()
    line = _sum(counted(len(report.verdicts), "rule"), counts, layout)
    asides = [
        f"{counted(len(found), noun)} {word}"
        for found, noun, word in (
            (report.stale_waivers, "waiver", "stale"),
            (report.disabled, "rule", "disabled"),
        )
        if found
    ]
    lines = ["; ".join([line, *asides])]
    if len(report.verdicts) == counts["not_applicable"]:
        lines.append("no rule has anything to say about this document")
    return lines


def _total(reports: Sequence[Report], layout: Layout) -> list[str]:
    summaries = [report.summary() for report in reports]
    counts = {outcome: sum(summary[outcome] for summary in summaries) for outcome in summaries[0]}
    return [
        _sum(
            f"{len(reports)} documents, {counted(sum(counts.values()), 'verdict')}", counts, layout
        )
    ]


def _sum(judged: str, counts: Mapping[str, int], layout: Layout) -> str:
    parts = [painted(layout, part, _COLOURS.get(kind)) for kind, part in summary_parts(counts)]
    return f"{judged}: {', '.join(parts)}" if parts else judged


def _document_line(document: str, layout: Layout) -> str:
    name = visible(document)
    line = f"── {name} " + "─" * max(layout.width - cells(name) - 4, 3)
    return painted(layout, line, bold=True)


FORMAT = Format("text", "for people: findings with where each value came from", render)
