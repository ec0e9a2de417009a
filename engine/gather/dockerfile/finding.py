"""Where Dockerfiles are: in a directory and a few levels below it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.host import Host

DEEPEST = 3
MOST_FOLDERS = 2000
MOST_NAMES = 50_000
MOST_FILES = 200
_PASSED_OVER = frozenset((".git", "node_modules", "vendor"))


# What is written about Dockerfiles, or reads them, is often named after them.
_OF_OTHERS = (
    ".dockerignore", ".adoc", ".bak", ".c", ".go", ".html", ".java", ".js", ".json", ".lua", ".md",
    ".orig", ".php", ".py", ".rb", ".rej", ".rs", ".rst", ".sh", ".swp", ".ts", ".txt", ".vim",
    ".xml", ".yaml", ".yml",
)  # fmt: skip


def is_dockerfile(name: str) -> bool:
    """Say whether a file is a Dockerfile by its name; `docker build` takes `dockerfile` as well."""
    small = name.lower()
    if small in {"dockerfile", "containerfile"} or small.endswith(".dockerfile"):
        return True
    return small.startswith("dockerfile.") and not small.endswith(_OF_OTHERS)


def dockerfiles(host: Host, directory: str) -> Iterator[str | Absent]:
    """Give the paths of Dockerfiles, those further up first; a hole where some may be missed."""
    folders = [(directory, 0)]
    looked = seen = found = 0
    for folder, depth in folders:
        try:
            names = host.names_in(folder)
        except HostError as error:
            yield error.hole()
            continue
        looked, seen = looked + 1, seen + len(names)
        if looked > MOST_FOLDERS or seen > MOST_NAMES:
            yield Absent("too_large", f"{directory} has too many folders and files to look through")
            return
        for name in names:
            path = os.path.join(folder, name)
            kind = _kind(host, path)
            if kind == "directory":
                if depth < DEEPEST and name not in _PASSED_OVER:
                    folders.append((path, depth + 1))
            elif kind is not None and is_dockerfile(name):
                found += 1
                if found > MOST_FILES:
                    yield Absent("too_large", f"there are more than {MOST_FILES} Dockerfiles")
                    return
                yield path


def _kind(host: Host, path: str) -> str | None:
    """Give what a path names; links to folders are not followed."""
    try:
        kind = host.status(path, follow=False).kind
        if kind == "link" and host.status(path).kind == "directory":
            return None
    except HostError:
        return "other"
    return kind
