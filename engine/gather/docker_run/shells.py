"""Which shell a command line starts, if it is one, and what that shell reads its commands from."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from engine.gather.docker_run.options import text_of, unknown_in
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.gather.docker_run.options import Word

SHELLS = frozenset(("ash", "bash", "dash", "fish", "ksh", "mksh", "sh", "zsh"))
VIAS = ("command", "file", "input")

_COMBINED = re.compile(r"[-+][A-Za-z]+o")  # as in `-euo pipefail`
_LETTERS = re.compile(r"[-+][A-Za-z]+")
# Words that take another one: `-o pipefail` of all shells, `--rcfile x` of bash.
_TAKES = frozenset(("-o", "+o", "-O", "+O", "--rcfile", "--init-file"))
_LONG = {
    "bash": frozenset((
        "--login", "--noediting", "--noprofile", "--norc", "--posix", "--restricted", "--verbose",
    )),
    "fish": frozenset(("--command", "--interactive", "--login", "--no-config", "--private")),
}  # fmt: skip


@record
class Shell:
    """A shell that is started: by name, in which mode, and with which other options.

    `via` says where its commands come from, out of `VIAS`; the text of a command is `command`.
    """

    name: str
    login: bool
    interactive: bool
    via: str
    command: Word | None
    options: tuple[str, ...]


def shell_of(argv: Sequence[Word | Absent], *, tty: bool) -> Shell | Absent | None:
    """Give the shell that a program's words start, or None where they start none.

    Without `-c` and a file it reads its input, and is interactive where that is a terminal.
    """
    if not argv:
        return None
    program = text_of(argv[0])
    if program is None:
        return unknown_in(argv[0])
    base = posixpath.basename(program)
    name = base.removeprefix("-")
    if name not in SHELLS:
        return None
    return _Reading(name, is_login=base != name).of(argv[1:], tty=tty)


class _Reading:
    def __init__(self, name: str, *, is_login: bool) -> None:
        self._name = name
        self._login = is_login
        self._interactive = False
        self._has_command = False
        self._options: list[str] = []

    def of(self, words: Sequence[Word | Absent], *, tty: bool) -> Shell | Absent:
        at = 0
        while at < len(words):
            word = words[at]
            text = text_of(word)
            if text is None:
                if isinstance(word, Absent) or not _is_no_option(word):
                    return unknown_in(word)
                break
            if text in {"-", "--"}:
                at += 1
                break
            if text[:1] not in {"-", "+"} or text == "+":
                break
            at += 1
            flag = text
            if text in _TAKES or _COMBINED.fullmatch(text):
                taken = text_of(words[at]) if at < len(words) else None
                if taken is None:
                    return _odd(text)
                takes = text if text in _TAKES else text[0] + "o"
                self._options += [takes, taken]
                at += 1
                flag = "" if text in _TAKES else text[:-1]
            if flag and not self._flag(flag):
                return _odd(text)
        return self._made(words[at:], tty=tty)

    def _flag(self, text: str) -> bool:
        if text.startswith("--"):
            if text not in _LONG.get(self._name, ()):
                return False
            self._login |= text == "--login"
            self._interactive |= text == "--interactive"
            self._has_command |= text == "--command"
            if text not in {"--login", "--interactive", "--command"}:
                self._options.append(text)
            return True
        is_odd = "o" in text or (text[0] == "+" and "c" in text)
        # What follows `-C` is a command that fish runs first.
        if is_odd or not _LETTERS.fullmatch(text) or (self._name == "fish" and "C" in text):
            return False
        if text[0] == "-":
            self._login |= "l" in text
            self._interactive |= "i" in text
            self._has_command |= "c" in text
        others = re.sub("[lic]", "", text) if text[0] == "-" else text
        self._options += [others] if len(others) > 1 else []
        return True

    def _made(self, rest: Sequence[Word | Absent], *, tty: bool) -> Shell | Absent:
        reads_input = any(re.fullmatch("-[A-Za-z]*s[A-Za-z]*", each) for each in self._options)
        if self._has_command:
            if not rest:
                return Absent("parse_error", f"`{self._name} -c` has no command")
            command = rest[0]
            return command if isinstance(command, Absent) else self._shell("command", command)
        if rest and not reads_input:
            return self._shell("file", None)
        self._interactive |= tty
        return self._shell("input", None)

    def _shell(self, via: str, command: Word | None) -> Shell:
        return Shell(self._name, self._login, self._interactive, via, command, tuple(self._options))


def _is_no_option(word: Word) -> bool:
    head = word[0] if word else ""
    return isinstance(head, str) and head[:1] not in {"", "-", "+"}


def _odd(text: str) -> Absent:
    shown = text if re.fullmatch(r"[-+A-Za-z]{1,30}", text) else "..."
    return Absent("unsupported", f"what a shell makes of its option `{shown}` is not known here")
