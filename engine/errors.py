"""What can go wrong before anything is judged, as data; the sentence is made in one place."""

from __future__ import annotations

from engine.model.record import record
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.model.place import Place


@record
class Complaint:
    """One thing that is wrong in something a person wrote.

    `what` is lower case, without a full stop, with what the user wrote in backticks; `advice` says
    what to do about it.
    """

    what: str
    place: Place | None = None
    advice: str | None = None

    def __str__(self) -> str:
        """Give `file:line:column: what; advice` on one line, whatever the user wrote."""
        sentence = self.what if self.place is None else f"{self.place}: {self.what}"
        return visible(sentence if self.advice is None else f"{sentence}; {self.advice}")


class EngineError(Exception):
    """Nothing was judged; holds every complaint that could be found at once."""

    def __init__(self, complaints: Iterable[Complaint] | Complaint) -> None:
        """Take one complaint or several; they are shown in the order of their places."""
        found = (complaints,) if isinstance(complaints, Complaint) else tuple(complaints)
        super().__init__(*found)
        self.complaints = tuple(sorted(found, key=_order))

    def __str__(self) -> str:
        """Give one line for each complaint."""
        return "\n".join(str(complaint) for complaint in self.complaints)


class LoadError(EngineError):
    """A pack, rule file, waiver file or configuration cannot be used."""


class FactsError(EngineError):
    """A facts document cannot be used."""


class UsageError(EngineError):
    """A command was asked for something that does not exist."""


class OutputError(EngineError):
    """What was found out could not be written where it was to go."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Give advice that names the closest known word, or None if nothing is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a failing run pays for it

    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


def _order(complaint: Complaint) -> tuple[str, int, int]:
    place = complaint.place
    return ("", 0, 0) if place is None else (place.file, place.line or 0, place.column or 0)
