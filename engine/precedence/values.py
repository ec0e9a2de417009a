"""Texts of which a part may be a secret, or not known at all."""

from __future__ import annotations

from engine.model.facts import Absent, Redacted
from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from engine.precedence.state import Place

    Atom: TypeAlias = "str | tuple[str, str] | Hole"
    Text: TypeAlias = "str | Mixed"


@record
class Hole:
    """A stretch of text that is not known: why, where that was decided, and whether it is empty."""

    cause: str
    detail: str = ""
    place: Place | None = None
    is_some: bool = False
    """Whether it is known to hold at least one character."""
    is_line: bool = False
    """Whether it is known to hold no newline."""
    tool: int | None = None
    """The number of the known tool that prints it, among those of the plan."""

    def here(self, place: Place, why: str = "") -> Hole:
        """Give the hole as the reason for another: it keeps the place where it came from."""
        if self.place is not None:
            return Hole(self.cause, self.detail, self.place)
        return Hole(self.cause, f"{why}: {self.detail}" if why else self.detail, place)

    def absent(self) -> Absent:
        """Give what stands in the facts for a value with this hole."""
        if self.place is None:
            return Absent(self.cause, self.detail)
        where = self.place.text()
        is_told = not where or (self.place.file is not None and where in self.detail)
        return Absent(self.cause, self.detail if is_told else f"{self.detail} ({where})")


@record
class Mixed:
    """A text with a secret or a hole in it."""

    atoms: tuple[Atom, ...]


def text_of(value: str | Redacted) -> Text:
    """Give a text of the facts document as a value."""
    return join_atoms(value.atoms) if isinstance(value, Redacted) else value


def unknown(cause: str, detail: str, place: Place | None = None, *, is_some: bool = False) -> Mixed:
    """Give a text of which nothing is known."""
    return Mixed((Hole(cause, detail, place, is_some),))


def unknown_as(hole: Hole) -> Mixed:
    """Give the text that is one hole."""
    return Mixed((hole,))


def concat(parts: Iterable[Text]) -> Text:
    """Give texts put one after the other."""
    parts = list(parts)
    if all(part.__class__ is str for part in parts):
        if sum(map(len, parts)) > LONGEST:  # type: ignore[arg-type]
            return _too_long()
        return "".join(parts)  # type: ignore[arg-type]
    return join_atoms(
        atom for part in parts for atom in (part.atoms if isinstance(part, Mixed) else (part,))
    )


def join_atoms(atoms: Iterable[Atom]) -> Text:
    """Give the text that atoms make, neighbouring literals as one."""
    joined: list[Atom] = []
    length = 0
    for atom in atoms:
        length += len(atom) if isinstance(atom, str) else _ATOM
        if length > LONGEST:
            return _too_long()
        if isinstance(atom, str):
            if not atom:
                continue
            if joined and isinstance(joined[-1], str):
                joined[-1] += atom
                continue
        joined.append(atom)
    if not joined:
        return ""
    if len(joined) == 1 and isinstance(joined[0], str):
        return joined[0]
    return Mixed(tuple(joined))


LONGEST = 1 << 20
"""How many characters a text may have: no system passes a longer one to a program."""
_ATOM = 1024


def _too_long() -> Mixed:
    return unknown("too_large", f"a text of more than {LONGEST} characters", is_some=True)


def hole_in(text: Text) -> Hole | None:
    """Give the first hole of a text, or None if it is known but for secrets."""
    if isinstance(text, str):
        return None
    return next((atom for atom in text.atoms if isinstance(atom, Hole)), None)


def why_not(text: Text) -> Hole:
    """Say why a text cannot be looked into: its first hole, or that it is a secret.

    As a reason for something else, a hole says nothing of how long that is.
    """
    hole = hole_in(text)
    if hole is None:
        return Hole("redacted", "it holds a secret")
    return (
        Hole(hole.cause, hole.detail, hole.place) if hole.is_some or hole.tool is not None else hole
    )


def why_not_variable(name: str, text: Text) -> Hole:
    """Say why something else is not known that depends on a variable."""
    hole = why_not(text)
    return Hole(hole.cause, f"{name} is not known: {hole.detail}", hole.place)


def hole_about(path: str, absent: Absent, place: Place | None = None) -> Hole:
    """Give why something is not known that depends on a file or folder."""
    return Hole(absent.cause, naming(path, absent.detail), place)


def naming(name: str, detail: str) -> str:
    """Put ahead of a reason what it is about, unless it says so itself."""
    says_so = detail.startswith((f"{name}:", f"{name} ")) or f"`{name}`" in detail
    return detail if says_so else f"`{name}`: {detail}"


def is_empty(text: Text) -> bool | None:
    """Say whether a text is empty; None where that depends on a hole."""
    if isinstance(text, str):
        return not text
    for atom in text.atoms:
        if not isinstance(atom, Hole) or atom.is_some:
            return False
    return None


def could_be(text: Mixed, other: str) -> bool:
    """Say whether a text with holes may be a given one, by what it begins and ends with."""
    first, last = text.atoms[0], text.atoms[-1]
    if isinstance(first, str) and not other.startswith(first):
        return False
    if isinstance(last, str) and not other.endswith(last):
        return False
    least = sum(len(atom) for atom in text.atoms if isinstance(atom, str))
    return len(other) >= least


def first_line(text: Text) -> tuple[Text, str, Text] | None:
    """Give a text's first line, its newline and the rest; None if a hole may hold a newline."""
    if isinstance(text, str):
        return text.partition("\n")
    line: list[Atom] = []
    for number, atom in enumerate(text.atoms):
        if isinstance(atom, str):
            before, newline, after = atom.partition("\n")
            line.append(before)
            if newline:
                return join_atoms(line), newline, join_atoms((after, *text.atoms[number + 1 :]))
        elif isinstance(atom, Hole) and not atom.is_line:
            return None
        else:
            line.append(atom)
    return join_atoms(line), "", ""


def literals(text: Text) -> list[str]:
    """Give the literal stretches of a text."""
    return [text] if isinstance(text, str) else [a for a in text.atoms if isinstance(a, str)]


def split_text(text: Text, separator: str) -> list[Text]:
    """Give the parts between separators; a hole stays within one part, whatever it may hold."""
    if isinstance(text, str):
        return list(text.split(separator))
    parts: list[list[Atom]] = [[]]
    for atom in text.atoms:
        if not isinstance(atom, str):
            parts[-1].append(atom)
            continue
        first, *others = atom.split(separator)
        parts[-1].append(first)
        parts += [[other] for other in others]
    return [join_atoms(part) for part in parts]


def as_fact(text: Text) -> str | Redacted | Absent:
    """Give a text as rules see it."""
    if isinstance(text, str):
        return text
    hole = hole_in(text)
    return hole.absent() if hole is not None else Redacted(text.atoms)  # type: ignore[arg-type]
