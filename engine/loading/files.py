"""The files of a pack: which there are, and their bytes, with whatever is no honest file refused.

Free of heavy imports: a cached run asks here whether files were added or removed.
"""

from __future__ import annotations

import os
import stat

from engine.errors import Complaint, LoadError
from engine.model.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    Entries: TypeAlias = AbstractContextManager["Iterable[os.DirEntry[str]]"]

MAX_BYTES = 1024 * 1024
PACK_FILE = "pack.yaml"

# Without O_NONBLOCK, opening a named pipe waits for a writer that may never come.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def list_pack_files(folder: str) -> tuple[str, ...]:
    """Give the paths of all YAML files below a folder in a stable order; hidden ones are left out.

    Links to folders are given as well, and never followed.
    """
    found: list[str] = []
    waiting = [folder]
    while waiting:
        with _entries(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif is_yaml(entry.name) or (entry.is_symlink() and os.path.isdir(entry.path)):
                    found.append(entry.path)
    return tuple(sorted(found))


def is_path(name: str) -> bool:
    """Whether a name can only mean a path: `./policy`, `/etc/policy`, `policy/go`, `rule.yaml`."""
    return name.startswith(".") or "/" in name or os.sep in name or is_yaml(name)


def require_kept_inside(path: str, origin: str, tree: str | None, place: Place | None) -> None:
    """Refuse a path that something in a tree names and that leads out of the tree.

    `tree` is one whose content nobody vouches for, such as a repository that a hook looks at; None
    trusts everything. `origin` names the path; what lies outside the tree may lead anywhere.
    """
    if tree is None:
        return
    try:
        tops = {os.path.abspath(tree), os.path.realpath(tree)}
        origins = {os.path.abspath(origin), os.path.realpath(origin)}
        comes_from_inside = any(_is_below(one, top) for one in origins for top in tops)
        leads_out = not _is_below(os.path.realpath(path), os.path.realpath(tree))
    except ValueError:
        return  # no path at all, which whoever opens it will say
    if comes_from_inside and leads_out:
        advice = "leave out `--repository` if you trust it"
        raise LoadError(Complaint(f"`{path}` leads out of the repository", place, advice))


def is_yaml(name: str) -> bool:
    """Whether a file's name says that it holds YAML."""
    return name.endswith((".yaml", ".yml"))


def read_file(path: str, inside: str | None = None) -> bytes:
    """Give the bytes of a regular file of bearable size; a link must not lead out of `inside`."""
    place = Place(path)
    try:
        if inside is not None and os.path.islink(path) and _leaves(path, inside):
            raise LoadError(
                Complaint("this link leads out of the pack's folder", place, "copy the file")
            )
        descriptor = os.open(path, _FLAGS)
        try:
            content = _content(descriptor, place)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise LoadError(Complaint(f"cannot read this: {_reason(error)}", place)) from None
    if len(content) > MAX_BYTES:
        raise LoadError(Complaint("the file is larger than 1 MiB", place, "split it"))
    return content


def _content(descriptor: int, place: Place) -> bytes:
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        what = "a folder" if stat.S_ISDIR(kind) else "a pipe, socket or device"
        raise LoadError(Complaint(f"this is {what}, not a file", place))
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(MAX_BYTES + 1)


def _leaves(path: str, folder: str) -> bool:
    return not _is_below(os.path.realpath(path), os.path.realpath(folder))


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath((folder, path)) == folder


def _entries(folder: str) -> Entries:
    try:
        return os.scandir(folder)
    except (OSError, ValueError) as error:
        raise LoadError(Complaint(f"cannot read this: {_reason(error)}", Place(folder))) from None


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or "the path is not one"
    return str(text).lower()
