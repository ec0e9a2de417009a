"""Ways to complain: at once, or after everything else has been looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from engine.errors import Complaint, LoadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import NoReturn, ParamSpec

    from engine.model.place import Place

    P = ParamSpec("P")

T = TypeVar("T")
S = TypeVar("S")


def refuse(what: str, place: Place, advice: str | None = None) -> NoReturn:
    """Give up on what is being read, with one complaint."""
    raise LoadError(Complaint(what, place, advice))


class Attempts:
    """Several readings of which each may fail, so that one mistake does not hide the next.

    What a failed attempt gives back must not be used; `settle` raises before anyone can.
    """

    def __init__(self) -> None:
        """Start without a complaint."""
        self._complaints: list[Complaint] = []

    def __call__(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Give what a function reads, or keep its complaints for later."""
        try:
            return read(*args, **kwargs)
        except LoadError as error:
            self._complaints += error.complaints
            return cast("T", None)

    def settle(self) -> None:
        """Raise every complaint so far, if there is any."""
        if self._complaints:
            # One mistake in a shared (anchored) part is met once for each use.
            raise LoadError(dict.fromkeys(self._complaints))


def each(read: Callable[[S], T], items: Iterable[S]) -> tuple[T, ...]:
    """Read all items, or raise the complaints about all of them."""
    attempts = Attempts()
    made = tuple([attempts(read, item) for item in items])
    attempts.settle()
    return made
