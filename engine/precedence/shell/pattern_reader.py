"""Reads shell patterns into nodes that `patterns` matches."""

from __future__ import annotations

import re
import string

from engine.model.record import record
from engine.precedence.shell.unsupported import Unsupported

# What a pattern is made of: text, and whether it is quoted and so stands for itself.
Piece = tuple[str, bool]
Nodes = tuple["Character | Any | Star | Bracket | Group", ...]

LONGEST = 10_000
DEEPEST = 30
_CLASSES = {
    "alpha": string.ascii_letters,
    "digit": string.digits,
    "alnum": string.ascii_letters + string.digits,
    "upper": string.ascii_uppercase,
    "lower": string.ascii_lowercase,
    "space": " \t\n\r\f\v",
    "blank": " \t",
    "punct": string.punctuation,
    "graph": string.ascii_letters + string.digits + string.punctuation,
    "print": string.ascii_letters + string.digits + string.punctuation + " ",
    "cntrl": "".join(map(chr, [*range(32), 127])),
    "xdigit": string.hexdigits,
}
_ZSH_RANGE = re.compile(r"<\d*-\d*>")
_ZSH_EXTENDED = "#^~"


@record
class Character:
    """One character that stands for itself."""

    text: str


@record
class Any:
    """`?`: any one character."""


@record
class Star:
    """`*`: any text, also none."""


@record
class Bracket:
    """`[a-z[:digit:]]`: one character of some, or of all others."""

    negated: bool
    ranges: tuple[tuple[str, str], ...]
    classes: tuple[str, ...]

    def takes(self, character: str) -> bool:
        """Say whether the character is one of those meant."""
        if self.classes and not character.isascii():
            raise Unsupported(f"whether `{character}` is in [:{self.classes[0]}:]")
        listed = any(low <= character <= high for low, high in self.ranges) or any(
            character in _CLASSES[name] for name in self.classes
        )
        return listed != self.negated


@record
class Group:
    """`@(a|b)` and its kin; `kind` is one of `@*+?!`."""

    kind: str
    alternatives: tuple[Nodes, ...]


def read_pattern(pieces: list[Piece], *, extended: bool, dialect: str) -> Nodes:
    """Read a pattern as the shell of the dialect does."""
    return _Reader(pieces, extended=extended, dialect=dialect).read()


def has_group(nodes: Nodes, kinds: str) -> bool:
    """Say whether there is a group of one of the kinds."""
    return any(
        isinstance(node, Group)
        and (node.kind in kinds or any(has_group(inner, kinds) for inner in node.alternatives))
        for node in nodes
    )


class _Reader:
    """One pass over the characters of a pattern."""

    def __init__(self, pieces: list[Piece], *, extended: bool, dialect: str) -> None:
        self.text = "".join(text for text, _ in pieces)
        self.quoted = [quoted for text, quoted in pieces for _ in text]
        self.has_quoted = any(quoted for _, quoted in pieces)
        self.at = 0
        self.dialect = dialect
        self.groups = {"bash": extended, "ksh": True, "mksh": True}.get(dialect, False)
        self.zsh_extended = extended and dialect == "zsh"
        if len(self.text) > LONGEST:
            raise Unsupported(f"a pattern of more than {LONGEST} characters")
        self.last_bracket = max(
            (i for i, c in enumerate(self.text) if c == "]" and not self.quoted[i]), default=-1
        )

    def read(self) -> Nodes:
        return self.sequence(0)

    def sequence(self, depth: int) -> Nodes:
        """Read up to the end, or within a group up to its `|` or `)`."""
        if depth > DEEPEST:
            raise Unsupported("a pattern of groups in groups in groups")
        nodes: list[Character | Any | Star | Bracket | Group] = []
        while self.at < len(self.text):
            if depth and self.active("|)"):
                break
            self.refuse()
            if (kind := self.opens_group()) is not None:
                nodes.append(self.group(kind, depth))
            elif self.active("*"):
                if not (nodes and nodes[-1] == Star()):
                    nodes.append(Star())
                self.at += 1
            elif self.active("?"):
                nodes.append(Any())
                self.at += 1
            elif self.active("[") and (bracket := self.bracket(depth)):
                nodes.append(bracket)
            else:
                self.escape()
                nodes.append(Character(self.text[self.at]))
                self.at += 1
        return tuple(nodes)

    def active(self, characters: str, ahead: int = 0) -> bool:
        at = self.at + ahead
        return at < len(self.text) and self.text[at] in characters and not self.quoted[at]

    def escape(self) -> None:
        """Step over a backslash that an expansion brought along."""
        if self.active("\\") and self.dialect != "mksh":
            if self.at + 1 == len(self.text):
                raise Unsupported("a pattern that ends in a backslash")
            self.at += 1

    def refuse(self) -> None:
        """Give up where the dialect has an operator of its own."""
        shown = self.text[self.at]
        if self.dialect == "zsh":
            odd = self.active("\\|)") or (self.zsh_extended and self.active(_ZSH_EXTENDED))
            odd = odd or (self.active("<") and _ZSH_RANGE.match(self.text, self.at) is not None)
            odd = odd or (self.active("(") and self.active(_ZSH_EXTENDED, 1))
        elif self.dialect == "ksh":
            odd = self.active("()|&") or (self.active("~%{-") and self.active("({", 1))
            odd = odd or (self.active("}-") and self.active("(", 1))
        else:
            odd = False
        if odd:
            raise Unsupported(f"`{shown}` in a pattern of {self.dialect}")

    def opens_group(self) -> str | None:
        if self.dialect == "zsh":
            return "@" if self.active("(") else None
        if self.groups and self.active("@*+?!") and self.active("(", 1):
            return self.text[self.at]
        return None

    def group(self, kind: str, depth: int) -> Group:
        self.at += 1 if self.dialect == "zsh" else 2
        alternatives = [self.sequence(depth + 1)]
        while self.active("|"):
            self.at += 1
            alternatives.append(self.sequence(depth + 1))
        if not self.active(")"):
            raise Unsupported("a group in a pattern that is not closed")
        if self.dialect == "mksh" and self.has_quoted:
            raise Unsupported("a group in a pattern of mksh of which a part is quoted")
        self.at += 1
        return Group(kind, tuple(alternatives))

    def bracket(self, depth: int) -> Bracket | None:
        """Read `[..]`, or give None where it is not closed and `[` stands for itself."""
        start = self.at
        if self.last_bracket > start and (read := self.members()) is not None:
            return read
        if depth or self.dialect == "zsh":
            raise Unsupported("a `[` in a pattern that is not closed")
        self.at = start
        return None

    def members(self) -> Bracket | None:
        self.at += 1
        if self.dialect == "ash" and self.active("^"):
            raise Unsupported("`[^` in a pattern of ash")
        negated = self.active("!" if self.dialect in {"sh", "mksh"} else "!^")
        self.at += negated
        ranges: list[tuple[str, str]] = []
        classes: list[str] = []
        first = True
        while self.at < len(self.text):
            if self.active("]") and not first:
                self.at += 1
                return Bracket(negated, tuple(ranges), tuple(classes))
            if self.active("]") and negated and self.dialect == "ksh":
                raise Unsupported("`[!]` in a pattern of ksh")
            if self.active("[") and self.active(":=.", 1):
                classes.append(self.named_class())
            else:
                ranges.append(self.member())
            first = False
        return None

    def member(self) -> tuple[str, str]:
        low = self.one()
        if not self.active("-") or self.at + 1 >= len(self.text) or self.active("]", 1):
            return low, low
        self.at += 1
        if self.active("[") and self.active(":=.", 1):
            raise Unsupported("a range in a pattern that ends in a class")
        high = self.one()
        if self.dialect == "ksh" and (high < low or (self.active("-") and not self.active("]", 1))):
            raise Unsupported(f"the range `{low}-{high}` in a pattern of ksh")
        return low, high

    def one(self) -> str:
        if self.dialect == "zsh" and self.active("\\"):
            raise Unsupported("`\\` in a pattern of zsh")
        self.escape()
        self.at += 1
        return self.text[self.at - 1]

    def named_class(self) -> str:
        end = self.text.find(":]", self.at + 2)
        name = self.text[self.at + 2 : end]
        if end < 0 or not self.active(":", 1) or name not in _CLASSES:
            raise Unsupported("a class of characters in a pattern that is not among the usual")
        if any(self.quoted[self.at : end + 2]):
            raise Unsupported("a class of characters in a pattern that is partly quoted")
        self.at = end + 2
        return name
