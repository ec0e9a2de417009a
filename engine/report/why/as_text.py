"""The answer for people: where contexts differ, who set what, and what was never read."""

from __future__ import annotations

from engine.model.facts import Redacted
from engine.model.record import replace
from engine.model.visible import visible
from engine.report._ascii import in_ascii
from engine.report._lines import cells, painted, shortened, wrapped
from engine.report.why import _chain, _entries, _naming
from engine.report.why._answer import Group, groups_of, with_unknown_as_one
from engine.report.why._base import WhyFormat
from engine.report.why._causes import cause_lines, is_told_by_reasons
from engine.report.why._group import (
    context_lines,
    missed_lines,
    setter_lines,
    shadow_lines,
)
from engine.report.why._rows import labelled, packed
from engine.report.why._words import detail_words, headline, outcome_words, reader_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.report._base import Layout
    from engine.report.why._answer import Answer, Outcome

_COLOURS = {"set": "green", "found": "green", "unset": "cyan", "missing": "cyan"}
_MOMENTS = {"prompt": "at its first prompt", "started": "when it has started"}


def render(answer: Answer, layout: Layout) -> str:
    """Give an answer as text."""
    if answer.chain:
        blocks = _one_context(answer, answer.outcomes[0], layout)
    else:
        blocks = _all_contexts(answer, layout)
    for program in answer.programs:
        blocks += _read_here(program, layout) if answer.chain else _all_contexts(program, layout)
    if not answer.chain and any(one.confidence == "documented" for one in answer.outcomes):
        blocks.append(_legend(_naming.LEGEND, set(_naming.LEGEND), layout))
    if answer.advice:
        blocks.append([visible(answer.advice)])
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    return in_ascii(text) if layout.ascii else text


def _all_contexts(answer: Answer, layout: Layout) -> list[list[str]]:
    groups = groups_of(answer)
    usual = _entries.usual_group(groups)
    blocks = [_bold(headline(answer, groups), layout)]
    if answer.programs and _says_nothing(groups):
        return blocks
    used: set[str] = set()
    said: set[str] = set()
    for group in with_unknown_as_one(answer, groups):
        block = _first_lines(_head(group), answer, layout, _asides(group, answer, usual, said))
        if group.first.entries is not None:
            marks = _entries.marks_of(group, usual)
            lines, signs = _entries.entry_lines(group.first, marks, answer.names, layout)
            used |= signs
            without = _entries.without_words(group, usual, answer.names, layout)
            block += [*lines, *labelled("without", packed(without, layout), layout)]
        if layout.verbose or not is_told_by_reasons(group, answer):
            block += context_lines(group, answer, layout)
        block += _rest(group, answer, layout)
        blocks.append(block)
    usual_list = _entries.usual_words(usual)
    meanings = {sign: said.format(usual=usual_list) for sign, said in _entries.LEGEND.items()}
    return [*blocks, _legend(meanings, used, layout)]


def _head(group: Group) -> Outcome:
    """Give the outcome that a group's first line tells: a cause is told if it is that of all."""
    if len({outcome.cause for outcome in group.outcomes}) > 1:
        return replace(group.first, cause="")
    return group.first


def _read_here(answer: Answer, layout: Layout) -> list[list[str]]:
    """Tell what a program reads in one context."""
    outcome = answer.outcomes[0]
    group = Group((outcome,))
    block = [*_first_lines(outcome, answer, layout), *_rest(group, answer, layout)]
    return [_bold(f"{reader_words(answer)}:", layout), block]


def _says_nothing(groups: list[Group]) -> bool:
    """Say whether a variable is unset everywhere, and nobody tried to set it."""
    return len(groups) == 1 and all(
        outcome.state == "unset" and not outcome.chain and not outcome.missed
        for outcome in groups[0].outcomes
    )


def _one_context(answer: Answer, outcome: Outcome, layout: Layout) -> list[list[str]]:
    """Tell one context with every step on the way there."""
    name, title = visible(outcome.context), visible(outcome.title)
    where = name if title == name else f"{name}: {title}"
    head = _bold(f"{visible(answer.name)} in {where}", layout)
    about = [outcome.shell, _MOMENTS.get(outcome.moment, outcome.moment)]
    about += ["as documented, not tried"] if outcome.confidence == "documented" else []
    if any(about):
        words = ", ".join(visible(word) for word in about if word)
        head += wrapped(words, layout.width, "  ")
    if outcome.candidates:
        doubt = ", or ".join(map(visible, outcome.candidates))
        head += wrapped(f"which of these it is nobody knows: {doubt}", layout.width, "  ")
    group = Group((outcome,))
    block = _first_lines(outcome, answer, layout)
    used: set[str] = set()
    if outcome.entries is not None:
        lines, used = _entries.entry_lines(outcome, _entries.Marks(), answer.names, layout)
        block += lines
    if outcome.chain:
        block += cause_lines(group, answer, layout)
        block += missed_lines(group, answer, layout)
        steps, marks = _chain.chain_lines(outcome.chain, answer.names, layout)
        return [
            head,
            block,
            _legend(_entries.LEGEND, used, layout),
            steps,
            _legend(_chain.LEGEND, marks, layout),
        ]
    block += _rest(group, answer, layout)
    if outcome.detail and outcome.state != "unknown":
        block += wrapped(detail_words(outcome.detail, answer.names), layout.width, "  ")
    return [head, block, _legend(_entries.LEGEND, used, layout)]


def _rest(group: Group, answer: Answer, layout: Layout) -> list[str]:
    causes = cause_lines(group, answer, layout)
    if is_told_by_reasons(group, answer):
        return causes  # what it would be otherwise is another thing in each context
    return [
        *causes,
        *setter_lines(group, answer, layout),
        *shadow_lines(group, answer, layout),
        *missed_lines(group, answer, layout),
    ]


def _asides(group: Group, answer: Answer, usual: Group | None, said: set[str]) -> str:
    """Say what a first line does not: which list most have, which secrets only look alike."""
    if group is usual:
        return f", {_entries.usual_words(usual)}"
    words = outcome_words(group.first, answer.name)
    is_alike = words in said and isinstance(group.first.value, Redacted)
    said.add(words)
    return " (another secret)" if is_alike else ""


def _first_lines(outcome: Outcome, answer: Answer, layout: Layout, aside: str = "") -> list[str]:
    """Give the outcome itself: the value, or that there is none, or why it is not known."""
    words = outcome_words(outcome, answer.name)
    if outcome.state == "unknown":
        lines = wrapped(words, layout.width, "", "  ")
    else:
        if outcome.entries:
            number = len(outcome.entries)
            entries = "1 entry" if number == 1 else f"{number} entries"
            words = f"{visible(answer.name)} of {entries}"
        words = words if layout.verbose else shortened(words, layout.width - cells(aside))
        lines = [words + aside]
    colour = _COLOURS.get(outcome.state, "magenta")
    return [painted(layout, line, colour, bold=True) for line in lines]


def _bold(words: str, layout: Layout) -> list[str]:
    return [painted(layout, line, bold=True) for line in wrapped(words, layout.width, "", "  ")]


def _legend(meanings: Mapping[str, str], used: set[str], layout: Layout) -> list[str]:
    """Say what the marks mean that were used."""
    words = [f"{sign} {said}" for sign, said in meanings.items() if sign in used]
    return [painted(layout, f"  {line}", "dim") for line in packed(words, layout)]


FORMAT = WhyFormat("text", "for people: differences first, with who set what", render)
