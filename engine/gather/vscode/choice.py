"""The Go that a user chose for a folder by `Go: Choose Go Environment`, which no setting tells.

VS Code keeps what an extension remembers of a folder in a database beside the settings: `src/vs/
platform/workspaces/node/workspaces.ts` and `src/vs/base/parts/storage/node/storage.ts` of
microsoft/vscode. `setSelectedGo` in `extension/src/goEnvironmentStatus.ts` of golang/vscode-go
writes there, and `getBinPathWithExplanation` in `util.ts` reads it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import unquote

from engine.gather.host import HostError
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json

_FOLDERS = 2_000
_DATABASE_LIMIT = 1 << 26
_STEPS = 1_000
_BROKEN = Absent("parse_error", "what the Go extension remembers of the folder cannot be read")
_ASK = "SELECT value FROM ItemTable WHERE key = 'golang.go'"


def chosen_go(survey: Survey, user: str, folder: str) -> str | Absent | None:
    """Give the program that was chosen, or None where nothing was."""
    chosen: dict[str, None] = {}
    try:
        for storage in _storages(survey, os.path.join(user, "workspaceStorage"), folder):
            path = _chosen(survey, os.path.join(storage, "state.vscdb"))
            chosen |= {} if path is None else {path: None}
    except HostError as error:
        return Absent(error.cause, f"which Go was chosen for the folder: {error.detail}")
    except (sqlite3.Error, ValueError, RecursionError, UnicodeError):
        return _BROKEN
    if len(chosen) > 1:
        return Absent("ambiguous", "several were chosen for folders of this name")
    return next(iter(chosen), None)


def _storages(survey: Survey, top: str, folder: str) -> Iterator[str]:
    """Give where things about a folder are kept: each folder has one, named by a digest."""
    try:
        names = survey.host.names_in(top)
    except HostError as error:
        if error.cause == "missing":
            return
        raise
    if len(names) > _FOLDERS:
        raise HostError("too_large", f"{top} has too many folders")
    for name in names:
        try:
            content = survey.host.read(os.path.join(top, name, "workspace.json"))
        except HostError as error:
            if error.cause in {"missing", "not_a_directory"}:
                continue
            raise
        said = json.loads(content)
        address = said.get("folder") if isinstance(said, dict) else None
        if isinstance(address, str) and unquote(address) == f"file://{folder}":
            yield os.path.join(top, name)


def _chosen(survey: Survey, database: str) -> str | None:
    try:
        content = survey.host.read(database, limit=_DATABASE_LIMIT)
    except HostError as error:
        if error.cause == "missing":
            return None
        raise
    stored = _remembered(content)
    choice = stored.get("selectedGo") if isinstance(stored, dict) else None
    path = choice.get("binpath") if isinstance(choice, dict) else None
    return path if isinstance(path, str) and path else None


def _remembered(content: bytes) -> Json:
    """Give what the database holds of the extension; it may be anybody's, so it gets no time."""
    if not content:
        return None
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(content)
        opened.execute("PRAGMA trusted_schema = OFF")
        opened.set_progress_handler(lambda: 1, _STEPS)
        row = opened.execute(_ASK).fetchone()
    made: Json = json.loads(row[0]) if row and isinstance(row[0], (str, bytes)) else None
    return made
