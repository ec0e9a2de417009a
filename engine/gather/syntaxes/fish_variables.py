"""The file in which fish keeps its universal variables, as the statements that fish makes of it.

An inherited variable hides a universal one of its name, and `fish_user_paths` goes to the front of
PATH.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.syntaxes._base import Syntax

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_LINE = re.compile(
    r"(?P<word>SETUVAR|SET_EXPORT|SET) (?P<flags>(?:--(?:export|path) )*)"
    r"(?P<name>\w+):(?P<value>.*)"
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_SEPARATOR, _EMPTY = "\x1e", "\x1d"


def read_fish_variables(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the statements that have the effect of the variables."""
    script: Script = []
    for number, line in enumerate(content.decode("utf-8", "surrogateescape").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            script.append(["opaque", number, "a line that is no universal variable", None])
            continue
        values = _values(found["value"])
        is_exported = "--export" in found["flags"] or found["word"] == "SET_EXPORT"
        options = ["-gx" if is_exported else "-g"] + ["--path"] * ("--path" in found["flags"])
        words = [[option] for option in options] + [[found["name"]]]
        set_it = _command(number, "set", *words, *([["q", value]] for value in values))
        is_set = _command(number, "set", ["-q"], [found["name"]])
        script.append(["or", number, is_set, set_it])
        if found["name"] == "fish_user_paths":
            script += [_in_front(number, folder) for folder in _folders(values)]
    return script


def _in_front(line: int, folder: str) -> Any:
    """Put a folder in front of PATH; one that is in it already moves, which is left unclear."""
    contains = _command(line, "contains", ["--"], [["q", folder]], [["var", "PATH"]])
    moved = ["opaque", line, "fish moves what is in PATH already", ["PATH"]]
    added = _command(line, "set", ["-gx"], ["PATH"], [["q", folder]], [["var", "PATH"]])
    return ["if", line, [[[contains], [moved]]], [added]]


def _folders(values: list[str]) -> list[str]:
    """Give the folders of all values, each once, the last of them first."""
    folders = dict.fromkeys(folder for value in values for folder in value.split(":"))
    return list(folders)[::-1]


def _values(text: str) -> list[str]:
    plain = _ESCAPE.sub(_letter, text)
    return [] if plain == _EMPTY else plain.split(_SEPARATOR)


def _letter(found: re.Match[str]) -> str:
    number = int(next(group for group in found.groups() if group), 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last character


def _command(line: int, name: str, *words: list[Any]) -> Any:
    return ["cmd", line, [], [[name], *words], []]


FISH_VARIABLES = Syntax("fish-variables", read_fish_variables)
