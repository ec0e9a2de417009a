"""Rows of an answer: a label and what stands beside it, values with their origins in columns."""

from __future__ import annotations

from engine.report._lines import cells, padded, painted, shortened, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report._base import Layout

ARROW = "← "
_LABEL = 10
_INDENT = 2
_GAP = 2
_LEAST_ROOM = 24


def labelled(label: str, texts: Sequence[str], layout: Layout) -> list[str]:
    """Set texts one below the other beside their label, each broken where the page ends."""
    margin = " " * (_INDENT + _LABEL)
    lines: list[str] = []
    for text in texts:
        own = " " * (len(text) - len(text.lstrip(" ")))
        lines += wrapped(text.lstrip(" "), layout.width, margin + own, f"{margin}{own}  ")
    if lines:
        head = " " * _INDENT + padded(label, _LABEL)
        lines[0] = painted(layout, head, "dim") + lines[0][len(margin) :]
    return lines


def pairs(
    label: str, rows: Sequence[tuple[str, str]], layout: Layout, gap: str = ARROW
) -> list[str]:
    """Set values beside their label, each with its origin in one column, or below if too long."""
    margin = " " * (_INDENT + _LABEL)
    lines = columns(rows, layout, [margin] * len(rows), gap)
    if lines:
        lines[0] = (
            painted(layout, " " * _INDENT + padded(label, _LABEL), "dim") + lines[0][len(margin) :]
        )
    return lines


def columns(
    rows: Sequence[tuple[str, str]],
    layout: Layout,
    starts: Sequence[str],
    gap: str = ARROW,
) -> list[str]:
    """Set each origin beside its value, in one column where that fits, or else below it.

    `starts` begin the lines; all are equally wide.
    """
    margin = max(map(cells, starts), default=0)
    room = max(layout.width - margin, _LEAST_ROOM)
    lefts = [left if layout.verbose else shortened(left, room) for left, _ in rows]
    rights = [f"{gap}{right}" if right else "" for _, right in rows]
    beside = [
        bool(right) and cells(left) + _GAP + cells(right) <= room
        for left, right in zip(lefts, rights, strict=True)
    ]
    column = max((cells(left) for left, fits in zip(lefts, beside, strict=True) if fits), default=0)
    widest = max((cells(one) for one, fits in zip(rights, beside, strict=True) if fits), default=0)
    column = max(min(column, room - _GAP - widest), 0)
    lines = []
    for start, left, right, fits in zip(starts, lefts, rights, beside, strict=True):
        told = painted(layout, right, "cyan")
        if fits:
            lines.append(f"{start}{padded(left, column)}{' ' * _GAP}{told}")
            continue
        lines.append(start + left)
        if right:
            below = " " * (margin + _GAP)
            lines += [
                painted(layout, line, "cyan")
                for line in wrapped(right.removeprefix(gap), layout.width, below + gap)
            ]
    return lines


def packed(words: Sequence[str], layout: Layout) -> list[str]:
    """Set words on as few lines as they need."""
    room = max(layout.width - _INDENT - _LABEL - _GAP, _LEAST_ROOM)
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1]) + _GAP + cells(word) <= room:
            lines[-1] += f"{' ' * _GAP}{word}"
        else:
            lines.append(word)
    return lines
