"""The machine as a `go` command sees it that is started where facts are gathered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from engine.gather.closing import Closing
from engine.model.facts import Absent
from engine.precedence.values import Hole
from engine.precedence.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.survey import Survey


class HostView:
    """A view in which each question is answered by the host."""

    def __init__(self, survey: Survey) -> None:
        """Take whose machine it is, and where the command is started."""
        account = survey.host.account(survey.launch.user)
        closing = Closing(survey, account)
        self._world = World({"files": closing.files}, closing.answer)
        self._environment = survey.host.environment
        # A tree has no processes; only HOME is known of one that will be there.
        self._is_known = survey.host.is_live or survey.launch.environment is not None
        self._home = account.home
        self.directory: str | Hole = survey.directory

    def variable(self, name: str) -> str | Hole | None:
        """Give a variable; one that is not there is certainly not set."""
        if self._is_known:
            return self._environment.get(name)
        if name == "HOME" and self._home:
            return self._home
        return Hole("not_collected", f"no environment was given, so {name} is not known")

    def file(self, path: str) -> Mapping[str, Any] | Absent:
        """Give what a path is."""
        return self._world.file(path)

    def names(self, path: str) -> tuple[str, ...] | Absent:
        """Give the names in a directory."""
        return self._world.names(path)

    def script(self, path: str, syntax: str) -> list[Any] | Absent:
        """Give a file's content, read in a syntax."""
        return self._world.script(path, syntax)

    def which(self, name: str, path: str | None = None) -> str | Hole | None:
        """Give the first executable of that name; an empty entry of PATH is the directory."""
        folders = self.variable("PATH") if path is None else path
        if not isinstance(folders, str):
            return folders
        for folder in folders.split(":"):
            where = os.path.normpath(os.path.join(str(self.directory), folder, name))
            entry = self._world.file(where)
            if isinstance(entry, Absent):
                return Hole(entry.cause, f"`{where}`: {entry.detail}")
            may = entry.get("executable", False)
            if isinstance(may, Absent):
                return Hole(may.cause, f"`{where}`: {may.detail}")
            if entry["kind"] == "file" and may:
                return where
        return None
