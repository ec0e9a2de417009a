"""What is said of contexts of one outcome: which they are, who set it, what nobody read."""

from __future__ import annotations

from engine.model.visible import visible
from engine.report._lines import cells, padded
from engine.report.why._naming import inline, marked, named
from engine.report.why._rows import labelled, packed, pairs
from engine.report.why._words import (
    detail_words,
    lines_words,
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
_SEVERAL = 3


def context_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Name the contexts by what to write after `--in`, and where they are few by their titles."""
    if layout.verbose:
        return labelled("in", _titled(group.outcomes, layout), layout)
    told = named(group.outcomes, answer)
    names = [marked(outcome) for outcome in told.single]
    if len(names) > _FEW + 1 or told.ways:
        rest = len(names) - _CROWD
        texts = packed(names[:_CROWD] if rest > 1 else names, layout)
        texts += [f"and {rest} contexts more (`--all` names them)"] if rest > 1 else []
    else:
        texts = _titled(told.single, layout)
    texts += [told.ways] if told.ways else []
    return labelled("in", [*texts, *(one.words() for one in told.several)], layout)


def _titled(outcomes: Sequence[Outcome], layout: Layout) -> list[str]:
    """Give names with their titles, which stand in one column but for names that are long."""
    widths = [cells(marked(outcome)) for outcome in outcomes]
    column = max((width for width in widths if width <= layout.width // 3), default=0)
    texts = []
    for outcome, width in zip(outcomes, widths, strict=True):
        name, title = marked(outcome), visible(outcome.title)
        named_ = name if width > column else padded(name, column)
        said = name if title == visible(outcome.context) else f"{named_}  {title}"
        doubt = ", or ".join(map(visible, outcome.candidates))
        texts.append(f"{said} (perhaps {doubt})" if doubt else said)
    return texts


def setter_lines(group: Group, answer: Answer, layout: Layout) -> list[str]:
    """Say who set the value."""
    if group.first.entries is not None or group.first.state == "unknown":
        return []
    texts = [
        f"{place}{_only(found, group, answer)}" for place, found in _setters(group, answer, layout)
    ]
    label = "set by" if group.first.state in {"set", "found"} else "by"
    if group.first.kind == "file":
        label = "on PATH"
        texts = [f"by {text}" for text in texts]
    return labelled(label, _few(texts, layout), layout)


def _setters(group: Group, answer: Answer, layout: Layout) -> list[tuple[str, list[Outcome]]]:
    """Give each place that sets it, with the process that did if it is another one, and where.

    What one file sets in contexts that are there for each of several is told as one, and of many
    such files only the first ones.
    """
    by_place: dict[str, list[Outcome]] = {}
    for outcome in group.outcomes:
        if outcome.origin is not None:
            place = place_words(outcome.origin, answer.names)
            place = place or process_words(outcome.origin, answer.names)
            by_place.setdefault(place, []).append(outcome)
    by_file: dict[str, list[Outcome]] = {}
    for place, found in by_place.items():
        is_alike = not layout.verbose and all(outcome.of for outcome in found)
        file = found[0].origin.file if found[0].origin is not None and is_alike else None
        by_file.setdefault(file or place, []).extend(found)
    told = [(_setter(found, answer), found) for found in by_file.values()]
    of_several = [row for row in told if all(outcome.of for outcome in row[1])]
    rest = [outcome for _, found in of_several[_SEVERAL:] for outcome in found]
    if layout.verbose or len(of_several) <= _SEVERAL + 1:
        return told
    told = [row for row in told if row not in of_several[_SEVERAL:]]
    return [*told, (f"{len(of_several) - _SEVERAL} files more", rest)]


def _setter(found: Sequence[Outcome], answer: Answer) -> str:
    """Give a place with its lines, and the process that read it if that is another one."""
    origins = [outcome.origin for outcome in found if outcome.origin is not None]
    lines = lines_words(origins, answer.names)
    doers = {process_words(origin, answer.names) for origin in origins if origin.process}
    is_own = all(one.origin.process == one.context for one in found if one.origin is not None)
    doer = doers.pop() if len(doers) == 1 and not is_own else ""
    told = f"{lines} ({doer})" if doer not in {"", lines} else lines
    details = {detail_words(outcome.detail, answer.names) for outcome in found}
    detail = details.pop() if len(details) == 1 else ""
    return f"{told}: {detail}" if detail and told else told or detail


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
        texts += [f"  {inline(found, answer, _NAMED)}: {reason}" for reason, found in reasons]
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
    return "" if is_all else f" in {inline(found, answer, _NAMED)}"


def _few(texts: list[str], layout: Layout) -> list[str]:
    if layout.verbose or len(texts) <= _FEW:
        return texts
    return [*texts[:_FEW], f"and {len(texts) - _FEW} more"]


def _kind(kind: str) -> str:
    return "" if kind in {"", "file"} else f"{visible(kind)} "
