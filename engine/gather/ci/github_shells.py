"""The shell that runs a step: as src/Runner.Worker/Handlers/ScriptHandler*.cs choose it."""

from __future__ import annotations

import re

from engine.model.facts import Absent
from engine.model.record import record

SCRIPT = "{0}"
"""What stands for the script's file in a command."""

_POSIX = frozenset(("bash", "sh"))
_ARGUMENTS = {
    "bash": ("--noprofile", "--norc", "-e", "-o", "pipefail", SCRIPT),
    "sh": ("-e", SCRIPT),
    "python": (SCRIPT,),
    "pwsh": ("-command", f". '{SCRIPT}'"),
    "powershell": ("-command", f". '{SCRIPT}'"),
    "cmd": ("/D", "/E:ON", "/V:OFF", "/S", "/C", f'CALL "{SCRIPT}"'),
}
_UNIX = re.compile(r"(?:ubuntu|macos)-[\w.-]+", re.IGNORECASE)
_WINDOWS = re.compile(r"windows-[\w.-]+", re.IGNORECASE)
_UNKNOWN = Absent("opaque", "the runner's system, which chooses the shell, is not known")


@record
class Shell:
    """The shell's name, and the command that runs a script in it."""

    name: str | Absent
    argv: tuple[str, ...] | Absent

    @property
    def is_posix(self) -> bool:
        """Say whether it is surely one that reads scripts as POSIX shells do."""
        return self.name in _POSIX


def shell_of(
    given: str | Absent | None, systems: tuple[str | Absent, ...], image: str | Absent | None
) -> Shell:
    """Give the shell that a step or its defaults name, or the one of its runner.

    `systems` are the labels of all runners that it may have, `image` its job's container.
    """
    if isinstance(given, Absent):
        return Shell(given, given)
    if given:
        return _named(given)
    if isinstance(image, str):
        return Shell("sh", ("sh", *_ARGUMENTS["sh"]))
    found = [_of_runner(each) for each in systems] if image is None else []
    is_one = bool(found) and all(each == found[0] for each in found)
    return found[0] if is_one else Shell(_UNKNOWN, _UNKNOWN)


def _named(given: str) -> Shell:
    name, _, rest = given.partition(" ")
    arguments = rest.lstrip()
    if not arguments:
        known = _ARGUMENTS.get(name.lower())
        why = Absent("parse_error", "GitHub refuses a shell without `{0}` that it does not know")
        return Shell(name, (name, *known) if known else why)
    if SCRIPT not in arguments:
        return Shell(name, Absent("parse_error", "GitHub refuses a shell without `{0}`"))
    if re.search(r"""["'\\{}]""", arguments.replace(SCRIPT, "")):
        return Shell(name, Absent("opaque", "how it is taken apart depends on the runner"))
    return Shell(name, (name, *arguments.split()))


def _of_runner(label: str | Absent) -> Shell:
    if isinstance(label, str) and _UNIX.fullmatch(label):
        # bash where there is one, as on GitHub's own runners, but told what sh is told.
        return Shell("bash", ("bash", *_ARGUMENTS["sh"]))
    if isinstance(label, str) and _WINDOWS.fullmatch(label):
        return Shell("pwsh", ("pwsh", *_ARGUMENTS["pwsh"]))
    return Shell(_UNKNOWN, _UNKNOWN)
