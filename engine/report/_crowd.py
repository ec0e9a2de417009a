"""Many rules that cannot be judged, on one line each: told in full they would fill pages."""

from __future__ import annotations

from engine.model.verdicts import CAUSES
from engine.model.visible import visible
from engine.report._lines import cells, padded, painted, shortened, wrapped
from engine.report._words import ADVICE, counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.verdicts import Verdict
    from engine.report._base import Layout

CROWD = 5
"""How many unknown verdicts are still told one by one."""

_LEAST_ROOM = 20


def crowd_lines(verdicts: Sequence[Verdict], layout: Layout) -> list[str]:
    """Give the rules under the first cause of each, with the facts that they miss."""
    tag = painted(layout, "unknown", "magenta", bold=True)
    lines = [
        tag + painted(layout, f" {counted(len(verdicts), 'rule')} cannot be judged", bold=True)
    ]
    by_cause: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_cause.setdefault(verdict.unknowns[0].cause, []).append(verdict)
    names = {verdict.rule: f"{verdict.rule} [{verdict.severity}]" for verdict in verdicts}
    column = max(cells(visible(name)) for name in names.values())
    column = min(column, layout.width - _LEAST_ROOM - 6)
    for cause, found in by_cause.items():
        advice = f"; {ADVICE[cause]}" if cause in ADVICE else ""
        words = f"{visible(CAUSES.get(cause, cause))}{advice}:"
        lines += wrapped(words, layout.width, "  ")
        for verdict in found:
            name = padded(shortened(visible(names[verdict.rule]), column), column)
            room = max(layout.width - column - 6, _LEAST_ROOM)
            lines.append(f"    {name}  {_facts(verdict, room)}".rstrip())
    return lines


def _facts(verdict: Verdict, room: int) -> str:
    """Name the facts that a verdict misses, as many as there is room for."""
    names = list(dict.fromkeys(visible(unknown.fact) for unknown in verdict.unknowns))
    shown = shortened(names[0], room)
    for number, name in enumerate(names[1:], start=1):
        rest = len(names) - number - 1
        longer = f"{shown}, {name}"
        if cells(longer) + (len(f" +{rest}") if rest else 0) > room:
            return f"{shown} +{rest + 1}"
        shown = longer
    return shown
