"""Programs outside of the shell that change nothing in it, and what they print if that is known."""

from __future__ import annotations

import posixpath
from functools import partial

from engine.precedence.contents import file_content
from engine.precedence.shell import printing
from engine.precedence.shell.filters import FILTERS, filtered
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import Hole, Mixed, concat, first_line, literals, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Answer: TypeAlias = "tuple[Text, int | Hole]"


def run_utility(
    shell: Any, name: str, arguments: list[Text], state: State, line: int
) -> Answer | None:
    """Give what a known program prints and its status; None for one that is not reckoned."""
    known = _UTILITIES.get(posixpath.basename(name))
    if known is None or not _is_found(shell, name, state):
        return None
    if name.endswith("/pwd") and not arguments:
        arguments = ["-P"]
    try:
        return known(shell, arguments, state)
    except Unsupported as error:
        hole = Hole("unsupported", error.detail, shell.place(line))
        return unknown_as(hole), hole


def _is_found(shell: Any, name: str, state: State) -> bool:
    """Say whether the system's own program is the one that runs."""
    if name in shell.BUILT_IN_UTILITIES:
        return True
    if "/" in name:
        return posixpath.dirname(name) in {"/bin", "/usr/bin"}
    variable = state.variable("PATH")
    path = variable.scalar()
    if path is None:
        return variable.is_set is None
    if isinstance(path, Mixed) and not literals(path):
        # What nobody knows is taken to hold the system's own folders, as every login's PATH does.
        return True
    return any(
        entry in {"/bin", "/usr/bin"} for literal in literals(path) for entry in literal.split(":")
    )


def _known(arguments: list[Text]) -> list[str]:
    for argument in arguments:
        if isinstance(argument, Mixed):
            hole = why_not(argument)
            raise Unsupported(hole.detail)
    return [str(argument) for argument in arguments]


def _echo(shell: Any, arguments: list[Text], _state: State) -> Answer:
    if any(isinstance(argument, Mixed) for argument in arguments):
        first = arguments[0]
        if isinstance(first, str) and first.startswith("-"):
            raise Unsupported("options of echo")
        if shell.dialect.escapes_in_echo and any("\\" in t for a in arguments for t in literals(a)):
            raise Unsupported("escapes of echo")
        parts: list[Text] = []
        for number, argument in enumerate(arguments):
            parts += [" "] if number else []
            parts.append(argument)
        return concat((*parts, "\n")), 0
    return printing.echo(_known(arguments), dialect=shell.dialect.name), 0


def _printf(shell: Any, arguments: list[Text], _state: State) -> Answer:
    if not arguments:
        raise Unsupported("printf without a format")
    if arguments[0] in {"%s", "%s\n", "%s\\n"} and len(arguments) == 2:  # noqa: PLR2004
        return concat((arguments[1], "" if arguments[0] == "%s" else "\n")), 0
    words = _known(arguments)
    return printing.printf(words[0], words[1:], dialect=shell.dialect.name), 0


def _basename(_shell: Any, arguments: list[Text], _state: State) -> Answer:
    words = _known(arguments)
    words = words[1:] if words[:1] == ["--"] else words
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):  # noqa: PLR2004
        raise Unsupported("options of basename")
    name = posixpath.basename(words[0].rstrip("/")) or ("/" if words[0] else "")
    if len(words) > 1 and name != words[1]:
        name = name.removesuffix(words[1])
    return name + "\n", 0


def _dirname(_shell: Any, arguments: list[Text], _state: State) -> Answer:
    words = _known(arguments)
    words = words[1:] if words[:1] == ["--"] else words
    if len(words) != 1 or words[0].startswith("-"):
        raise Unsupported("options of dirname")
    path = words[0].rstrip("/")
    if not path:
        return ("/\n" if words[0] else ".\n"), 0
    return (posixpath.dirname(path).rstrip("/") or ("/" if path.startswith("/") else ".")) + "\n", 0


def _real_path(shell: Any, arguments: list[Text], state: State) -> Answer:
    words = [word for word in _known(arguments) if word != "--"]
    if len(words) != 1 or words[0].startswith("-") or not words[0]:
        raise Unsupported("options of realpath")
    where = shell.resolved(words[0], state)
    return (unknown_as(where), where) if isinstance(where, Hole) else (where + "\n", 0)


def _readlink(shell: Any, arguments: list[Text], state: State) -> Answer:
    if arguments[:1] in (["-f"], ["-e"]):
        return _real_path(shell, arguments[1:], state)
    words = [word for word in _known(arguments) if word != "-n"]
    if len(words) != 1 or words[0].startswith("-"):
        raise Unsupported("options of readlink")
    is_link = shell.test_file("-L", words[0], state)
    if is_link is False and shell.test_file("-e", words[0], state) is True:
        return "", 1
    raise Unsupported("where a link leads")


def _uname(shell: Any, arguments: list[Text], _state: State) -> Answer:
    words = _known(arguments) or ["-s"]
    facts = {"-s": "kernel", "-m": "machine", "-n": "hostname"}
    if len(words) != 1 or words[0] not in facts:
        raise Unsupported("this option of uname")
    return concat((shell.world_text("os", facts[words[0]]), "\n")), 0


def _id(shell: Any, arguments: list[Text], _state: State) -> Answer:
    words = _known(arguments)
    asked = {"-u": "uid", "-un": "name", "-nu": "name", "-g": "gid"}.get("".join(words))
    if words in (["-u", "-n"], ["-n", "-u"]):
        asked = "name"
    if asked is None:
        raise Unsupported("this option of id")
    return concat((shell.user_text(asked), "\n")), 0


def _whoami(shell: Any, _arguments: list[Text], _state: State) -> Answer:
    return concat((shell.user_text("name"), "\n")), 0


def _hostname(shell: Any, arguments: list[Text], _state: State) -> Answer:
    if arguments:
        raise Unsupported("options of hostname")
    return concat((shell.world_text("os", "hostname"), "\n")), 0


def _pwd(shell: Any, arguments: list[Text], state: State) -> Answer:
    where = state.directory
    if arguments and arguments != ["-L"]:
        entry = shell.look(where, state)
        if arguments != ["-P"] or isinstance(entry, Hole) or isinstance(where, Mixed):
            raise Unsupported("where links lead")
        where = str(entry.get("target", where))
    return concat((where, "\n")), 0


def _cat(shell: Any, arguments: list[Text], state: State) -> Answer:
    if arguments:
        (path,) = _known(arguments[:1])
        if len(arguments) > 1 or path.startswith("-"):
            raise Unsupported("what files hold")
        content = file_content(shell, path, state)
        if isinstance(content, Hole):
            raise Unsupported(content.detail)
        return content, 0
    if state.input is None:
        raise Unsupported("what it reads")
    given, state.input = state.input, ""
    return given, 0


def _grep(shell: Any, arguments: list[Text], state: State) -> Answer:
    """Give the lines without comments, or without empty ones: all that start-up files ask for."""
    words = list(arguments)
    options = ""
    while words and isinstance(words[0], str) and words[0].startswith("-") and len(words[0]) > 1:
        options += str(words.pop(0))[1:]
    if set(options) - set("vEh") or not 1 <= len(words) <= 2:  # noqa: PLR2004
        raise Unsupported("options of grep")
    drops = _COMMENTS.get(str(words[0])) if isinstance(words[0], str) else None
    if drops is None or "v" not in options or ("|" in str(words[0]) and "E" not in options):
        raise Unsupported("a pattern of grep")
    given, _ = _cat(shell, words[1:], state)
    kept: list[Text] = []
    while given != "":
        parts = first_line(given)
        if parts is None:
            raise Unsupported("lines that are not known")
        line, _, given = parts
        starts = line if isinstance(line, str) else literals(line)[0] if literals(line) else "x"
        if not any(starts.startswith(d) if d else line == "" for d in drops):
            kept += [line, "\n"]
    return concat(kept), int(not kept)


_COMMENTS = {"^#": ("#",), "^ *#": ("#",), "^$": ("",), "^#|^$": ("#", ""), "^$|^#": ("", "#")}


def _xargs(_shell: Any, arguments: list[Text], state: State) -> Answer:
    """Give the words of the input on one line, as `xargs` does with nothing to run."""
    if arguments or state.input is None:
        raise Unsupported("what xargs runs")
    parts: list[Text] = []
    given = state.input
    while given != "":
        found = first_line(given)
        if found is None:
            raise Unsupported("lines that are not known")
        line, _, given = found
        written = "".join(literals(line))
        if set(written) & set("'\"\\ \t"):
            raise Unsupported("quotes and blanks for xargs")
        parts += [" "] if parts and line != "" else []
        parts += [line] if line != "" else []
    return concat((*parts, "\n")), 0


def _filter(name: str, _shell: Any, arguments: list[Text], state: State) -> Answer:
    if not isinstance(state.input, str):
        raise Unsupported(f"what `{name}` reads")
    printed = filtered(name, _known(arguments), state.input), 0
    # What is left of a file behind `head` depends on how it reads.
    state.input = None if name == "head" else ""
    return printed


def _date(shell: Any, _arguments: list[Text], _state: State) -> Answer:
    hole = Hole("opaque", "it depends on the time", shell.place(shell.line), is_some=True)
    return unknown_as(hole), 0


def _tty(shell: Any, arguments: list[Text], _state: State) -> Answer:
    if arguments or shell.launch.shell.get("stdin") != "null":
        raise Unsupported("which terminal it has")
    return "not a tty\n", 1


def _true(_shell: Any, _arguments: list[Text], _state: State) -> Answer:
    return "", 0


def _false(_shell: Any, _arguments: list[Text], _state: State) -> Answer:
    return "", 1


_UTILITIES: dict[str, Callable[[Any, list[Text], State], Answer]] = {
    "echo": _echo,
    "printf": _printf,
    "basename": _basename,
    "dirname": _dirname,
    "realpath": _real_path,
    "readlink": _readlink,
    "uname": _uname,
    "id": _id,
    "whoami": _whoami,
    "hostname": _hostname,
    "pwd": _pwd,
    "cat": _cat,
    "grep": _grep,
    "xargs": _xargs,
    "date": _date,
    "tty": _tty,
    "true": _true,
    "false": _false,
    ":": _true,
    **{name: partial(_filter, name) for name in FILTERS},
}
