"""The sentences that every format for people shares."""

from __future__ import annotations

from engine.model.verdicts import CAUSES
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.verdicts import StaleWaiver, Unknown, Verdict, Waiver

ADVICE = {
    "not_collected": "gather it, or judge a document that holds it",
    "permission": "gather again as a user who may read it",
    "redacted": "secrets can only be compared with each other, by `equals`, `in` or `same`",
    "unsupported": "let the rule's `when` ask for what offers it",
    "opaque": "set it in a plain statement that needs no running to be understood",
    "parse_error": "mend the file that it comes from",
    "missing": "gather it, or look how the rule spells it",
    "wrong_type": "correct the fact, or what the rule expects of it",
    "timeout": "gather again while the machine has less to do",
    "too_large": "make the file that it comes from smaller",
    "ambiguous": "let one source decide, or give the sources an order",
}
"""What a person can do about each cause of an unknown."""

STALE = {
    "expired": "this waiver expired on {expires}",
    "lapsed": "this waiver was for another value",
    "not_needed": "this waiver has nothing left to waive",
}
"""Why a waiver is stale, as a sentence."""

_SUMMARY_ORDER = ("pass", "fail", "error", "waived", "unknown", "not_applicable")


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: `1 rule`, `2 rules`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary_parts(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Give the outcomes that occur, in a fixed order, each with its part of the summary."""
    found = [(outcome, counts[outcome]) for outcome in _SUMMARY_ORDER]
    return [
        (outcome, f"{number} {outcome.replace('_', ' ')}") for outcome, number in found if number
    ]


def unknown_sentence(unknown: Unknown) -> str:
    """Say what cannot be judged, of which element, and why; the detail is left to the caller."""
    fact = f"`{unknown.fact}`" if unknown.fact else "it"
    sentence = f"{fact} cannot be judged: {CAUSES.get(unknown.cause, unknown.cause)}"
    return visible(f"{unknown.element}: {sentence}" if unknown.element else sentence)


def unknown_line(unknown: Unknown) -> str:
    """Say on one line what cannot be judged and everything that is known about why."""
    detail = visible(f" ({unknown.detail})") if unknown.detail else ""
    return unknown_sentence(unknown) + detail


def waiver_sentence(waiver: Waiver) -> str:
    """Say until when a finding is waived, by whom and why."""
    return visible(f"waived until {waiver.expires} by {waiver.owner}: {waiver.because.strip()}")


def stale_sentence(stale: StaleWaiver) -> str:
    """Say why a waiver has nothing left to do."""
    return visible(STALE[stale.why].format(expires=stale.waiver.expires))


def first_message(verdict: Verdict) -> str:
    """Give a failed rule's first message that nobody waived, and how many more there are."""
    first, *more = [finding for finding in verdict.findings if finding.waiver is None]
    message = visible(first.message.strip())
    return f"{message} (and {len(more)} more)" if more else message
