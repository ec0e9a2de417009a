"""The way of a variable to one context: each step in order, and which of them decide."""

from __future__ import annotations

from engine.model.record import replace
from engine.model.visible import visible
from engine.report._lines import padded, painted, wrapped
from engine.report.why._rows import columns
from engine.report.why._words import origin_words, title_words, value_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.report._base import Layout
    from engine.report.why._answer import Event, Names

_LOST = "\N{MULTIPLICATION SIGN}"
LEGEND = {
    "→": "decides",
    "+": "is part of it",
    _LOST: "shadowed by what follows",
    "?": "makes it unknown",
    "~": "may still count",
}
_DECIDE = frozenset(("set", "default", "unset", "drop", "unexport", "inherit", "adopt"))
_HANDS_ON = frozenset(("inherit", "adopt", "export"))
_EXTEND = frozenset(("append", "prepend"))
_COLOURS = {"→": "green", "?": "magenta"}
_OP = 9


def marks_of(chain: Sequence[Event]) -> list[str]:
    """Mark each step: what decides, what is part of the value, what is shadowed by a later step."""
    marks = [" "] * len(chain)
    is_settled = is_found = is_unsure = False
    for number in range(len(chain) - 1, -1, -1):
        op = chain[number].op
        if is_settled:
            # That a value was handed on is no rival of it.
            marks[number] = " " if op in _HANDS_ON else _LOST
        elif op == "unknown":
            marks[number], is_unsure = "?", True
        elif op in _HANDS_ON and any(event.op not in _HANDS_ON for event in chain[:number]):
            continue  # what was handed on was set before
        elif op in _DECIDE or op in _EXTEND:
            marks[number] = "~" if is_unsure else "+" if is_found else "→"
            is_found = True
            is_settled = op in _DECIDE
    return marks


def chain_lines(chain: Sequence[Event], names: Names, layout: Layout) -> tuple[list[str], set[str]]:
    """Give the steps under the process that each belongs to, and which marks they bear."""
    marks = marks_of(chain)
    lines: list[str] = []
    for process, all_numbers in _by_process(chain):
        numbers = [one for one in all_numbers if not _is_again(chain, one)]
        title = title_words(process, names) or "before any process"
        lines += [
            painted(layout, line, bold=True) for line in wrapped(title, layout.width, "  ", "    ")
        ]
        starts = [f"    {marks[number]} {padded(_op(chain[number]), _OP)} " for number in numbers]
        rows = [(_value(chain[number]), _origin(chain[number], names)) for number in numbers]
        told = _whole(columns(rows, layout, starts), starts, rows, layout)
        for line in _marked(told, starts, [marks[number] for number in numbers], layout):
            lines.append(line)
        lines += _details(chain, numbers, layout) if len(numbers) == 1 else []
    return lines, set(marks) - {" "}


def _by_process(chain: Sequence[Event]) -> Iterator[tuple[str, list[int]]]:
    """Give neighbouring steps of one process together."""
    numbers: list[int] = []
    for number, event in enumerate(chain):
        if numbers and event.origin.process != chain[numbers[0]].origin.process:
            yield chain[numbers[0]].origin.process or "", numbers
            numbers = []
        numbers.append(number)
    if numbers:
        yield chain[numbers[0]].origin.process or "", numbers


def _is_again(chain: Sequence[Event], number: int) -> bool:
    """Say whether a step tells for the same reason what the step before told: it is not known."""
    return number > 0 and chain[number].op == "unknown" and chain[number] == chain[number - 1]


def _whole(
    lines: list[str], starts: Sequence[str], rows: Sequence[tuple[str, str]], layout: Layout
) -> list[str]:
    """Give rows with the reasons broken over lines that would have lost their middle."""
    told: list[str] = []
    number = -1
    for line in lines:
        if number + 1 < len(starts) and line.startswith(starts[number + 1]):
            number += 1
            text, start = rows[number][0], starts[number]
            if start[5:].strip() == "unknown" and text not in line:
                told += wrapped(text, layout.width, start)
                continue
        told.append(line)
    return told


def _op(event: Event) -> str:
    return visible(event.op)


def _value(event: Event) -> str:
    """Give the value of a step, or the reason why there is none."""
    if event.op in {"unset", "drop", "export", "unexport"}:
        return visible(event.detail)
    if event.value is None:
        return visible(event.detail or "nobody says why") if event.op == "unknown" else "<unknown>"
    return value_text(event.value)


def _origin(event: Event, names: Names) -> str:
    """Give the place without its process, which stands above."""
    origin = event.origin
    if origin.file is None and origin.source is None:
        return ""
    return origin_words(replace(origin, process=None), names)


def _details(chain: Sequence[Event], numbers: Sequence[int], layout: Layout) -> list[str]:
    event = chain[numbers[0]]
    if not event.detail or _value(event) == visible(event.detail):
        return []
    return wrapped(visible(event.detail), layout.width, " " * (7 + _OP))


def _marked(
    lines: list[str], starts: Sequence[str], marks: Sequence[str], layout: Layout
) -> Iterator[str]:
    """Colour the rows by their marks: those that are shadowed recede."""
    number = -1
    for line in lines:
        if number + 1 < len(starts) and line.startswith(starts[number + 1]):
            number += 1
            mark = marks[number]
            if mark == _LOST:
                yield painted(layout, line, "dim")
                continue
            start = starts[number]
            sign = painted(layout, mark, _COLOURS.get(mark), bold=True) if mark.strip() else mark
            head = f"    {sign}{start[5:]}"
            yield head + line[len(start) :]
        else:
            yield line
