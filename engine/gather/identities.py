"""Short names for the elements of a list, each unique within it."""

from __future__ import annotations


class Identities:
    """The names that are given so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._given: set[str] = set()

    def unique(self, wanted: str, file: str | None = None) -> str:
        """Give the name that is wanted, with the file or a number behind it if it is taken."""
        name = wanted
        if name in self._given and file is not None:
            name = wanted = f"{wanted} ({file})"
        number = 2
        while name in self._given:
            name = f"{wanted} ({number})"
            number += 1
        self._given.add(name)
        return name
