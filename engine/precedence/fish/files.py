"""What fish asks of the file system, out of the facts."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.fish.scopes import Scopes
from engine.precedence.paths import absolute, walked
from engine.precedence.values import Hole, Mixed, naming, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

_KINDS = {"-f": "file", "-d": "directory", "-p": "fifo", "-S": "socket"}
_ACCESS = {"-r": "readable", "-w": "writable", "-x": "executable"}
_ALWAYS = {
    "/dev/null": {"kind": "device", "readable": True, "writable": True, "executable": False},
    "/": {"kind": "directory", "readable": True, "executable": True},
}
FILE_TESTS = frozenset(
    [
        "-b",
        "-c",
        "-d",
        "-e",
        "-f",
        "-g",
        "-G",
        "-k",
        "-L",
        "-h",
        "-O",
        "-p",
        "-r",
        "-s",
        "-S",
        "-u",
        "-w",
        "-x",
    ]
)


class Files(Scopes):
    """Answers questions about files."""

    def absolute(self, path: Text, state: State) -> str | Hole:
        """Give a path from the root, without `.` and `..`."""
        return absolute(path, state)

    def opened(self, path: Text, state: State) -> str | Hole:
        """Give the file that the kernel opens: a `..` leads up from where a link leads."""
        where = walked(path, state, self._entry, physical=True)
        if where is None:
            return self.hole("missing", f"`{path}` leads up from what is no folder")
        return where

    def look(self, path: Text, state: State) -> Mapping[str, Any] | Hole:
        """Give what is known of a path, or why nothing is."""
        where = walked(path, state, self._entry, physical=True)
        if isinstance(where, Hole):
            return where
        if where is None:
            return {"kind": "missing"}
        if where in _ALWAYS:
            return _ALWAYS[where]
        changed = state.changed_files
        if changed is None or self.world.leads_into(where, changed):
            return self.hole("opaque", f"a command before may have changed `{where}`")
        if where.startswith(("/dev/", "/proc/", "/sys/")):
            return self.hole("not_collected", f"`{where}` is of the running system")
        return self._entry(where)

    def _entry(self, where: str) -> Mapping[str, Any] | Hole:
        if where in _ALWAYS:
            return _ALWAYS[where]
        found = self.world.file(where)
        if isinstance(found, Absent):
            return self.hole(found.cause, naming(where, found.detail))
        return found

    def hole(self, cause: str, detail: str, *, is_some: bool = False) -> Hole:
        """Give a hole with the line at hand."""
        return Hole(cause, detail, self.place(self.line), is_some)

    def test_file(self, operator: str, path: Text, state: State) -> bool | Hole:
        """Say whether `-f path` and its like hold."""
        if path == "":
            return False
        entry = self.look(path, state)
        if isinstance(entry, Hole):
            return entry
        kind = entry.get("kind")
        if operator in {"-L", "-h"}:
            link = entry.get("link")
            return bool(link) if link is not None else self._unsaid(operator)
        if kind == "missing":
            return False
        if operator == "-e":
            return True
        if operator in _KINDS:
            return bool(kind == _KINDS[operator])
        if operator in _ACCESS:
            found = entry.get(_ACCESS[operator])
            return found if isinstance(found, bool) else self._unsaid(operator)
        if operator == "-s" and kind == "file" and isinstance(entry.get("size"), int):
            return bool(entry["size"] > 0)
        return self._unsaid(operator)

    def _unsaid(self, operator: str) -> Hole:
        return self.hole("not_collected", f"the facts do not say what `{operator}` asks")

    def change_files(self, paths: list[Text], state: State) -> None:
        """Note that a command makes, changes or removes these."""
        for path in paths:
            where = self.absolute(path, state)
            if not isinstance(where, Hole) and state.changed_files is not None:
                state.changed_files |= {where}

    def program_path(self, name: str, state: State) -> str | Hole | None:
        """Give the file that a command name runs, None if there is none on PATH."""
        if "/" in name:
            runs = self._runs(name, state)
            return runs if isinstance(runs, Hole) else name if runs else None
        entries, _ = self.items("PATH", state)
        if not entries:
            is_set = self.find("PATH", state)[1].is_set
            return None if is_set else self.hole("opaque", "PATH is not set")
        for entry in entries:
            if isinstance(entry, Mixed):
                return why_not(entry)
            file = f"{entry.rstrip('/') if entry != '/' else ''}/{name}"
            runs = self._runs(file, state)
            if isinstance(runs, Hole):
                return runs
            if runs:
                return file
        return None

    def _runs(self, file: str, state: State) -> bool | Hole:
        entry = self.look(file, state)
        if isinstance(entry, Hole):
            return entry
        if entry.get("kind") != "file":
            return False
        executable = entry.get("executable")
        return executable if isinstance(executable, bool) else self._unsaid("-x")
