"""A command as a person types it into a shell, into the words that the program is given.

Nothing is run: a variable that the shell puts in is a reference to one of the `client`, all other
expansions are holes. Where the shell may make several words of one, a hole stands for all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.assignments import Reference
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Part
    from engine.gather.docker_run.options import Word
    from engine.gather.shell.shfmt import Shfmt

LONGEST = 1 << 16

_CLIENT = "client"
_SPLIT = Absent("opaque", "the shell may make several words of an expansion without quotes")
_MADE = Absent("opaque", "it is put together when the command runs")
_HOME = Absent("opaque", "`~` stands for a home, or for itself, depending on the shell")
_SEVERAL = Absent("unsupported", "it is more than one command")
_NAME = re.compile(r"[A-Za-z_]\w*")
# Who has a blank in one of these could not use the command as it is written.
_ONE_WORD = frozenset(("PWD", "HOME", "USER", "UID", "LOGNAME"))
# Shells have these, and their environment does not.
_OF_SHELLS = frozenset((
    "BASH", "BASHPID", "BASH_VERSION", "COLUMNS", "DIRSTACK", "EGID", "EPOCHREALTIME",
    "EPOCHSECONDS", "EUID", "FUNCNAME", "GID", "GROUPS", "HISTCMD", "HOST", "HOSTNAME", "HOSTTYPE",
    "IFS", "LINENO", "LINES", "MACHTYPE", "OPTIND", "OSTYPE", "PPID", "PS1", "PS2", "PS4",
    "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL", "SRANDOM", "UID", "USERNAME", "ZSH_VERSION",
))  # fmt: skip
_PRINTS_ONE_WORD = frozenset(("pwd", "id"))
_BRACES = re.compile(r"\{[^}]*(?:,|\.\.)[^}]*\}")


@record
class Typed:
    """A command's words, and the variables that are set for it alone."""

    words: tuple[Word | Absent, ...]
    variables: dict[str, Word | Absent]


def typed(text: str, parser: Shfmt) -> Typed | Absent:
    """Give the words of the one command in a text, or why it is not known."""
    if len(text) > LONGEST or "\0" in text:
        return Absent("too_large" if "\0" not in text else "parse_error", "it is no command line")
    script = SYNTAXES["bash"].read(text.encode("utf-8", "surrogateescape"), parser)
    if any(statement[0] == "broken" for statement in script):
        return Absent("parse_error", "no shell can read it")
    if not script:
        return Absent("parse_error", "it is empty")
    if len(script) > 1 or script[0][0] != "cmd":
        return _SEVERAL
    _, _, assigned, words, *_ = script[0]
    return Typed(tuple(map(_word, words)), {each[0]: _assigned(each) for each in assigned})


def _assigned(one: list[Any]) -> Word | Absent:
    name, operator, value, index = one
    if operator != "=" or index is not None or not isinstance(name, str):
        return _MADE
    if value and value[0] == "array":
        return _MADE
    parts = _parts(value or [], is_quoted=True)
    return _HOME if any(isinstance(part, str) and "~" in part for part in value or ()) else parts


def _word(parts: list[Any]) -> Word | Absent:
    for part in parts:
        if isinstance(part, str):
            if _BRACES.search(part) or re.search(r"[*?\[]", part):
                return _SPLIT
        elif part[0] not in {"q", "dq"} and not _is_one_word(part):
            return _SPLIT
    tilde = next((at for at, part in enumerate(parts) if _has_tilde(part, at)), None)
    if tilde is None:
        return _parts(parts, is_quoted=False)
    before = parts[tilde].partition("~")[0]
    return (*_parts([*parts[:tilde], before], is_quoted=False), _HOME)


def _has_tilde(part: Any, at: int) -> bool:
    # At the start all shells take it for a home; behind `=` or `:` some do.
    return isinstance(part, str) and bool(re.search(r"\A~|[=:]~" if at == 0 else "[=:]~", part))


def _is_one_word(part: list[Any]) -> bool:
    if part[0] == "var":
        return part[1] in _ONE_WORD
    if part[0] == "cmd" and len(part[1]) == 1 and part[1][0][0] == "cmd":
        words = part[1][0][3]
        return bool(words) and len(words[0]) == 1 and words[0][0] in _PRINTS_ONE_WORD
    return False


def _parts(parts: list[Any], *, is_quoted: bool) -> Word:
    made: list[Part] = []
    for part in parts:
        new = (part,) if isinstance(part, str) else _part(part, is_quoted=is_quoted)
        for piece in new:
            if isinstance(piece, str) and made and isinstance(made[-1], str):
                made[-1] += piece
            elif piece != "":
                made.append(piece)
    return tuple(made)


def _part(part: list[Any], *, is_quoted: bool) -> tuple[Part, ...]:
    match part:
        case ["q", str(text)]:
            return (text,)
        case ["dq", list(inner)]:
            return _parts(inner, is_quoted=True)
        case ["var", str(name)] if _is_of_client(name):
            return (Reference(name, _CLIENT),)
        case ["param", str(name), {"op": str(operator), "word": list(word)}] if (
            is_quoted and _is_of_client(name) and operator in {"-", ":-", "+", ":+"}
        ):
            return (_chosen(name, operator, _parts(word, is_quoted=True)),)
    return (_MADE,)


def _is_of_client(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name not in _OF_SHELLS


def _chosen(name: str, operator: str, word: Word) -> Reference:
    empty_is_unset = operator.startswith(":")
    if operator.endswith("-"):
        return Reference(name, _CLIENT, word, empty_is_unset=empty_is_unset)
    return Reference(name, _CLIENT, (), word, empty_is_unset)
