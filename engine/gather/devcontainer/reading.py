"""From a file's bytes to a configuration, or why the Dev Container CLI gives up at it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from engine.gather.devcontainer.values import Config
from engine.gather.devcontainer.variables import Folders, lacks_name, substituted
from engine.gather.docker_run.options import text_of
from engine.gather.formats._base import FormatError
from engine.gather.go.modules import work_tree
from engine.gather.jsonc.reader import read_jsonc
from engine.gather.jsonc.tokens import PACKAGE
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.devcontainer.variables import Parts
    from engine.gather.survey import Survey
    from engine.loading.nodes import Node

_ELSEWHERE = Absent("not_collected", "it depends on where the repository lies")
_OWN = Absent("unsupported", "such a `workspaceFolder` is not followed")
_BELOW = Absent("ambiguous", "the top of the repository or this folder is mounted, by a setting")


def read_config(content: bytes, file: str, workspace: str, survey: Survey) -> Config | Absent:
    """Give what a file says; a hole with the cause `parse_error` where the CLI gives up at it."""
    try:
        root = read_jsonc(content, file, PACKAGE).node
    except FormatError as error:
        return Absent(error.cause, error.what)
    if root is not None and isinstance(root.value, Absent):
        return root.value
    if root is None or not isinstance(root.value, dict):
        return Absent("parse_error", "it holds no JSON object")
    if _lacks_name(root):
        return Absent("parse_error", "a variable has no name, as in `${localEnv}`")
    return Config(file, root, _folders(root, workspace, survey))


def _lacks_name(node: Node) -> bool:
    if isinstance(node.value, str):
        return lacks_name(node.value)
    return any(map(_lacks_name, (*node.entries.values(), *node.items)))


def _folders(root: Node, workspace: str, survey: Survey) -> Folders:
    unknown: Parts = (_ELSEWHERE,)
    is_here = survey.subject == "workstation"
    local: Parts = (workspace,) if is_here else unknown
    name: Parts = (posixpath.basename(workspace),) if is_here else unknown
    first = Folders(local, name, (), ())
    given = root.entries.get("workspaceFolder")
    container: Parts
    if given is not None and given.value is not None:
        text = given.value
        # An empty one is none for some things, and counts for others.
        is_odd = not isinstance(text, str) or not text or "${containerWorkspaceFolder" in text
        container = (_OWN,) if is_odd else substituted(str(text), first)
    elif "dockerComposeFile" in root.entries:
        container = ("/",)
    elif not is_here:
        container = unknown
    elif work_tree(survey.host, workspace) == workspace:
        container = (posixpath.join("/workspaces", posixpath.basename(workspace)),)
    else:
        container = (_BELOW,)
    written = text_of(container)
    base: Parts = container if written is None else (posixpath.basename(written.rstrip("/")),)
    return Folders(local, name, container, base)
