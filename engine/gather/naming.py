"""Ids for the elements of a list: what a person would say, and no two alike."""

from __future__ import annotations


class Names:
    """Gives each element an id of its own."""

    def __init__(self) -> None:
        """Start with none."""
        self._given: set[str] = set()

    def unique(self, name: str) -> str:
        """Give a name as it is, or with a number behind it where an element has it already."""
        made, count = name, 1
        while made in self._given:
            count += 1
            made = f"{name} ({count})"
        self._given.add(made)
        return made
