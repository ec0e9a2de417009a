"""Texts: patterns, globs, and how they start and end."""

from __future__ import annotations

from engine.operators._base import Fast, Kind, Unfit, operator
from engine.operators._kinds import TEXT, UNFIT
from engine.operators.patterns import BadPattern, Pattern, compile_glob, compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.model.json_value import Json
    from engine.operators._base import Answer


def _reader(compile_text: Callable[[str], Pattern]) -> Callable[[Json, str], Pattern | Unfit]:
    def read(value: Json, _form: str) -> Pattern | Unfit:
        if type(value) is not str:
            return UNFIT
        try:
            return compile_text(value)
        except BadPattern as error:
            return Unfit("parse_error", str(error))

    return read


PATTERN = Kind("a pattern", ("string",), _reader(compile_pattern))
GLOB = Kind("a glob", ("string",), _reader(compile_glob))
FOUND = (Fast(str, Pattern, "e.find(a) is not None"),)


@operator("matches", actual=TEXT, expected=PATTERN, fast=FOUND)
def matches(actual: str, expected: Pattern) -> Answer:
    """The pattern is found somewhere in the text; anchor it with `^` and `$`."""
    return expected.search(actual)


@operator("glob", actual=TEXT, expected=GLOB, fast=FOUND)
def glob(actual: str, expected: Pattern) -> Answer:
    """The whole text fits the glob: `*` and `?` stop at `/`, `**` does not."""
    return expected.search(actual)


@operator("starts_with", actual=TEXT, expected=TEXT, fast=(Fast(str, str, "a.startswith(e)"),))
def starts_with(actual: str, expected: str) -> Answer:
    """The text starts with the expected text; use `inside` for paths."""
    return actual.startswith(expected)


@operator("ends_with", actual=TEXT, expected=TEXT, fast=(Fast(str, str, "a.endswith(e)"),))
def ends_with(actual: str, expected: str) -> Answer:
    """The text ends with the expected text."""
    return actual.endswith(expected)
