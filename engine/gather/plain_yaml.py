"""YAML files in a folder, as they are written: what is found, and how a file of them is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.errors import LoadError
from engine.gather.host import HostError
from engine.loading.plain_yaml import Plain, Reference, read_documents
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.loading.nodes import Node

__all__ = ["ENDINGS", "NAMES_LIMIT", "Plain", "Reference", "documents", "yaml_files"]

ENDINGS = (".yaml", ".yml")
NAMES_LIMIT = 20_000
"""How many names are looked at below a folder at most."""

_DEEPEST = 4
_FOREIGN = frozenset(("node_modules", "vendor", "venv", "__pycache__", "testdata"))
_BOUNDS = ("nested more than", "holds more than")


def documents(data: bytes, file: str, *, merges: bool = True) -> list[Node]:
    """Give the documents of a YAML file; `HostError` where that cannot be told."""
    try:
        return read_documents(data, file, merges=merges)
    except LoadError as error:
        found = error.complaints[0]
        cause = "too_large" if any(bound in found.what for bound in _BOUNDS) else "parse_error"
        # A complaint may quote the file, and nobody knows what stands there.
        what = found.what if "`" not in found.what else "this is not YAML that can be read"
        line = found.place.line if found.place else None
        raise HostError(cause, f"line {line}: {what}" if line else what) from None


def yaml_files(survey: Survey, top: str) -> Iterator[str | Absent]:
    """Give the YAML files up to four folders below one, in order; links are not followed.

    Folders of others (`vendor`, `node_modules`) and hidden ones are left out. A hole says that
    there may be more.
    """
    todo, seen = [(top, 0)], 0
    while todo:
        folder, depth = todo.pop(0)
        try:
            names = survey.host.names_in(folder)
        except HostError as error:
            if error.cause != "missing":
                yield error.hole()
            continue
        seen += len(names)
        if seen > NAMES_LIMIT:
            yield Absent("too_large", f"there are more than {NAMES_LIMIT} names below {top}")
            return
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(ENDINGS):
                yield path
            elif not _is_left_out(name, depth) and _is_folder(survey, path):
                todo.append((path, depth + 1))


def _is_left_out(name: str, depth: int) -> bool:
    return name in _FOREIGN or name.startswith(".") or depth == _DEEPEST


def _is_folder(survey: Survey, path: str) -> bool:
    try:
        return survey.host.status(path, follow=False).kind == "directory"
    except HostError:
        return False
