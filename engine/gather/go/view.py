"""The machine as a `go` command sees it that is started where facts are gathered."""

from __future__ import annotations

import os
from copy import copy
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
        # A tree has no processes; of one that will be there only HOME is known.
        self.is_known = survey.host.is_live or survey.launch.environment is not None
        own = {"HOME": account.home} if account.home and not survey.host.is_live else {}
        self._environment = own | dict(survey.host.environment)
        self.directory: str | Hole = survey.directory

    def variable(self, name: str) -> str | Hole | None:
        """Give a variable; where they are known, one that is not there is not set."""
        if self.is_known or name in self._environment:
            return self._environment.get(name)
        return Hole("not_collected", f"no environment was given, so {name} is not known")

    def usual(self) -> HostView:
        """Give the same view with every variable unset that is not known."""
        usual = copy(self)
        usual.is_known = True
        return usual

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
