"""What an .envrc says in its own lines: the exports with their values, and direnv's commands.

The file is read and never run; what another file or a program adds is not known here.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.syntaxes._base import Script

LIMIT = 1000

# Functions of direnv's library that change the environment, and words of bash that do.
_DIRECTIVES = frozenset((
    ".", "MANPATH_add", "PATH_add", "PATH_rm", "direnv_apply_dump", "direnv_load", "direnv_version",
    "dotenv", "dotenv_if_exists", "env_vars_required", "eval", "layout", "load_prefix",
    "on_git_branch", "path_add", "path_rm", "rvm", "source", "source_env", "source_env_if_exists",
    "source_up", "source_up_if_exists", "source_url", "strict_env", "unset", "unstrict_env", "use",
    "watch_dir", "watch_file",
))  # fmt: skip
_OF_USERS = re.compile(r"(use|layout)_\w+")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
# Between these, a tilde that is not quoted stands for somebody's home.
_TILDE = re.compile(r"(?:\A|:)~")
_NOT_LITERAL = Absent("opaque", "it is put together when the file runs")


@record
class Export:
    """A variable that is exported, and its value if that is written out."""

    name: str
    value: str | Absent
    line: int
    conditional: bool


@record
class Directive:
    """A command that changes the environment, as far as its words are written out."""

    name: str
    arguments: tuple[str | Absent, ...]
    line: int
    conditional: bool


@record
class Content:
    """What a file says; `holes` say what in it could not be understood."""

    exports: tuple[Export, ...]
    directives: tuple[Directive, ...]
    holes: tuple[Absent, ...]


def content_of(script: Script) -> Content:
    """Give what stands in a script of bash, functions and subshells left out."""
    found: list[Export | Directive | Absent] = []
    try:
        found += islice(_statements(script, conditional=False), LIMIT)
    except RecursionError:
        found = [Absent("unsupported", "it is nested too deeply")]
    if len(found) == LIMIT:
        found.append(Absent("too_large", f"only its first {LIMIT} statements were looked at"))
    return Content(
        tuple(each for each in found if isinstance(each, Export)),
        tuple(each for each in found if isinstance(each, Directive)),
        tuple(each for each in found if isinstance(each, Absent)),
    )


def _statements(
    script: Iterable[Any], *, conditional: bool
) -> Iterator[Export | Directive | Absent]:
    for statement in script:
        kind, line, *rest = statement
        if kind == "decl":
            yield from _declared(line, rest[0], rest[1], conditional=conditional)
        elif kind == "cmd":
            yield from _command(line, rest[1], conditional=conditional)
        elif kind in {"opaque", "broken"}:
            cause = "parse_error" if kind == "broken" else "opaque"
            yield Absent(cause, f"line {line}: {rest[0]}")
        elif kind in _INSIDE:
            for inner, is_conditional in _INSIDE[kind](rest):
                yield from _statements(inner, conditional=conditional or is_conditional)


def _declared(
    line: int, variant: str, arguments: list[Any], *, conditional: bool
) -> Iterator[Export | Absent]:
    options = "".join(_text(each) or "" for each in arguments if not _is_assignment(each))
    flags = "".join(re.findall(r"-(\w+)", options))
    if set("fn") & set(flags) or (variant != "export" and "x" not in flags):
        return
    for argument in arguments:
        if _is_assignment(argument):
            name, operator, value, index = argument
            is_plain = operator == "=" and value is not None and index is None
            written = _text(value, is_value=True) if is_plain else None
            yield Export(name, _NOT_LITERAL if written is None else written, line, conditional)
            continue
        word = _text(argument)
        if word is None:
            yield Absent("opaque", f"line {line}: which variable is exported depends on others")
        elif match := _ASSIGNMENT.fullmatch(word):
            yield Export(match[1], match[2], line, conditional)


def _is_assignment(argument: list[Any]) -> bool:
    # In a word no two texts stand side by side.
    return len(argument) == 4 and isinstance(argument[0], str) and argument[1] in ("=", "+=")  # noqa: PLR2004


def _command(line: int, words: list[Any], *, conditional: bool) -> Iterator[Directive]:
    name = _text(words[0]) if words else None
    if name is not None and (name in _DIRECTIVES or _OF_USERS.fullmatch(name)):
        texts = (_text(word) for word in words[1:])
        arguments = tuple(_NOT_LITERAL if text is None else text for text in texts)
        yield Directive(name, arguments, line, conditional)


def _text(word: list[Any], *, is_value: bool = False) -> str | None:
    """Give a word without its quotes, or None if something in it is expanded."""
    if word and word[0] == "array":
        return None
    pieces = []
    for part in word:
        if isinstance(part, str):
            if is_value and _TILDE.search(part):
                return None
            pieces.append(part)
        elif part[0] == "q":
            pieces.append(part[1])
        elif part[0] == "dq":
            inner = _text(part[1])
            if inner is None:
                return None
            pieces.append(inner)
        else:
            return None
    return "".join(pieces)


# For each kind of statement around others: those inside, and whether they run only perhaps.
_INSIDE: dict[str, Any] = {
    "if": lambda rest: [
        (script, number > 0)
        for number, script in enumerate(
            [*(script for branch in rest[0] for script in branch), rest[1]]
        )
    ],
    "while": lambda rest: [(rest[0], False), (rest[1], True)],
    "for": lambda rest: [(rest[2], True)],
    "case": lambda rest: [(item[1], True) for item in rest[1]],
    "and": lambda rest: [([rest[0]], False), ([rest[1]], True)],
    "or": lambda rest: [([rest[0]], False), ([rest[1]], True)],
    "block": lambda rest: [(rest[0], False)],
    "redir": lambda rest: [([rest[0]], False)],
    "not": lambda rest: [([rest[0]], False)],
}
