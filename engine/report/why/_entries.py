"""A PATH as a list: each entry with who put it there, and what other contexts have otherwise."""

from __future__ import annotations

from engine.model.facts import Redacted
from engine.model.record import record
from engine.report._lines import painted, shortened
from engine.report.why._rows import columns
from engine.report.why._words import detail_words, origin_words, value_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report._base import Layout
    from engine.report.why._answer import Group, Names, Outcome, Piece

_FEW = 6
_MANY = 24
"""How many entries of a list are shown before unmarked ones are left out."""


@record
class Marks:
    """What the entries of a list are compared with: the most common list."""

    usual: tuple[object, ...] | None = None


LEGEND = {
    "+": "not in {usual}",
    "~": "in another order there",
    "=": "again: only the first counts",
    "?": "what stands here is not known",
}


def usual_group(groups: Sequence[Group]) -> Group | None:
    """Give the group whose list the others are compared with: the most common, or longest.

    One of the machine itself comes before those of containers and pipelines, however many.
    """
    lists = [group for group in groups if group.first.entries and group.first.state == "set"]
    if len(lists) < 2:  # noqa: PLR2004 - one list has nothing to differ from
        return None
    return max(lists, key=lambda group: (*_here(group), len(group.first.entries or ())))


def _here(group: Group) -> tuple[int, int]:
    """Count the contexts of a group on the machine itself, then all."""
    return sum(not outcome.place for outcome in group.outcomes), len(group.outcomes)


def usual_words(usual: Group | None) -> str:
    """Say what makes a list the usual one."""
    return "the most common list" if usual and len(usual.outcomes) > 1 else "the longest list"


def marks_of(group: Group, usual: Group | None) -> Marks:
    """Give what the entries of a group's list are compared with."""
    if usual is None or usual is group or group.first.state != "set":
        return Marks()
    return Marks(tuple(map(_key, usual.first.entries or ())))


def entry_lines(
    outcome: Outcome, marks: Marks, names: Names, layout: Layout
) -> tuple[list[str], set[str]]:
    """Give the lines of a list, and which marks they bear."""
    entries = outcome.entries or ()
    signs = _signs(entries, marks)
    shown = _shown(signs, layout)
    digits = len(str(len(entries)))
    rows, starts = [], []
    origins = [origin_words(entry.origin, names, outcome.context) for entry in entries]
    for number in shown:
        entry = entries[number]
        sign = signs[number]
        rows.append((_words(entry, names), origins[number]))
        starts.append(f"  {_sign(sign, layout)} {number + 1:>{digits}} ")
    plain = [f"  {signs[number]} {number + 1:>{digits}} " for number in shown]
    lines = _painted(columns(rows, layout, plain), plain, starts)
    left_out = len(entries) - len(shown)
    if left_out:
        lines.append(f"    {' ' * digits}and {left_out} more (`--all` shows them)")
    return lines, {sign for sign in signs if sign != " "}


def without_words(group: Group, usual: Group | None, names: Names, layout: Layout) -> list[str]:
    """Name the entries of the most common list that this group has not."""
    if usual is None or usual is group or group.first.entries is None:
        return []
    if any(entry.value is None for entry in group.first.entries):
        return []  # what is not known may hold them
    own = {_key(entry) for entry in group.first.entries}
    missing = {
        _key(entry): _words(entry, names)
        for entry in usual.first.entries or ()
        if _key(entry) not in own and entry.value is not None
    }
    words = list(missing.values())
    if len(words) > _FEW and not layout.verbose:
        words = [*words[:_FEW], f"and {len(words) - _FEW} more"]
    room = max(layout.width - 14, 20)
    return words if layout.verbose else [shortened(word, room) for word in words]


def _signs(entries: Sequence[Piece], marks: Marks) -> list[str]:
    seen: set[object] = set()
    signs = []
    moved = _moved([_key(entry) for entry in entries], marks)
    for entry in entries:
        key = _key(entry)
        if entry.value is None:
            signs.append("?")
        elif key in seen:
            signs.append("=")
        elif marks.usual is not None and key not in marks.usual:
            signs.append("+")
        else:
            signs.append("~" if key in moved else " ")
        seen.add(key)
    return signs


def _moved(keys: list[object], marks: Marks) -> set[object]:
    """Give the entries that stand in another order than in the usual list."""
    if marks.usual is None:
        return set()
    usual = list(dict.fromkeys(marks.usual))
    mine = list(dict.fromkeys(key for key in keys if key in usual))
    if mine == [key for key in usual if key in mine]:
        return set()
    from difflib import SequenceMatcher  # noqa: PLC0415 - few lists need it

    order = {key: number for number, key in enumerate(usual)}
    numbers = [order[key] for key in mine]
    blocks = SequenceMatcher(None, numbers, sorted(numbers), autojunk=False).get_matching_blocks()
    kept = {number for block in blocks for number in numbers[block.a : block.a + block.size]}
    return {key for key in mine if order[key] not in kept}


def _shown(signs: Sequence[str], layout: Layout) -> list[int]:
    """Give which entries to show: all, or of a long list its beginning and what is marked."""
    if len(signs) <= _MANY or layout.verbose:
        return list(range(len(signs)))
    kept = [number for number, sign in enumerate(signs) if sign in "+=?"]
    for wanted, most in (("~", _MANY // 2), (" ", _MANY)):
        room = max(most - len(kept), _FEW)
        kept += [number for number, sign in enumerate(signs) if sign == wanted][:room]
    return sorted(kept)


def _sign(sign: str, layout: Layout) -> str:
    return painted(layout, sign, {"+": "green", "~": "magenta"}.get(sign), bold=sign in "+~")


def _painted(lines: list[str], plain: Sequence[str], starts: Sequence[str]) -> list[str]:
    """Put the coloured beginnings in the place of the plain ones they were measured by."""
    queue = list(zip(plain, starts, strict=True))
    told = []
    for line in lines:
        if queue and line.startswith(queue[0][0]):
            before, after = queue.pop(0)
            told.append(after + line[len(before) :])
        else:
            told.append(line)
    return told


def _words(entry: Piece, names: Names) -> str:
    if entry.value is None:
        return f"<unknown: {detail_words(entry.kind, names)}>" if entry.kind else "<unknown>"
    if entry.value == "":
        return "'' (empty: the current folder)"
    return value_text(entry.value)


def _key(entry: Piece) -> object:
    value = entry.value
    return value.atoms if isinstance(value, Redacted) else value
