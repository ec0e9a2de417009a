"""What a shell asks of the file system: tests of files, and which file a command name runs."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent
from engine.precedence.outcomes import Leave
from engine.precedence.paths import absolute, expanded, walked
from engine.precedence.shell.variables import Variables
from engine.precedence.values import Hole, Mixed, hole_about, split_text, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

FILE_TESTS = frozenset(
    [
        "-a",
        "-e",
        "-f",
        "-d",
        "-r",
        "-w",
        "-x",
        "-s",
        "-L",
        "-h",
        "-p",
        "-S",
        "-b",
        "-c",
        "-O",
        "-G",
        "-N",
        "-k",
        "-u",
        "-g",
    ]
)
_KINDS = {"-f": "file", "-d": "directory", "-p": "fifo", "-S": "socket"}
_ACCESS = {"-r": "readable", "-w": "writable", "-x": "executable"}
# Made afresh by the kernel; what a shell finds there says nothing about files.
_ALWAYS = {
    "/dev/null": {"kind": "device", "readable": True, "writable": True, "executable": False},
    "/": {"kind": "directory", "readable": True, "executable": True},
}


_MISSING = {"kind": "missing"}
_ALWAYS_WRITTEN = {"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/fd/1", "/dev/fd/2"}


class Files(Variables):
    """Answers questions about files out of the facts."""

    def absolute(self, path: Text, state: State) -> str | Hole:
        """Give a path from the root, without `.` and `..`."""
        return absolute(path, state)

    def walked(self, path: Text, state: State, *, physical: bool = False) -> str | Hole | None:
        """Give a path from the root, None if it goes up from what is no directory."""
        return walked(path, state, self._entry, physical=physical)

    def resolved(self, path: Text, state: State) -> str | Hole:
        """Give the path of a file without any links, as `realpath` and zsh's `:A` do."""
        where = self.walked(path, state, physical=True)
        if isinstance(where, Hole):
            return where
        entry = _MISSING if where is None else self.look(where, state)
        if isinstance(entry, Hole):
            return entry
        if where is None or entry.get("kind") == "missing":
            return Hole("unsupported", f"the real path of `{path}`, which is not there")
        return str(entry.get("target", where))

    def _entry(self, where: str) -> Mapping[str, Any] | Hole:
        if where in _ALWAYS:
            return _ALWAYS[where]
        found = self.world.file(where)
        return hole_about(where, found) if isinstance(found, Absent) else found

    def look(self, path: Text, state: State) -> Mapping[str, Any] | Hole:
        """Give what is known of a path, or why nothing is."""
        where = self.walked(path, state, physical=True)
        if isinstance(where, Hole):
            return where
        if where is None:
            return _MISSING
        entry = self._look(where, state)
        if str(path).endswith(("/", "/.")) and not isinstance(entry, Hole):
            return entry if entry.get("kind") == "directory" else _MISSING
        return entry

    def _look(self, where: str, state: State) -> Mapping[str, Any] | Hole:
        if where in _ALWAYS:
            return _ALWAYS[where]
        if state.changed_files is None or self.world.leads_into(where, state.changed_files):
            return Hole("opaque", f"a command before may have changed `{where}`")
        if where.startswith(("/dev/", "/proc/", "/sys/")):
            return Hole("not_collected", f"`{where}` is of the running system")
        return self._entry(where)

    def test_file(self, operator: str, path: Text, state: State) -> bool | Hole:
        """Say whether `-f path` and its like hold."""
        if path == "":
            return False
        entry = self.look(path, state)
        if isinstance(entry, Hole):
            return entry
        kind = entry.get("kind")
        if operator in {"-L", "-h"}:
            if kind != "missing" and "target" not in entry:
                return False
            return Hole("not_collected", "whether it is a link")
        if kind == "missing":
            return False
        return _is_so(operator, str(kind), entry)

    def open_output(self, path: Text, state: State) -> Hole | None:
        """Note that a file is written, and give why that may fail; where it must, raise `Leave`."""
        if path in _ALWAYS_WRITTEN:
            return None
        refused = self._refuses(path, state)
        if refused is True:
            raise Leave("next")
        self.change_files([path], state)
        if state.options.get("noclobber", False) is not False:
            return Hole("opaque", f"`{path}` may be there, and `noclobber` is on")
        return refused if isinstance(refused, Hole) else None

    def _refuses(self, path: Text, state: State) -> bool | Hole:
        """Say whether a file cannot be written."""
        entry = self.look(path, state)
        if not isinstance(entry, Hole) and entry.get("kind") == "missing":
            folder = posixpath.dirname(str(path)) or "."
            entry = self.look(folder, state)
            if not isinstance(entry, Hole) and entry.get("kind") != "directory":
                return True
        elif not isinstance(entry, Hole) and entry.get("kind") == "directory":
            return True
        if isinstance(entry, Hole):
            return entry
        writable = entry.get("writable")
        if isinstance(writable, bool):
            return not writable
        return Hole("not_collected", f"whether `{path}` can be written")

    def change_files(self, paths: list[Text], state: State) -> None:
        """Note that a command makes, changes or removes these."""
        changed = state.changed_files
        for path in paths:
            where = self.absolute(path, state)
            if isinstance(where, Hole) or changed is None or where.startswith("/dev/"):
                # A path that is not known may be any; taking all for changed would blind the rest
                # of most start-up files for the sake of `mkdir -p "$CACHE"`.
                continue
            changed |= {where}
        state.changed_files = changed

    def command_path(self, name: str, state: State) -> Text | None:
        """Give the file that a command name runs, None if there is none on PATH."""
        if "/" in name:
            runs = self.runs(name, state)
            return name if runs is True else None if runs is False else unknown_as(runs)
        variable = state.variable("PATH")
        path = variable.scalar()
        if path is None:
            return (
                unknown_as(Hole("opaque", "PATH is not set")) if variable.is_set is None else None
            )
        for entry in split_text(path, ":"):
            if isinstance(entry, Mixed):
                return unknown_as(why_not(entry))
            is_of_home = self.dialect.name == "bash" and entry.startswith("~")
            folder = expanded(entry, state) if is_of_home else entry
            if isinstance(folder, Hole):
                return unknown_as(folder)
            file = f"{folder or '.'}/{name}"
            runs = self.runs(file, state)
            if isinstance(runs, Hole):
                return unknown_as(runs)
            if runs:
                return file
            if self.dialect.name == "bash" and self.test_file("-f", file, state) is True:
                # `command -v` of bash then names what it could not run; nothing else does.
                detail = f"`{file}` is on PATH and cannot be run"
                return unknown_as(Hole("opaque", detail))
        return None

    def runs(self, file: str, state: State) -> bool | Hole:
        """Say whether a path is a file that the user may execute."""
        entry = self.look(file, state)
        if isinstance(entry, Hole):
            return entry
        if entry.get("kind") != "file":
            return False
        executable = entry.get("executable")
        return executable if isinstance(executable, bool) else _not_said("-x")


def _is_so(operator: str, kind: str, entry: Mapping[str, Any]) -> bool | Hole:
    """Answer a test about something that is there."""
    if operator in {"-a", "-e"}:
        return True
    if operator in _KINDS:
        return kind == _KINDS[operator]
    found = entry.get(_ACCESS[operator]) if operator in _ACCESS else None
    if isinstance(found, bool):
        return found
    size = entry.get("size")
    if operator == "-s" and (kind == "directory" or isinstance(size, int)):
        return kind == "directory" or bool(size)
    return _not_said(operator)


def _not_said(operator: str) -> Hole:
    return Hole("not_collected", f"the facts do not say what `{operator}` asks")
