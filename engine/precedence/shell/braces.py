"""Brace expansion: `{a,b}` and `{1..5}`, before anything else happens to a word."""

from __future__ import annotations

import re

from engine.precedence.shell.unsupported import Unsupported

# A word as written: text and whether it is quoted; what is quoted may be anything, and is kept.
Piece = tuple[str, bool]
# A character that may mean something, or a piece that does not.
_Unit = str | Piece
_Units = list[_Unit]

MOST_WORDS = 4096
_MOST_UNITS = 200_000
_MOST_STEPS = 1_000_000
_DEEPEST = 50
_NUMBERS = re.compile(r"([-+]?[0-9]+)\.\.([-+]?[0-9]+)(?:\.\.([-+]?[0-9]+))?")
_LETTERS = re.compile(r"([a-zA-Z])\.\.([a-zA-Z])(?:\.\.([-+]?[0-9]+))?")
_PADDED = re.compile(r"-?0[0-9]+")


def expand_braces(pieces: list[Piece], dialect: str) -> list[list[Piece]]:
    """Give the words that a word stands for: itself, unless it has braces that are well formed."""
    plain = not any(not quoted and "{" in text for text, quoted in pieces)
    if plain or dialect in {"sh", "ash"}:
        return [pieces]
    units: _Units = []
    for text, quoted in pieces:
        units += [(text, True)] if quoted else list(text)
    if dialect != "bash" and "," not in units:
        text = "".join(unit if isinstance(unit, str) else " " for unit in units)
        if dialect == "mksh" or ".." not in text:
            return [pieces]
    words = _Expansion(dialect).expand(units, 0)
    return [_pieces(word) for word in words] if len(words) > 1 or words != [units] else [pieces]


class _Expansion:
    """One word's expansion, which follows bash's own (braces.c) step by step."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.steps = 0

    def expand(self, units: _Units, depth: int) -> list[_Units]:
        if depth > _DEEPEST:
            raise Unsupported("braces in braces in braces")
        done: list[_Units] = [[]]
        while True:
            found = self.opening(units)
            self.agreed(units[: found[0]] if found else units)
            if found is None:
                return self.each(done, [units])
            start, end = found
            inside, rest = units[start + 1 : end], units[end + 1 :]
            words = self.words(inside, depth)
            if words is None:
                self.agreed(["{", "}"])
                words = [["{", *inside, "}"]]
            done = self.each(done, [[*units[:start], *word] for word in words])
            units = rest

    def words(self, inside: _Units, depth: int) -> list[_Units] | None:
        """Expand what stands between two braces."""
        if "," not in inside:
            return self.sequence(inside)
        words: list[_Units] = []
        at = 0
        while at <= len(inside):
            end = self.gobble(inside, at, ",")
            words += self.expand(inside[at:end], depth + 1)
            self.bounded(words)
            at = end + 1
        return words

    def sequence(self, inside: _Units) -> list[_Units] | None:
        if not all(isinstance(unit, str) for unit in inside) or self.dialect == "mksh":
            return None
        text = "".join(unit for unit in inside if isinstance(unit, str))
        if match := _LETTERS.fullmatch(text):
            if self.dialect == "zsh" and match[3]:
                raise Unsupported(f"`{{{text}}}` in zsh")
            if match[1].islower() != match[2].islower():
                raise Unsupported(f"`{{{text}}}`, letters of two cases")
            return [[chr(code)] for code in self.span(ord(match[1]), ord(match[2]), match[3])]
        if match := _NUMBERS.fullmatch(text):
            ends = match[1], match[2]
            padded = any(_PADDED.fullmatch(end) for end in ends)
            width = max(map(len, ends)) if padded else 0
            values = self.span(int(match[1]), int(match[2]), match[3])
            return [list(f"{value:0{width}d}") for value in values]
        if ".." in text and self.dialect != "bash":
            raise Unsupported(f"`{{{text}}}` in {self.dialect}")
        return None

    def span(self, first: int, last: int, step: str | None) -> range:
        stride = abs(int(step or "1")) or 1
        if step and self.dialect != "bash" and ((int(step) < 0) or int(step) == 0):
            raise Unsupported(f"a step of {step} between braces in {self.dialect}")
        if max(abs(first), abs(last), stride) >= 1 << 62:
            raise Unsupported("numbers between braces that are too large")
        if abs(last - first) // stride >= MOST_WORDS:
            raise Unsupported(f"braces that stand for more than {MOST_WORDS} words")
        return range(first, last + 1, stride) if first <= last else range(first, last - 1, -stride)

    def opening(self, units: _Units) -> tuple[int, int] | None:
        """Find the first brace that is well formed, and where it closes."""
        at = 0
        while (start := self.gobble(units, at, "{")) < len(units):
            if (end := self.gobble(units, start + 1, "}")) < len(units):
                return start, end
            at = start + 1
        return None

    def gobble(self, units: _Units, at: int, wanted: str) -> int:
        """Find the wanted character outside of inner braces; `}` counts after `,` or `..` only."""
        level = 0
        enough = wanted != "}"
        start = at
        while at < len(units):
            unit = units[at]
            if unit == wanted and not level and enough:
                if wanted != "{" or at or units[1:2] != ["}"]:
                    break
                at += 1
                continue
            if unit == "{":
                level += 1
            elif unit == "}" and level:
                level -= 1
            elif wanted == "}" and not level and unit == ",":
                enough = True
            elif wanted == "}" and not level and units[at : at + 2] == [".", "."]:
                enough = enough or units[at + 2 : at + 3] != ["}"]
            at += 1
        self.steps += at - start + 1
        if self.steps > _MOST_STEPS:
            raise Unsupported("a word of too many braces")
        return at

    def each(self, before: list[_Units], after: list[_Units]) -> list[_Units]:
        """Put every word after every other."""
        if len(before) * len(after) > MOST_WORDS:
            raise Unsupported(f"braces that stand for more than {MOST_WORDS} words")
        longest = max(map(len, before)) + max(map(len, after))
        if len(before) * len(after) * longest > _MOST_UNITS:
            raise Unsupported("braces that stand for too much text")
        return [[*left, *right] for left in before for right in after]

    def agreed(self, kept: _Units) -> None:
        """Give up on braces that bash keeps: others take some of them for an expansion."""
        if self.dialect != "bash" and ("{" in kept or "}" in kept):
            raise Unsupported(f"a brace of {self.dialect} that is not well formed")

    def bounded(self, words: list[_Units]) -> None:
        if len(words) > MOST_WORDS:
            raise Unsupported(f"braces that stand for more than {MOST_WORDS} words")


def _pieces(units: _Units) -> list[Piece]:
    """Put characters together again."""
    pieces: list[Piece] = []
    for unit in units:
        if not isinstance(unit, str):
            pieces.append(unit)
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + unit, False)
        else:
            pieces.append((unit, False))
    return pieces
