"""What fish holds against commands that it has already taken apart."""

from __future__ import annotations

from typing import Any

from engine.gather.fish.errors import FishError

HEADS = frozenset(("command", "builtin", "exec"))
_NOT_IN_A_PIPE = frozenset(("break", "case", "continue", "return"))
_NOT_AFTER_A_PIPE = frozenset(("and", "or"))
BUILTINS = frozenset(
    """
    ! . : [ _ abbr and argparse begin bg bind block break breakpoint builtin case cd command
    commandline complete contains continue count disown echo else emit end eval exec exit false fg
    fish_indent fish_key_reader for function functions history if in jobs math not or path printf
    pwd random read realpath return set set_color source status string switch test time true type
    ulimit wait while
    """.split()  # noqa: SIM905 - a list of 60 names
)
"""Those of fish 3 and 4."""
_HELP = (["-h"], ["--help"])


def check_pipe(statement: list[Any], offset: int, *, first: bool) -> None:
    """Refuse a command that cannot be part of a pipeline."""
    while statement[0] == "not":
        statement = statement[2]
        first = False
    if statement[0] != "cmd":
        return
    heads, name = _named(statement)
    if "exec" in heads or name == "exec":
        raise FishError(offset, "`exec` cannot be part of a pipeline")
    if name in _NOT_IN_A_PIPE or (name in _NOT_AFTER_A_PIPE and not first):
        raise FishError(offset, f"`{name}` cannot be part of a pipeline")


def is_loop_exit(statement: list[Any]) -> bool:
    """Say whether a command leaves the loop around it."""
    heads, name = _named(statement)
    rest = statement[3][len(heads) + 1 :]
    return name in {"break", "continue"} and not (rest and rest[0] in _HELP)


def _named(statement: list[Any]) -> tuple[list[str], str | None]:
    """Give `command`, `builtin` and `exec` before a command, and its name if it is literal."""
    first, *others = (literal(word) for word in statement[3])
    if first in HEADS and others and not (others[0] or "").startswith("-"):
        return [first], others[0]
    return [], first


def unknown_builtin(statement: list[Any]) -> str | None:
    """Give the name that follows `builtin` if no fish has it as a builtin."""
    heads, name = _named(statement)
    if heads != ["builtin"] or name is None or not name.isalpha():
        return None
    return None if name in BUILTINS else name


def literal(word: list[Any]) -> str | None:
    """Give the text of a word in which nothing is expanded."""
    text = ""
    for part in word:
        if isinstance(part, str):
            text += part
        elif part[0] == "q":
            text += part[1]
        else:
            return None
    return text
