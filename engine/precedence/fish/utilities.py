"""Programs that change nothing in the shell and print what can be known."""

from __future__ import annotations

import posixpath

from engine.precedence.fish.contents import file_text, grep
from engine.precedence.fish.lists import NotKnown, known_all
from engine.precedence.values import Hole, concat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.precedence.fish.words import Words
    from engine.precedence.state import State
    from engine.precedence.values import Text

    Answer: TypeAlias = "tuple[Text, int | Hole]"


def run_utility(shell: Words, name: str, arguments: list[Text], state: State) -> Answer | None:
    """Give what a program prints and its status; None for one that is not reckoned."""
    run = UTILITIES.get(posixpath.basename(name))
    return run(shell, arguments, state) if run is not None else None


def _unsupported(name: str) -> NotKnown:
    return NotKnown(Hole("unsupported", f"these options of `{name}`"))


def _basename(_shell: Words, arguments: list[Text], _state: State) -> Answer:
    words = known_all(arguments)
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):  # noqa: PLR2004 - and a suffix
        raise _unsupported("basename")
    name = posixpath.basename(words[0].rstrip("/")) or ("/" if words[0] else "")
    if len(words) > 1 and name != words[1]:
        name = name.removesuffix(words[1])
    return name + "\n", 0


def _dirname(_shell: Words, arguments: list[Text], _state: State) -> Answer:
    words = known_all(arguments)
    if len(words) != 1 or words[0].startswith("-"):
        raise _unsupported("dirname")
    path = words[0].rstrip("/")
    if not path:
        return ("/\n" if words[0] else ".\n"), 0
    folder = posixpath.dirname(path).rstrip("/")
    return (folder or ("/" if path.startswith("/") else ".")) + "\n", 0


def _uname(shell: Words, arguments: list[Text], _state: State) -> Answer:
    words = known_all(arguments) or ["-s"]
    facts = {"-s": "kernel", "-m": "machine", "-n": "hostname"}
    if len(words) != 1 or words[0] not in facts:
        raise _unsupported("uname")
    return concat((shell.world_text("os", facts[words[0]]), "\n")), 0


def _id(shell: Words, arguments: list[Text], _state: State) -> Answer:
    words = known_all(arguments)
    letters = "".join(word.removeprefix("-") for word in words)
    asked = {"u": "uid", "un": "name", "nu": "name", "g": "gid"}.get(letters)
    if asked is None or not all(word.startswith("-") for word in words):
        raise _unsupported("id")
    return concat((shell.user_text(asked), "\n")), 0


def _whoami(shell: Words, _arguments: list[Text], _state: State) -> Answer:
    return concat((shell.user_text("name"), "\n")), 0


def _hostname(shell: Words, arguments: list[Text], _state: State) -> Answer:
    if arguments:
        raise _unsupported("hostname")
    return concat((shell.world_text("os", "hostname"), "\n")), 0


def _cat(shell: Words, arguments: list[Text], state: State) -> Answer:
    if not arguments:
        if state.input is None:
            raise NotKnown(Hole("opaque", "what somebody types"))
        text, state.input = state.input, ""
        return text, 0
    if len(arguments) != 1 or (isinstance(arguments[0], str) and arguments[0].startswith("-")):
        raise _unsupported("cat")
    return file_text(shell, arguments[0], state), 0


def _grep(shell: Words, arguments: list[Text], state: State) -> Answer:
    options = [a for a in arguments if isinstance(a, str) and a.startswith("-")]
    rest = [a for a in arguments if a not in options]
    if len(rest) == 2:  # noqa: PLR2004 - a pattern and a file
        return grep(shell, [*options, rest[0]], file_text(shell, rest[1], state))
    if len(rest) != 1 or state.input is None:
        raise _unsupported("grep")
    text, state.input = state.input, ""
    return grep(shell, arguments, text)


UTILITIES: dict[str, Callable[[Words, list[Text], State], Answer]] = {
    "basename": _basename,
    "dirname": _dirname,
    "uname": _uname,
    "id": _id,
    "whoami": _whoami,
    "hostname": _hostname,
    "cat": _cat,
    "grep": _grep,
    "true": lambda _shell, _arguments, _state: ("", 0),
    "false": lambda _shell, _arguments, _state: ("", 1),
}
