"""Shell patterns: what `case`, `[[ == ]]`, `${x#..}` and `${x/../..}` match.

A set of places in a text is one integer, a bit for each, and a node takes the places where it may
start to those where it may end; the steps are bounded, so no pattern can be made to hang.
"""

from __future__ import annotations

from functools import lru_cache

from engine.precedence.shell.pattern_reader import (
    Any,
    Bracket,
    Character,
    Group,
    Nodes,
    Piece,
    Star,
    has_group,
    read_pattern,
)
from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    _Spans = list[tuple[int | None, int | None]]

MOST_STEPS = 200_000
_STEP = 4096  # on a longer text, a step counts as several


def compile_pattern(pieces: list[Piece], *, extended: bool, dialect: str) -> Pattern:
    """Read a pattern of `bash`, `sh` (dash), `ash`, `zsh`, `ksh` (93) or `mksh`.

    `extended`: whether `extglob` (bash) or `extendedglob` (zsh) is on; the others don't ask.
    """
    return _compiled(tuple(pieces), extended, dialect)


@lru_cache(maxsize=512)
def _compiled(pieces: tuple[Piece, ...], extended: bool, dialect: str) -> Pattern:
    return Pattern(read_pattern(list(pieces), extended=extended, dialect=dialect), dialect)


def is_plain(pieces: list[Piece], *, extended: bool = False, dialect: str = "bash") -> bool:
    """Say whether the pattern stands for one text only, with nothing to match or to glob."""
    if dialect == "zsh" and pieces == [("[", False)]:
        return True  # the command of that name, which zsh lets pass
    try:
        return compile_pattern(pieces, extended=extended, dialect=dialect).text is not None
    except Unsupported:
        return False


def contains_literal(pieces: list[Piece]) -> str | None:
    """Give the text of `*text*`, which a value may be known to contain without being known."""
    try:
        nodes = read_pattern(pieces, extended=True, dialect="bash")
    except Unsupported:
        return None
    if len(nodes) < 3 or nodes[0] != Star() or nodes[-1] != Star():  # noqa: PLR2004
        return None
    return _literal(nodes[1:-1])


class Pattern:
    """A pattern that has been read; `text` is what it stands for if that is one text only."""

    def __init__(self, nodes: Nodes, dialect: str) -> None:
        """Keep the nodes forwards, and backwards for what is anchored at the end."""
        self.nodes = nodes
        self.dialect = dialect
        self.text = _literal(nodes)
        self._backwards = _reversed(nodes)

    def matches(self, text: str) -> bool:
        """Say whether the pattern takes the whole text."""
        if self.text is not None:
            return text == self.text
        run = _Run(text, self.dialect)
        return bool(run.ends(self.nodes, 1) & run.last)

    def prefix(self, text: str, *, longest: bool) -> int | None:
        """Give where the beginning that the pattern takes ends: `text[at:]` is what remains."""
        self._settled()
        run = _Run(text, self.dialect)
        return _edge(run.ends(self.nodes, 1), longest=longest)

    def suffix(self, text: str, *, longest: bool) -> int | None:
        """Give where the end that the pattern takes begins: `text[:at]` is what remains."""
        self._settled()
        run = _Run(text[::-1], self.dialect)
        length = _edge(run.ends(self._backwards, 1), longest=longest)
        return None if length is None else len(text) - length

    def replace(self, text: str, with_: str | Callable[[str], str], where: str) -> str:
        """Put something else for the longest match.

        `where` is `first`, `everywhere`, `prefix` or `suffix`; `with_` may be made of the match.
        """
        made = with_ if callable(with_) else lambda _match: with_
        if where == "prefix":
            spans: _Spans = [(0, self.prefix(text, longest=True))]
        elif where == "suffix":
            spans = [(self.suffix(text, longest=True), len(text))]
        elif not self.nodes and self.dialect == "bash":
            return text
        else:
            spans = self._spans(text, most=1 if where == "first" else None)
        parts, at = [], 0
        for start, end in spans:
            if start is None or end is None:
                return text
            if start == end and not (
                # `${x/#/w}`: what is put before or after anything.
                not self.nodes and self.dialect in {"bash", "zsh"} and where in {"prefix", "suffix"}
            ):
                raise Unsupported("a pattern to replace that matches nothing at all")
            parts += [text[at:start], made(text[start:end])]
            at = end
        return "".join([*parts, text[at:]])

    def _settled(self) -> None:
        """Give up on groups within a text where the shell forgets some of what they take."""
        if has_group(self.nodes, "@*+?!" if self.dialect == "mksh" else "!"):
            raise Unsupported("a group in a pattern of a part of a text")

    def _spans(self, text: str, most: int | None) -> _Spans:
        """Find the longest matches from left to right."""
        self._settled()
        run = _Run(text, self.dialect)
        back = _Run(text[::-1], self.dialect)
        # Where at all a match starts: found at once, so that only those places are tried.
        starts = _mirrored(back.ends(self._backwards, back.all), len(text))
        spans: _Spans = []
        at = 0
        while starts >> at and (most is None or len(spans) < most):
            at += _lowest(starts >> at)
            end = run.ends(self.nodes, 1 << at).bit_length() - 1
            spans.append((at, end))
            if end in {at, len(text)}:
                break
            at = end
        return spans


class _Run:
    """One text that nodes are matched with, and how many steps that has taken."""

    def __init__(self, text: str, dialect: str) -> None:
        self.last = 1 << len(text)
        self.all = (self.last << 1) - 1
        self.steps = 0
        self.text = text
        # These two match bytes, at least now and then.
        self.bytewise = dialect in {"sh", "ash", "mksh"} and not text.isascii()
        self.masks: dict[Bracket | str, int] = {}

    def ends(self, nodes: Nodes, starts: int) -> int:
        """Give the places where the nodes may end that start at one of some places."""
        for node in nodes:
            self.steps += 1 + len(self.text) // _STEP
            if self.steps > MOST_STEPS:
                raise Unsupported("a pattern that takes too long to match")
            if not starts:
                return 0
            starts = self.after(node, starts)
        return starts

    def after(self, node: Character | Any | Star | Bracket | Group, starts: int) -> int:
        if isinstance(node, Character):
            return (starts & self.mask(node.text)) << 1
        if isinstance(node, Star):
            return self.all & ~((starts & -starts) - 1)
        if isinstance(node, Group):
            return self.group(node, starts)
        if self.bytewise:
            raise Unsupported("one character of a text that is not ASCII")
        if isinstance(node, Any):
            return (starts & ~self.last) << 1
        return (starts & self.mask(node)) << 1

    def mask(self, wanted: Bracket | str) -> int:
        """Give the places of the characters that are wanted."""
        if wanted not in self.masks:
            if isinstance(wanted, str):
                taken = {wanted}
            else:
                taken = {character for character in set(self.text) if wanted.takes(character)}
            bits = "".join("1" if character in taken else "0" for character in self.text[::-1])
            self.masks[wanted] = int(bits or "0", 2)
        return self.masks[wanted]

    def group(self, node: Group, starts: int) -> int:
        if node.kind == "!":
            return self.other(node, starts)
        if node.kind in "@?":
            return self.either(node, starts) | (starts if node.kind == "?" else 0)
        reached = starts if node.kind == "*" else 0
        fresh = starts
        while fresh:
            fresh = self.either(node, fresh) & ~reached
            reached |= fresh
        return reached

    def either(self, node: Group, starts: int) -> int:
        ends = 0
        for nodes in node.alternatives:
            ends |= self.ends(nodes, starts)
        return ends

    def other(self, node: Group, starts: int) -> int:
        """Give where `!(..)` ends: anywhere that none of the alternatives does."""
        ends = 0
        while starts:
            start = starts & -starts
            ends |= self.all & ~(start - 1) & ~self.either(node, start)
            starts ^= start
            self.steps += 1
        return ends


def _literal(nodes: Nodes) -> str | None:
    if all(isinstance(node, Character) for node in nodes):
        return "".join(node.text for node in nodes if isinstance(node, Character))
    return None


def _reversed(nodes: Nodes) -> Nodes:
    return tuple(
        Group(node.kind, tuple(map(_reversed, node.alternatives)))
        if isinstance(node, Group)
        else node
        for node in reversed(nodes)
    )


def _edge(places: int, *, longest: bool) -> int | None:
    if not places:
        return None
    return places.bit_length() - 1 if longest else _lowest(places)


def _lowest(places: int) -> int:
    return (places & -places).bit_length() - 1


def _mirrored(places: int, length: int) -> int:
    return int(f"{places:0{length + 1}b}"[::-1], 2)
