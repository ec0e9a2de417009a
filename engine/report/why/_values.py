"""Values, origins and steps out of the facts of contexts, whatever somebody wrote there."""

from __future__ import annotations

import json

from engine.model.facts import Absent, Redacted
from engine.report.why._answer import Event, Origin, Piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject
    from engine.report.why._answer import Value


NO_SHELL = "it is no shell"
"""Why a process that is no shell knows no commands."""


def known(value: Json) -> tuple[Value, Absent | None]:
    """Give a value as a text or a secret, or else the hole in its place."""
    if isinstance(value, Absent):
        return None, value
    if isinstance(value, dict) and set(value) == {"$redacted"}:
        atoms = tuple(
            atom if isinstance(atom, str) else (str(atom.get("salt")), str(atom.get("hash")))
            for atom in listed(value["$redacted"])
            if isinstance(atom, (str, dict))
        )
        return Redacted(atoms), None
    if value is None or isinstance(value, (str, Redacted)):
        return value, None
    return plain(value), None


def origin_of(entry: Json) -> Origin | None:
    """Give an origin, as far as it is told."""
    if not isinstance(entry, dict):
        return None
    line = entry.get("line")
    return Origin(
        file=words(entry.get("file")) or None,
        line=line if type(line) is int and line > 0 else None,
        source=words(entry.get("source")) or None,
        process=words(entry.get("process")) or None,
        file_system=words(entry.get("file_system")) or None,
    )


def piece_of(entry: Json) -> Piece:
    """Give a value that another one won over or hides, with its origin."""
    if not isinstance(entry, dict):
        return Piece(known(entry)[0], Origin())
    value, hole = known(entry.get("path") or entry.get("text") or entry.get("value"))
    kind = words(entry.get("kind"))
    origin = origin_of(entry.get("set_by")) or origin_of(entry) or Origin()
    return Piece(value, origin, kind if hole is None else hole.cause)


def event_of(entry: Json) -> Event:
    """Give one step on the way of a variable."""
    content = entry if isinstance(entry, dict) else {}
    value, hole = known(content.get("value"))
    detail = words(content.get("detail")) or (hole.detail or hole.cause if hole else "")
    return Event(
        words(content.get("op")) or "unknown", value, origin_of(content) or Origin(), detail
    )


def shell_of(shell: JsonObject) -> str:
    """Say in words how a shell is started: `interactive login bash`."""
    name = words(shell.get("name"))
    is_interactive = shell.get("interactive")
    kinds = ["interactive"] if is_interactive is True else []
    kinds += ["non-interactive"] if is_interactive is False else []
    kinds += ["login"] if shell.get("login") is True else []
    return " ".join([*kinds, name]) if name else ""


def mapping(value: Json) -> JsonObject:
    """Give a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: Json) -> list[Json]:
    """Give a list as it is, and an empty one for anything else."""
    return list(value) if isinstance(value, (list, tuple)) else []


def words(value: Json) -> str:
    """Give a text as it is, and an empty one for anything else."""
    return value if isinstance(value, str) else ""


def plain(value: Json) -> str:
    """Give a text as it is, and anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
