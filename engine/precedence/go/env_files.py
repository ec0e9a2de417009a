"""The files of Go's settings: the one that `go env -w` writes, and GOROOT/go.env."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.model.record import record, replace
from engine.precedence.state import Place
from engine.precedence.values import Hole, hole_about
from engine.precedence.view import Unknown, literal_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.precedence.values import Text
    from engine.precedence.view import View

SYNTAX = "go-env"


@record
class Entry:
    """One setting of a file: its value, and its line."""

    value: Text
    place: Place


@record
class EnvFile:
    """What a file sets, by key; `hole` says why all other keys are not known."""

    path: str = ""
    entries: Mapping[str, Entry] = {}
    hole: Hole | None = None

    def get(self, key: str) -> Entry | None:
        """Give what the file says about a key, None if nothing; may raise `Unknown`."""
        found = self.entries.get(key)
        if found is None and self.hole is not None:
            raise Unknown(self.hole)
        return found


def env_file(view: View, path: str, *, last_counts: bool) -> EnvFile:
    """Give the settings in a file; Go silently passes over one that it cannot read."""
    entry = view.file(path)
    if isinstance(entry, Absent):
        if entry.cause == "permission":
            return EnvFile(path)
        return EnvFile(path, hole=hole_about(path, entry, Place(path)))
    if entry["kind"] in {"missing", "directory"} or entry.get("readable") is False:
        return EnvFile(path)
    if entry["kind"] != "file":
        # Go would read a FIFO for as long as somebody writes to it.
        return EnvFile(path, hole=Hole("unsupported", f"`{path}` is a {entry['kind']}"))
    script = view.script(path, SYNTAX)
    if isinstance(script, Absent):
        return EnvFile(path, hole=hole_about(path, script, Place(path)))
    place = Place(view.absolute(path), file_system=view.world.file_system)
    return _settings(script, place, last_counts=last_counts)


def _settings(script: list[Any], file: Place, *, last_counts: bool) -> EnvFile:
    entries: dict[str, Entry] = {}
    hole: Hole | None = None
    for op, line, *rest in script:
        if op != "decl":
            hole = Hole("opaque", rest[0], replace(file, line=line))
            entries.clear()
            continue
        for assign in rest[1]:
            key, _, word, _ = assign
            if last_counts or key not in entries:
                entries[key] = Entry(literal_text(word or []), replace(file, line=line))
    return EnvFile(file.file or "", entries, hole)
