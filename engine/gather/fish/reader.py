"""A fish file, from its bytes to a script."""

from __future__ import annotations

from typing import Any

from engine.gather.fish.errors import FishError, TooDeep
from engine.gather.fish.parser import Parser
from engine.gather.fish.tokens import DEEPEST


def read_fish(data: bytes) -> list[Any]:
    """Give the script of fish source; that of a file with an error is the error alone."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        return Parser(text).whole()
    except FishError as error:
        return [["broken", _line(text, error.offset), error.message]]
    except TooDeep as error:
        detail = f"it nests more than {DEEPEST} levels deep"
        return [["opaque", _line(text, error.offset), detail, None]]


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
