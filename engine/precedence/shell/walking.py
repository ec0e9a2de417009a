"""`cd`: where a shell is after it, by the name that it keeps for the place."""

from __future__ import annotations

from engine.precedence.shell.line_reading import LineReading
from engine.precedence.values import Hole, Mixed, split_text, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text


class Walking(LineReading):
    """Changes the directory."""

    def change_directory(self, arguments: list[Text], state: State, line: int) -> None:
        """Fold `cd`."""
        words = [a for a in arguments if a not in {"-P", "-L", "-q", "--"}]
        path = self._asked_directory(words, state)
        found = self._on_cdpath(path, state) if isinstance(path, str) else path
        physical = "-P" in arguments or self._is_physical(state)
        if isinstance(found, Hole):
            where: str | Hole | None = found
        elif self.dialect.name in {"sh", "ash"}:
            where = self.absolute(found, state)
        else:
            where = self.walked(found, state, physical=physical)
        if where is None:
            state.status = 1
            return
        entry = where if isinstance(where, Hole) else self.look(where, state)
        if isinstance(entry, Hole) or isinstance(where, Hole):
            self._lost(where if isinstance(where, Hole) else entry, state)  # type: ignore[arg-type]
            return
        if entry.get("kind") != "directory" or entry.get("executable") is False:
            state.status = 1
            return
        if physical:
            where = str(entry.get("target", where))
        if found != path and state.output is not None:
            hole = Hole("opaque", "`cd` prints where it goes", self.place(line))
            state.output = (*state.output, unknown_as(hole))
        old = state.directory
        state.directory = where
        state.status = 0
        self.assign("OLDPWD", old, state, line)
        self.assign("PWD", where, state, line)

    @staticmethod
    def _lost(hole: Hole, state: State) -> None:
        state.status = hole
        state.directory = unknown_as(hole)
        for name in ("PWD", "OLDPWD"):
            state.taint(name, hole)

    @staticmethod
    def _is_physical(state: State) -> bool:
        return any(state.options.get(name) is True for name in ("chaselinks", "physical"))

    @staticmethod
    def _asked_directory(words: list[Text], state: State) -> str | Hole:
        if len(words) > 1:
            return Hole("unsupported", "`cd` with two directories")
        name = "HOME" if not words else "OLDPWD" if words[0] == "-" else ""
        variable = state.variable(name) if name else None
        path = variable.scalar() if variable is not None else words[0]
        if isinstance(path, Mixed):
            return why_not(path)
        if not path or (variable is not None and not variable.is_set):
            return Hole("opaque", "an empty directory")
        return path

    def _on_cdpath(self, path: str, state: State) -> str | Hole:
        """Give the place that a relative path means: CDPATH says where it is looked for."""
        if path.startswith("/") or path.split("/", maxsplit=1)[0] in {".", ".."}:
            return path
        cdpath = state.variable("CDPATH").scalar()
        if isinstance(cdpath, Mixed):
            return why_not(cdpath)
        entries = [str(entry) for entry in split_text(cdpath, ":")] if cdpath else []
        if self.dialect.name == "zsh" and "." not in entries:
            entries = [".", *entries]
        for entry in entries:
            candidate = f"{entry}/{path}" if entry not in {"", "."} else path
            found = self.look(candidate, state)
            if isinstance(found, Hole):
                return found
            if found.get("kind") == "directory":
                return candidate
        return path
