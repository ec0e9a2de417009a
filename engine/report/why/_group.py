"""What is said of contexts of one outcome: which they are, who set it, what nobody read."""

from __future__ import annotations

from collections import Counter

from engine.model.visible import visible
from engine.precedence.instances import SEPARATOR
from engine.report._lines import cells, padded
from engine.report.why._rows import labelled, packed, pairs
from engine.report.why._words import (
    detail_words,
    origin_words,
    path_words,
    place_words,
    process_words,
    value_text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import TypeVar

    from engine.report._base import Layout
    from engine.report.why._answer import Answer, Group, Outcome

    T = TypeVar("T", bound=Hashable)

_FEW = 8
_CROWD = 24
_NAMED = 3


def context_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Name the contexts by what to write after `--in`, and where they are few by their titles."""
    if len(group.outcomes) > _FEW + 1 and not layout.verbose:
        return _crowd_lines(group, answer, layout)
    column = max(cells(visible(outcome.context)) for outcome in group.outcomes)
    column = min(column, layout.width // 3)
    texts = []
    for outcome in group.outcomes:
        name, title = visible(outcome.context), visible(outcome.title)
        said = name if title == name else f"{padded(name, column)}  {title}"
        doubt = ", or ".join(map(visible, outcome.candidates))
        texts.append(f"{said} (perhaps {doubt})" if doubt else said)
    return labelled("in", texts, layout)


def _crowd_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Name many contexts on a few lines."""
    names, families = _named(group.outcomes, answer)
    rest = len(names) - _CROWD
    texts = packed(names[:_CROWD] if rest > 1 else names, layout)
    if rest > 1:
        texts.append(f"and {rest} contexts more (`--all` names them)")
    return labelled("in", [*texts, *([families] if families else [])], layout)


def _named(found: Sequence[Outcome], answer: Answer) -> tuple[list[str], str]:
    """Give the names of contexts, and in words the shells that they are every way to start."""
    families = answer.names.families
    everywhere = Counter(families.get(outcome.context) for outcome in answer.outcomes)
    here = Counter(families.get(outcome.context) for outcome in found)
    whole = [shell for shell in here if shell is not None and here[shell] == everywhere[shell]]
    names = [
        visible(outcome.context) for outcome in found if families.get(outcome.context) not in whole
    ]
    many = [one for one in whole if one.endswith(SEPARATOR)]
    *most, last = [visible(one) for one in whole if one not in many] or [""]
    shells = f"{', '.join(most)} or {last}" if most else last
    told = [f"every way to start {shells}"] if shells else []
    told += [f"all {here[one]} `{visible(one[:-1])}`" for one in many]
    return list(dict.fromkeys(names)), ", and ".join(told)


def cause_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Say what makes it unknown, in which contexts."""
    if group.first.state != "unknown":
        return []
    told = _gathered(
        (detail_words(outcome.detail, answer.names), outcome)
        for outcome in group.outcomes
        if outcome.detail
    )
    texts = [f"{detail}{_only(found, group, answer)}" for detail, found in told.items()]
    return labelled("because", _few(texts, layout), layout)


def setter_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Say who set the value."""
    if group.first.entries is not None or group.first.state == "unknown":
        return []
    by_place: dict[str, list[Outcome]] = {}
    for outcome in group.outcomes:
        if outcome.origin is not None:
            place = place_words(outcome.origin, answer.names)
            place = place or process_words(outcome.origin, answer.names)
            by_place.setdefault(place, []).append(outcome)
    texts = []
    for place, found in by_place.items():
        others = {
            process_words(outcome.origin, answer.names)
            for outcome in found
            if outcome.origin is not None and outcome.origin.process not in {None, outcome.context}
        } - {place}
        told = f" ({others.pop()})" if len(others) == 1 else ""
        texts.append(f"{place}{told}{_only(found, group, answer)}")
    label = "set by" if group.first.state in {"set", "found"} else "by"
    if group.first.kind == "file":
        label = "on PATH"
        texts = [f"by {text}" for text in texts]
    return labelled(label, _few(texts, layout), layout)


def shadow_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Say what was shadowed by the value, or hidden by the command."""
    if group.first.entries is not None:
        return []
    told = _gathered(
        (
            (
                f"{_kind(piece.kind)}{value_text(piece.value)}",
                origin_words(piece.origin, answer.names, outcome.context),
            ),
            outcome,
        )
        for outcome in group.outcomes
        for piece in outcome.shadowed
    )
    rows = []
    for (value, origin), found in told.items():
        only = _only(found, group, answer)
        rows.append((value, f"{origin}{only}") if origin else (f"{value}{only}", ""))
    label = "hides" if answer.kind == "command" else "shadows"
    shown = rows if layout.verbose else rows[:_FEW]
    lines = pairs(label, shown, layout)
    if len(shown) < len(rows):
        lines += labelled("", [f"and {len(rows) - len(shown)} more"], layout)
    return lines


def missed_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Name the files that would have said something, had they been read, each with the reasons."""
    told = _gathered(
        (((path_words(one.file, answer.names), one.line), visible(one.reason)), outcome)
        for outcome in group.outcomes
        for one in outcome.missed
    )
    by_file: dict[tuple[str, int | None], list[tuple[str, list[Outcome]]]] = {}
    for (place, reason), found in told.items():
        by_file.setdefault(place, []).append((reason, found))
    texts = []
    for (path, line), reasons in by_file.items():
        verb = "defines" if answer.kind == "command" else "sets"
        head = f"{path}{'' if line is None else f':{line}'} {verb} it"
        if len(reasons) == 1 and not _only(reasons[0][1], group, answer):
            texts.append(f"{head}: {reasons[0][0]}")
            continue
        texts.append(f"{head}:")
        texts += [f"  {_contexts(found, answer)}: {reason}" for reason, found in reasons]
    return labelled("not read", _few(texts, layout), layout)


def _gathered(said: Iterable[tuple[T, Outcome]]) -> dict[T, list[Outcome]]:
    """Gather what is said alike of several contexts, in order."""
    found: dict[T, list[Outcome]] = {}
    for words, outcome in said:
        found.setdefault(words, []).append(outcome)
    return found


def _only(found: Sequence[Outcome], group: Group, answer: Answer) -> str:
    """Say of which contexts something is true, unless it is of all."""
    is_all = len({outcome.context for outcome in found}) == len(group.outcomes)
    return "" if is_all else f" in {_contexts(found, answer)}"


def _contexts(found: Sequence[Outcome], answer: Answer) -> str:
    names, families = _named(found, answer)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    said = ", ".join(names[:_NAMED]) + more
    return ", and ".join(filter(None, (said, families)))


def _few(texts: list[str], layout: Layout) -> list[str]:
    if layout.verbose or len(texts) <= _FEW:
        return texts
    return [*texts[:_FEW], f"and {len(texts) - _FEW} more"]


def _kind(kind: str) -> str:
    return "" if kind in {"", "file"} else f"{visible(kind)} "
