"""The few statements that files of settings come to, whatever their syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from engine.gather.syntaxes._base import Script

Word: TypeAlias = list[Any]


def export(line: int, name: str, word: Word) -> Script:
    """Set a variable that every program sees."""
    return ["decl", line, "export", [[name, "=", word, None]]]


def literal(text: str) -> Word:
    """Give a text in which nothing is special."""
    return [["q", text]] if text else []


def said(line: int, *texts: str) -> Script:
    """Give texts that a line says, for whoever knows what they mean."""
    return ["cmd", line, [], [[["q", text]] for text in texts], []]


def unclear(line: int, why: str, *names: str) -> Script:
    """Say that some variables, or all of them, are not known from here on."""
    return ["opaque", line, why, list(names) or None]
