r"""A little grammar of patterns, of which `re` and RE2 have one understanding.

It is read into nodes, and written out again for `re` without the letters that the two engines read
differently (`$`, `\s`). Anything else that a pattern may hold is `Unproven`.
"""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Node: TypeAlias = "One | Edge | Group | Chain | Choice | Repeat"

# A set is an integer with a bit for each ASCII character, one for all others, one for the end.
OTHERS = 1 << 128
END = 1 << 129
CHARACTERS = END - 1
ANY = CHARACTERS | END


class Unproven(Exception):  # noqa: N818 - it says what it is
    """No proof was found."""


@record
class One:
    """One character out of a set."""

    characters: int


@record
class Edge:
    """A place between characters; `follows` is what may stand right after it."""

    follows: int
    is_start: bool = False


@record
class Group:
    """A pattern in brackets."""

    child: Node
    captures: bool


@record
class Chain:
    """One after the other."""

    parts: tuple[Node, ...]


@record
class Choice:
    """One of several."""

    branches: tuple[Node, ...]


@record
class Repeat:
    """The same several times; without end if `most` is None."""

    child: Node
    least: int
    most: int | None


def read_pattern(pattern: str) -> tuple[Node, str]:
    """Give a pattern's nodes and its text for `re`, or raise `Unproven`."""
    reader = _Reader(pattern)
    node = reader.choice()
    if reader.at < len(pattern):
        raise Unproven
    return node, "".join(reader.written)


def _span(low: str, high: str) -> int:
    """Give the set of the characters from one to another."""
    return (1 << ord(high) + 1) - (1 << ord(low))


MOST_DEPTH = 10
SPECIAL = frozenset("\\.^$*+?{}[]()|")
COUNTS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
CONTROLS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_DIGITS = _span("0", "9")
CLASSES = {
    "d": ("0-9", _DIGITS),
    "s": (r"\t\n\f\r ", _span("\t", "\n") | _span("\f", "\r") | _span(" ", " ")),
    "w": ("0-9A-Za-z_", _DIGITS | _span("A", "Z") | _span("a", "z") | _span("_", "_")),
}
"""The named classes as members for `re`, and as sets; RE2's `\\s` lacks the vertical tab."""


class _Reader:
    """Reads a pattern into nodes and writes it down again for `re`."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0
        self.written: list[str] = []

    def choice(self) -> Node:
        branches = [self.chain()]
        while self.take("|"):
            self.written.append("|")
            branches.append(self.chain())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def chain(self) -> Node:
        parts = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            parts.append(self.repeat())
        return Chain(tuple(parts))

    def repeat(self) -> Node:
        node = self.one()
        counts = self.counts()
        if counts is None:
            return node
        # Engines differ in what a repeated group holds that matched nothing.
        may_differ = _captures(node) and _may_be_empty(node)
        if isinstance(node, Edge) or may_differ or self.counts() is not None:
            raise Unproven
        return Repeat(node, *counts)

    def one(self) -> Node:
        letter = self.next()
        if letter == "(":
            return self.group()
        if letter == "[":
            return self.character_class()
        if letter == "\\":
            return self.escape()
        if letter == "^":
            return self.write("^", Edge(ANY, is_start=True))
        if letter == "$":
            return self.write(r"\Z", Edge(END))
        if letter == ".":
            return self.write(".", One(CHARACTERS & ~_span("\n", "\n")))
        if letter in SPECIAL:
            raise Unproven
        return self.write_letter(letter)

    def group(self) -> Node:
        captures = not self.take("?:")
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unproven
        self.written.append("(" if captures else "(?:")
        child = self.choice()
        if not self.take(")"):
            raise Unproven
        self.written.append(")")
        self.depth -= 1
        return Group(child, captures)

    def escape(self) -> Node:
        letter = self.next()
        if letter == "b":
            return self.write(r"\b", Edge(ANY))
        if letter.lower() in CLASSES:
            source, characters = CLASSES[letter.lower()]
            return self.write_class(source, characters, is_negated=letter.isupper())
        return self.write_letter(_meant(letter))

    def character_class(self) -> Node:
        is_negated = self.take("^")
        source, characters = "", 0
        while not (source and self.take("]")):
            member, more = self.member()
            source += member
            characters |= more
        return self.write_class(source, characters, is_negated=is_negated)

    def member(self) -> tuple[str, int]:
        """Give one member of a class, as `re` reads it, and as a set."""
        low = self.next()
        if low == "\\":
            name = self.next()
            if name in CLASSES:
                return CLASSES[name]
            low = _meant(name)
        elif low in "[]^" or (low == "-" and not self.is_next("]")):
            raise Unproven
        if self.is_next("-]") or not self.take("-"):
            return _for_re(low), _span(low, low)
        high = self.next()
        if high in "[]\\-^" or low > high:
            raise Unproven
        return f"{_for_re(low)}-{_for_re(high)}", _span(low, high)

    def counts(self) -> tuple[int, int | None] | None:
        """Give how often what was read may repeat, if a repeat is written here."""
        sign = self.pattern[self.at : self.at + 1]
        if sign in COUNTS:
            self.at += 1
            self.written.append(sign)
            return COUNTS[sign]
        if sign != "{":
            return None
        inner, closing, _ = self.pattern[self.at + 1 :].partition("}")
        least, comma, most = inner.partition(",")
        numbers = [least, most] if comma else [least]
        # RE2 takes `{01}` for five characters.
        is_count = all(number.isdecimal() and str(int(number)) == number for number in numbers)
        if not closing or not is_count or int(numbers[0]) > int(numbers[-1]):
            raise Unproven
        self.at += len(inner) + 2
        self.written.append(f"{{{inner}}}")
        return int(numbers[0]), int(numbers[-1])

    # Reading letters, and writing them.

    def is_next(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def take(self, text: str) -> bool:
        found = self.is_next(text)
        self.at += len(text) * found
        return found

    def next(self) -> str:
        letter = self.pattern[self.at : self.at + 1]
        if not letter or not letter.isascii():
            raise Unproven
        self.at += 1
        return letter

    def write(self, source: str, node: Node) -> Node:
        self.written.append(source)
        return node

    def write_letter(self, letter: str) -> Node:
        return self.write(_for_re(letter), One(_span(letter, letter)))

    def write_class(self, source: str, characters: int, *, is_negated: bool) -> Node:
        if is_negated:
            return self.write(f"[^{source}]", One(CHARACTERS & ~characters))
        return self.write(f"[{source}]", One(characters))


def _meant(letter: str) -> str:
    """Give the character that a letter stands for after a backslash."""
    if letter in CONTROLS:
        return CONTROLS[letter]
    if letter.isalnum():
        raise Unproven
    return letter


def _for_re(letter: str) -> str:
    return letter if letter.isalnum() else f"\\x{ord(letter):02x}"


def _may_be_empty(node: Node) -> bool:
    match node:
        case One():
            return False
        case Group(child=child):
            return _may_be_empty(child)
        case Chain(parts=parts):
            return all(map(_may_be_empty, parts))
        case Choice(branches=branches):
            return any(map(_may_be_empty, branches))
        case Repeat(child=child, least=least):
            return not least or _may_be_empty(child)
        case _:
            return True


def _captures(node: Node) -> bool:
    match node:
        case Group(child=child, captures=captures):
            return captures or _captures(child)
        case Chain(parts=nodes) | Choice(branches=nodes):
            return any(map(_captures, nodes))
        case Repeat(child=child):
            return _captures(child)
        case _:
            return False
