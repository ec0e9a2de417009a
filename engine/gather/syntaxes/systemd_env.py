"""environment.d files, as systemd's generator for user managers reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._expansions import expanded
from engine.gather.syntaxes._statements import export, unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_BLANK, _NEWLINE = " \t\n\r", "\n\r"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_LINE_END = re.compile(r"[\n\r]")
_ESCAPED_IN_QUOTES = '"\\`$'


def read_systemd_env(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the settings of a file; lines that systemd ignores are left out.

    `$X`, `${X}`, `${X:-default}` and `${X:+other}` are replaced even in quotes, after the quotes
    are gone. `export X=1` is no setting.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [unclear(line, "it holds bytes that are not UTF-8, which systemd stumbles over")]
    if "\0" in text:
        return []  # the whole file is passed over
    script: Script = []
    for setting in settings(text):
        is_setting = _NAME.match(setting.name) is not None and setting.value is not None
        if not is_setting and (setting.is_one_line or not setting.is_doubtful):
            continue
        if setting.is_doubtful:
            why = "versions of systemd disagree whether the comment above goes on here"
            # Behind a comment that goes on, further lines may be settings of their own.
            names = (setting.name,) if setting.is_one_line else ()
            script.append(unclear(setting.line, why, *names))
        else:
            script.append(export(setting.line, setting.name, expanded(setting.value or "")))
    return script


SYSTEMD_ENV = Syntax("systemd-env", read_systemd_env)


class Setting:
    """What stands around one `=`; to have no value is another thing than an empty one."""

    def __init__(self, line: int, *, is_doubtful: bool) -> None:
        """Take the line, and whether a comment may still go on there."""
        self.line = line
        self.is_doubtful = is_doubtful
        self.is_one_line = True
        self.name = ""
        self.value: str | None = None
        self.end = 0

    def add(self, piece: str) -> None:
        """Add a piece to the value, which is there from now on."""
        self.value = (self.value or "") + piece


def settings(text: str) -> Iterator[Setting]:
    """Give what stands around each `=`, whatever the name."""
    line, position, is_doubtful = 1, 0, False
    while position < len(text):
        character = text[position]
        if character in _BLANK:
            line += character in _NEWLINE
            position += 1
        elif character in "#;":
            position, line, is_doubtful = _comment(text, position, line)
            continue  # without forgetting the doubt
        else:
            setting = Setting(line, is_doubtful=is_doubtful)
            stop = _end_of_line(text, position)
            equals = text.find("=", position + 1, stop)
            if equals < 0:
                is_doubtful = is_doubtful and text[position:stop].endswith("\\")
                position = stop
                continue
            setting.name = text[position:equals].rstrip(_BLANK)
            position = _value(text, equals + 1, setting)
            lines = sum(text.count(end, equals, position) for end in _NEWLINE)
            setting.is_one_line = not lines
            line += lines
            is_doubtful = False
            yield setting


def _comment(text: str, position: int, line: int) -> tuple[int, int, bool]:
    """Pass over a comment; a backslash at its end makes the next line doubtful."""
    stop = _end_of_line(text, position)
    return stop, line, text[position:stop].endswith("\\")


def _end_of_line(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return found.start() if found else len(text)


def _value(text: str, position: int, setting: Setting) -> int:
    """Read a value and give where it ends: quotes, a backslash, then whatever else as it is."""
    while position < len(text):
        character = text[position]
        if character in _NEWLINE:
            return position
        if character == "'":
            stop = text.find("'", position + 1)
            stop = len(text) if stop < 0 else stop
            if stop > position + 1:
                setting.add(text[position + 1 : stop])
            position = stop + 1
        elif character == '"':
            position = _double_quoted(text, position + 1, setting)
        elif character in _BLANK:
            position += 1
        else:
            return _bare(text, position, setting)
    return min(position, len(text))


def _double_quoted(text: str, position: int, setting: Setting) -> int:
    pieces: list[str] = []
    while position < len(text) and text[position] != '"':
        character = text[position]
        if character == "\\":
            position += 1
            escaped = text[position : position + 1]
            keeps = escaped and escaped not in _ESCAPED_IN_QUOTES
            character = "" if escaped == "\n" else "\\" + escaped if keeps else escaped
        pieces += [character] if character else []
        position += 1
    if pieces:
        setting.add("".join(pieces))
    return min(position + 1, len(text))


def _bare(text: str, position: int, setting: Setting) -> int:
    """Read the rest of a line, where quotes are nothing special; blanks at its end are dropped."""
    pieces: list[str] = []
    kept = 0
    while position < len(text) and text[position] not in _NEWLINE:
        character = text[position]
        if character == "\\":
            position += 1
            if position < len(text) and text[position] not in _NEWLINE:
                pieces.append(text[position])
            kept = len(pieces)
        else:
            pieces.append(character)
            if character not in _BLANK:
                kept = len(pieces)
        position += 1
    if pieces:
        setting.add("".join(pieces[:kept]))
    return min(position, len(text))
