"""Statements one after the other, some bound to the one before by `and` or `or`."""

from __future__ import annotations

from typing import Any

LONGEST_CHAIN = 16
"""More `and` and `or` in a row begin anew, since the exit status is handed on all the same."""


class Sequence:
    """Puts statements together."""

    def __init__(self) -> None:
        """Start with none."""
        self.statements: list[list[Any]] = []
        self._chain = 0

    def add(self, how: str | None, line: int, statement: list[Any]) -> None:
        """Add a statement that is run always, or after success (`and`) or failure (`or`)."""
        if how is None:
            self.statements.append(statement)
            self._chain = 0
            return
        self._chain += 1
        if self.statements and self._chain % LONGEST_CHAIN:
            left = self.statements.pop()
            self.statements.append([how, left[1], left, statement])
        else:
            # Nothing before it in these statements: the status is whatever it was.
            self.statements.append([how, line, ["block", line, []], statement])
