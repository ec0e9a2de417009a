"""Which files a shell opened itself, and in which order, out of what strace saw."""

from __future__ import annotations

import os
import re

from tests.oracle.truth.shells import PLACES, PROBE_FOLDER

# Opened at the start by the shell or the C library, but no start-up files.
_NOISE = re.compile(
    r"^/etc/(ld\.so\.|passwd$|group$|nsswitch|localtime|inputrc|terminfo|locale|hosts|resolv"
    r"|host\.conf|alternatives|shadow|login\.defs|shells|pam|security|default/locale|motd|gai"
    r"|userdb)"
    r"|^/tmp/(zsh\w{6}|\.psub\.|sh-thd)"
    r"|/(\.inputrc|\.editrc|\.bash_history|\.zsh_history|\.histfile|\.sh_history"
    r"|\.zcompdump[^/]*|fish_history[^/]*|\.lesshst|\.terminfo)(/|$)|\.(LOCK|lock)$"
)
_STATE = re.compile(r"/fish_variables[^/]*$")  # data that changes the environment, not a script
_CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
_RESUMED = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_UNFINISHED = "<unfinished ...>"


def parse_strace(text):
    """Give (pid, call, argument text, result text), unfinished calls joined."""
    pending = {}
    for line in text.splitlines():
        if match := _RESUMED.match(line):
            pid, call, rest = match.groups()
            head = pending.pop((pid, call), None)
            if head is None:
                continue
            body = head + rest
        elif match := _CALL.match(line):
            pid, call, body = match.groups()
            if body.endswith(_UNFINISHED):
                pending[pid, call] = body.removesuffix(_UNFINISHED)
                continue
        else:
            continue
        end = body.rfind(") = ")
        if end < 0:
            end = body.rfind(") ")
        if end >= 0:
            yield pid, call, body[:end], body[end + 1 :].lstrip(" =")


def _unescape(text):
    escaped = text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    return escaped.encode("latin-1").decode("utf-8", "replace")


class _Reader:
    """The calls of one run, sorted into what they mean."""

    def __init__(self, executable, argv0, folders):
        self._executables = {executable, os.path.realpath(executable)}
        self._argv0 = argv0
        self._folders = folders
        self._main = None
        self._phase = "start"
        self._external = set()
        self.found = {
            name: []
            for name in (
                "loaded",
                "attempted",
                "subshell_read",
                "state_files",
                "probe_loaded",
                "execs",
            )
        }

    @property
    def started(self):
        return self._main is not None

    def executed(self, pid, arguments, result):
        if result.split()[0] != "0":
            return
        words = [_unescape(text) for text in _STRING.findall(arguments)]
        if self._main is None:
            if words[0] in self._executables and words[1:2] == [self._argv0]:
                self._main = pid
        elif pid != self._main:
            self._external.add(pid)
        elif self._phase == "start":
            self.found["execs"].append(words)

    def opened(self, pid, arguments, result):
        """Take an open call; say whether it was the last one of interest."""
        if self._main is None or "O_PATH" in arguments or "O_DIRECTORY" in arguments:
            return False
        match = _STRING.search(arguments)
        if not match:
            return False
        path = _absolute(_unescape(match[1]), arguments)
        if path == f"{PROBE_FOLDER}/out/begin" and pid == self._main:
            self._phase = "probe"
        elif path == f"{PROBE_FOLDER}/out/end":
            return True
        elif self._counts(pid, path, arguments):
            self._sort(pid, path, result)
        return False

    def _counts(self, pid, path, arguments):
        return (
            path.rstrip("/") not in self._folders
            and not path.startswith(PROBE_FOLDER)
            and re.match(f"{PLACES}/", path)
            and re.search(r"\bO_RDONLY\b", arguments)
            and not _NOISE.search(path)
            and pid not in self._external
        )

    def _sort(self, pid, path, result):
        if not re.match(r"\d+", result):
            at_start = pid == self._main and self._phase == "start"
            if at_start and "ENOENT" in result and not path.endswith(".zwc"):
                self.found["attempted"].append(path)
        elif _STATE.search(path):
            if path not in self.found["state_files"]:
                self.found["state_files"].append(path)
        elif pid != self._main:
            self.found["subshell_read"].append(path)
        elif self._phase == "start":
            self.found["loaded"].append(path)
        else:
            self.found["probe_loaded"].append(path)


def _absolute(path, arguments):
    if path.startswith("/"):
        return path
    folder = re.search(r"AT_FDCWD<([^>]*)>", arguments)
    return os.path.normpath(os.path.join(folder[1] if folder else "/", path))


def read_trace(text, executable, argv0, folders=frozenset()):
    """Sort the files that the shell process opened before the probe, in order."""
    reader = _Reader(executable, argv0, folders)
    for pid, call, arguments, result in parse_strace(text):
        if call == "execve":
            reader.executed(pid, arguments, result)
        elif reader.opened(pid, arguments, result):
            break
    return reader.found | {"started": reader.started}
