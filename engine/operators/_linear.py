"""Which patterns may run on `re`: those proved to mean the same as in RE2, and to be harmless.

`re` tries one way through a pattern after another, which may take for ever. A pattern is harmless
if the number of ways is small. Something optional or repeated up to n times adds ways; a repeat
without end adds none if the pattern is over after it, or if the pattern starts with `^` and nothing
that may follow the repeat can start with a character that it repeats: giving one back never helps.

That it means the same is the work of `_reader`. Without both, RE2 takes the pattern.
"""

from __future__ import annotations

from engine.operators._reader import (
    ANY,
    Chain,
    Choice,
    Edge,
    Group,
    One,
    Repeat,
    Unproven,
    read_pattern,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.operators._reader import Node

LONGEST = 300
MOST_WAYS = 100
MOST_SIZE = 1000
"""The size with all counted repeats written out; RE2 refuses what repeats more than 1000 times."""

AT_ONCE = 0
"""What must follow where the pattern is over: nothing, so it cannot fail any more."""


def linear_form(pattern: str) -> str | None:
    """Give the text that `re` reads as RE2 reads the pattern, or None without a proof."""
    if len(pattern) > LONGEST:
        return None
    try:
        node, form = read_pattern(pattern)
        ways = _ways(node, AT_ONCE, is_anchored=_is_anchored(node))
    except Unproven:
        return None
    return form if ways <= MOST_WAYS and _size(node) <= MOST_SIZE else None


def _ways(node: Node, after: int, *, is_anchored: bool) -> int:
    """Give how many ways there are through a node, at most, if `after` may follow it."""
    match node:
        case Group(child=child):
            return _ways(child, after, is_anchored=is_anchored)
        case Choice(branches=branches):
            return sum(_ways(branch, after, is_anchored=is_anchored) for branch in branches)
        case Chain(parts=parts):
            ways = 1
            for part in reversed(parts):
                ways *= _ways(part, after, is_anchored=is_anchored)
                after = _first(part, after)
            return ways
        case Repeat(child=child, least=least, most=None):
            return _ways_without_end(child, least, after, is_anchored=is_anchored)
        case Repeat(child=child, least=least, most=most):
            inner = _ways(child, after if most == 1 else ANY, is_anchored=is_anchored)
            return sum(inner**times for times in range(least, (most or 0) + 1))
        case _:
            return 1


def _ways_without_end(child: Node, least: int, after: int, *, is_anchored: bool) -> int:
    if not isinstance(child, One) or least > 1:
        raise Unproven
    if after == AT_ONCE or (is_anchored and not child.characters & after):
        return 1
    raise Unproven


def _first(node: Node, after: int) -> int:
    """Give what may stand at the start of a node, `after` included where the node may be empty."""
    match node:
        case One(characters=characters):
            return characters
        case Edge(follows=follows):
            return follows
        case Group(child=child):
            return _first(child, after)
        case Chain(parts=parts):
            for part in reversed(parts):
                after = _first(part, after)
            return after
        case Choice(branches=branches):
            found = 0
            for branch in branches:
                found |= _first(branch, after)
            return found
        case Repeat(child=child, least=least):
            return _first(child, after) | (0 if least else after)


def _size(node: Node) -> int:
    match node:
        case Group(child=child):
            return _size(child)
        case Chain(parts=nodes) | Choice(branches=nodes):
            return max(1, sum(_size(part) for part in nodes))
        case Repeat(child=child, most=most):
            return _size(child) * max(1, most or 1)
        case _:
            return 1


def _is_anchored(node: Node) -> bool:
    match node:
        case Edge(is_start=is_start):
            return is_start
        case Group(child=child):
            return _is_anchored(child)
        case Chain(parts=parts):
            return bool(parts) and _is_anchored(parts[0])
        case Choice(branches=branches):
            return all(_is_anchored(branch) for branch in branches)
        case _:
            return False
