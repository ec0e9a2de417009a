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
    """A view in which each question is answered by the host, and nothing of the process is open."""

    def __init__(self, survey: Survey, environment: Mapping[str, str] | None = None) -> None:
        """Take whose machine it is; another environment than the host's may be asked about."""
        closing = Closing(survey, survey.host.account(survey.launch.user))
        self._world = World({"files": closing.files}, closing.answer)
        self._environment = survey.host.environment if environment is None else environment
        self.directory: str | Hole = survey.directory

    def variable(self, name: str) -> str | Hole | None:
        """Give a variable; one that is not there is certainly not set."""
        return self._environment.get(name)

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
        folders = (self._environment.get("PATH") or "") if path is None else path
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
