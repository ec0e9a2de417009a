"""The files of VS Code that matter to a folder: which there are, and what became of each.

Source: `src/vs/workbench/services/configuration/browser/configuration.ts` of microsoft/vscode.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.formats._base import FormatError
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.jsonc.reader import Fault, read_jsonc
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey

STATES = ("present", "missing", "unreadable", "broken")
KINDS = ("settings", "launch", "tasks", "workspace")
SUFFIX = ".code-workspace"
_MOST_WORKSPACES = 20


@record
class Source:
    """A file: what it is for, whose it is, what became of it, and what stands in it.

    One that is `broken` is read all the same as far as VS Code reads it; `hole` says why nothing is
    known of one.
    """

    path: str
    kind: str
    scope: str
    state: str
    node: Node | None = None
    faults: tuple[Fault, ...] = ()
    hole: Absent | None = None

    @property
    def root(self) -> Node:
        """The table at the top; an empty one where there is none."""
        is_table = self.node is not None and isinstance(self.node.value, dict)
        return self.node if self.node is not None and is_table else self.nothing

    @property
    def nothing(self) -> Node:
        """An empty table."""
        return Node({}, Place(self.path))

    def table(self, name: str) -> Node | None:
        """Give a table in the table at the top."""
        node = self.root.entries.get(name)
        return node if node is not None and isinstance(node.value, dict) else None


def folder_of(survey: Survey) -> str:
    """Give the folder that is opened: the nearest one with `.vscode` in it, or the directory."""
    top = work_tree(survey.host, survey.directory)
    folder = survey.directory
    while True:
        try:
            if survey.host.status(os.path.join(folder, ".vscode")).kind == "directory":
                return folder
        except HostError:
            pass
        if folder == top or folder == os.path.dirname(folder):
            return survey.directory
        folder = os.path.dirname(folder)


def source(survey: Survey, path: str, kind: str, scope: str, within: str | None = None) -> Source:
    """Read a file, and never fail."""
    try:
        content = survey.host.read(path, within=within)
        found = read_jsonc(content, path)
    except HostError as error:
        state = "missing" if error.cause == "missing" else "unreadable"
        return Source(path, kind, scope, state, hole=None if state == "missing" else error.hole())
    except FormatError as error:
        hole = Absent(error.cause, f"{path}: {error.what}")
        return Source(path, kind, scope, "unreadable", hole=hole)
    if found.node is not None and isinstance(found.node.value, Absent):
        hole = found.node.value
        return Source(path, kind, scope, "unreadable", hole=hole)
    state = "broken" if found.faults and content.strip() else "present"
    return Source(path, kind, scope, state, found.node, found.faults)


def of_folder(survey: Survey, folder: str, within: str | None) -> list[Source]:
    """Read the files in the `.vscode` of a folder."""
    return [
        source(survey, os.path.join(folder, ".vscode", f"{kind}.json"), kind, "workspace", within)
        for kind in ("settings", "launch", "tasks")
    ]


def workspaces(survey: Survey, folder: str, within: str | None) -> list[Source | Absent]:
    """Read the *.code-workspace files in a folder."""
    try:
        names = survey.host.names_in(folder)
    except HostError as error:
        return [error.hole()]
    wanted = [name for name in names if name.endswith(SUFFIX)]
    found: list[Source | Absent] = [
        source(survey, os.path.join(folder, name), "workspace", "workspace-file", within)
        for name in wanted[:_MOST_WORKSPACES]
    ]
    if len(wanted) > _MOST_WORKSPACES:
        found.append(Absent("too_large", f"there are more than {_MOST_WORKSPACES} workspace files"))
    return found


def folders_of(workspace: Source) -> list[str]:
    """Give the absolute paths of the folders that a *.code-workspace names."""
    listed = workspace.root.entries.get("folders")
    base = os.path.dirname(workspace.path)
    return [
        os.path.normpath(os.path.join(base, path))
        for node in (listed.items if listed else ())
        if (inner := node.entries.get("path")) and isinstance(path := inner.value, str)
    ]
