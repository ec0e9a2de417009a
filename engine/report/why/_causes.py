"""Why nobody knows, in which contexts: each reason once, with the contexts below it."""

from __future__ import annotations

from engine.precedence.instances import split_name
from engine.report._words import counted
from engine.report.why._naming import inline
from engine.report.why._rows import labelled
from engine.report.why._values import NO_SHELL
from engine.report.why._words import cause_words, detail_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report._base import Layout
    from engine.report.why._answer import Answer, Group, Outcome

_FEW = 10
_NAMED = 12
_PATH = "PATH is not known: "
"""How commands say that they were not found because nobody knows where to look."""


def is_told_by_reasons(group: Group, answer: Answer) -> bool:
    """Say whether the reasons name all contexts, so that nothing else need name them."""
    return group.first.state == "unknown" and len(_reasons(group, answer, whole=False)) > 1


def cause_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Say what makes it unknown, in which contexts."""
    if group.first.state != "unknown":
        return []
    reasons = _reasons(group, answer, whole=layout.verbose or len(group.outcomes) == 1)
    if len(reasons) == 1:
        (reason,) = reasons
        return labelled(
            "because", [reason] if any(one.detail for one in group.outcomes) else [], layout
        )
    shown = list(reasons.items()) if layout.verbose else list(reasons.items())[:_FEW]
    most = len(group.outcomes) if layout.verbose else _NAMED
    texts = []
    for reason, found in shown:
        texts += [reason, f"  in {inline(found, answer, most)}"]
    if len(shown) < len(reasons):
        rest = {one.context for found in list(reasons.values())[_FEW:] for one in found}
        more = counted(len(reasons) - len(shown), "reason")
        texts.append(f"{more} more, in {counted(len(rest), 'context')} (`--all` tells them)")
    return labelled("because", texts, layout)


def _reasons(group: Group, answer: Answer, *, whole: bool) -> dict[str, list[Outcome]]:
    """Give the contexts by why they are unknown."""
    found: dict[str, list[Outcome]] = {}
    # That a process is no shell is the least of all reasons, and nothing that anybody could mend.
    for outcome in sorted(group.outcomes, key=lambda outcome: outcome.detail == NO_SHELL):
        found.setdefault(_reason(outcome, group, answer, whole=whole), []).append(outcome)
    return found


def _reason(outcome: Outcome, group: Group, answer: Answer, *, whole: bool) -> str:
    """Give a reason so that it reads alike wherever it is: of each of several, of a program."""
    if not outcome.detail:
        return cause_words(outcome.cause)
    detail = outcome.detail
    if outcome.cause == "refused" and len(group.outcomes) > 1:
        detail = f"{cause_words(outcome.cause)}: {detail}"
    if not whole and detail.startswith(_PATH):
        return "PATH is not known there: `engine why PATH` says why"
    element = split_name(outcome.context)[1]
    if not whole and outcome.of and element:
        detail = detail.replace(f"`{element}`", "each")
    return detail_words(detail, answer.names)
