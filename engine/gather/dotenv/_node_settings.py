"""Where node's own reader of `.env` files sees settings, before and since it was mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = " \t\n"
_QUOTES = "'\"`"
_TIMES = 100


@record
class Setting:
    """One setting, and where it begins."""

    position: int
    name: str
    value: str


def settings(text: str) -> Iterator[Setting | None]:
    """Give the settings of a text; None at the end where only newer versions see a section."""
    end = len(text.rstrip(_BLANKS))
    position = _after_blanks(text, 0)
    while position < end:
        if text[position] in "\n#":
            position = _next_line(text, position)
            continue
        if text[position] == "[" and text.find("]", position, end) >= 0:
            yield None
            return
        start, line_end = position, _line_end(text, position, end)
        equals = text.find("=", position, line_end)
        if equals < 0:
            position = _after_blanks(text, line_end)
            continue
        name = text[position:equals].strip(_BLANKS)
        position = equals + 1
        if position >= end or text[position] == "\n":
            yield Setting(start, name, "")
            continue
        position = _after_blanks(text, position)
        if not name:
            continue
        if name.startswith("export "):
            name = name[len("export ") :].strip(_BLANKS)
        value, position = _value(text, position, end)
        yield Setting(start, name, value)


def settings_before(text: str, *, again: bool) -> Iterator[Setting | None]:
    """Give the settings that older versions saw; None at the end where we gave up.

    A name begins where the last value ended, on whatever line. In 22.12 what a last line without
    an end sets was not looked at for comments, and was looked at `again` as a whole.
    """
    end = len(text.rstrip(" "))
    position = len(text) - len(text.lstrip(" "))
    times = 0
    while times <= _TIMES:
        start = _after_comments(text, position, end)
        equals = text.find("=", start, end)
        name = text[start:equals].strip(" ") if equals >= 0 else ""
        if not name:
            if equals > start:
                yield None  # they read what lies before the blanks
            return
        position = equals + 1
        while position < end and text[position] == " ":
            position += 1
        value, go_on = _value_before(text, position, end, again=again)
        if value is not None:
            yield Setting(start, name.removeprefix("export "), value)
        if go_on < 0:
            is_quoted = position < end and text[position] in _QUOTES
            if is_quoted and text[position - 1] == " " and "=" in text[position:end]:
                yield None  # they go on at the blank
            return
        times += go_on == position
        position = go_on
    yield None


def _after_comments(text: str, position: int, end: int) -> int:
    while position < end and text[position] in "\n#":
        line_end = text.find("\n", position, end)
        if line_end < 0:
            break
        position = line_end + 1
    return position


def _value_before(text: str, position: int, end: int, *, again: bool) -> tuple[str | None, int]:
    """Give a value, if it counts, and where the text goes on; less than 0 if it does not."""
    line_end = text.find("\n", position, end)
    if position < end and text[position] in _QUOTES:
        close = text.find(text[position], position + 1, end)
        if close >= 0:
            value = _unquoted(text[position + 1 : close], text[position])
            return value, text.find("\n", close + 1, end)
        return (text[position:line_end], line_end) if line_end >= 0 else (None, position)
    if line_end < 0 and again:
        return text[position:end], position
    value = text[position : end if line_end < 0 else line_end]
    return value.partition("#")[0].strip(" "), line_end


def _value(text: str, position: int, end: int) -> tuple[str, int]:
    """Give a value and where the text goes on."""
    line_end = _line_end(text, position, end)
    quote = text[position]
    if quote not in _QUOTES:
        value = text[position:line_end].partition("#")[0].strip(_BLANKS)
        return value, _after_blanks(text, line_end)
    close = text.find(quote, position + 1, end)
    if close < 0:
        return text[position:line_end], _after_blanks(text, line_end)
    return _unquoted(text[position + 1 : close], quote), _next_line(text, close + 1)


def _unquoted(value: str, quote: str) -> str:
    return value.replace("\\n", "\n") if quote == '"' else value


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position


def _line_end(text: str, position: int, end: int) -> int:
    found = text.find("\n", position, end)
    return end if found < 0 else found


def _next_line(text: str, position: int) -> int:
    return _line_end(text, position, len(text)) + 1
