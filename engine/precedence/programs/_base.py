"""What a program is: how it is asked in an environment, and how its answer is told as facts."""

from __future__ import annotations

from engine.model.facts import Absent, Redacted
from engine.model.record import record
from engine.precedence.contexts import why_unknown
from engine.precedence.state import Place
from engine.precedence.values import Hole, Mixed, text_of, unknown_as
from engine.precedence.view import Start, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.fold import Ended
    from engine.precedence.state import State
    from engine.precedence.values import Text
    from engine.precedence.world import World


@record
class Program:
    """A program by the name under which contexts tell of it.

    `ask` gives an answer for all environments that look alike to it, `tell` makes it facts of one
    context. `schema` describes them; `settings` names what it may tell of under `env`.
    """

    name: str
    ask: Callable[[View], Any]
    tell: Callable[[Any, State], JsonObject]
    schema: Callable[[], JsonObject]
    settings: Callable[[], frozenset[str]]


class Asking:
    """Asks programs in one context after the other; who sees the same is told the same."""

    def __init__(self, chosen: list[Program], world: World) -> None:
        """Take the programs and the world."""
        self._chosen = chosen
        self._world = world
        self._known: dict[str, list[tuple[View, Any]]] = {}

    def told(self, ended: Ended) -> dict[str, Json]:
        """Give what each program is in a context, asked in the directory that was gathered."""
        if not self._chosen:
            return {}
        directory = self._directory(ended)
        if isinstance(directory, Absent):
            return {program.name: directory for program in self._chosen}
        return {
            program.name: program.tell(
                self._answer(program, self._view(ended, program, directory)), ended.state
            )
            for program in self._chosen
        }

    def setting(self, ended: Ended, program: str, name: str) -> tuple[Text | None, Place | None]:
        """Give what a program makes of one of its settings, and who set it; None for nothing.

        A program that is not there makes nothing of it.
        """
        known = self._known_programs().get(program)
        if known is None:
            return unknown_as(Hole("unsupported", f"nobody knows the program `{program}`")), None
        directory = self._directory(ended)
        if isinstance(directory, Absent):
            return unknown_as(Hole(directory.cause, directory.detail)), None
        view = self._view(ended, known, directory)
        told = known.tell(self._answer(known, view), ended.state)
        if told.get("state") == "missing":
            return None, None
        entry = told.get("env")
        if isinstance(entry, dict):
            entry = entry.get(name, getattr(entry, "more", None))
        value = entry.get("value") if isinstance(entry, dict) else entry
        if isinstance(value, Absent):
            detail = value.detail or f"what `{program}` makes of {name} is not known"
            return unknown_as(Hole(value.cause, detail)), None
        if not isinstance(value, (str, Redacted)) or value == "":
            return None, None
        return text_of(value), _place_of(entry)

    @staticmethod
    def _known_programs() -> Mapping[str, Program]:
        from engine.precedence.programs import programs  # noqa: PLC0415 - it finds this module

        return programs()

    def _directory(self, ended: Ended) -> str | Absent:
        """Give where programs are asked: where the facts were gathered, if it is that machine."""
        if ended.launch.world is not self._world:
            files = ended.launch.world.root.get("files")
            where = ended.state.directory
            if isinstance(files, Absent):
                return files
            hole = Absent("not_collected", "in which directory of it is not known")
            return where if isinstance(where, str) else hole
        directory = self._world.fact("session", "directory")
        if isinstance(directory, (str, Absent)):
            return directory
        return Absent("wrong_type", "`session.directory` is no text")

    def _view(self, ended: Ended, program: Program, directory: str) -> View:
        return View(
            ended.launch.world,
            lambda name: _at_start(ended, name, directory),
            directory,
            changed=ended.state.changed_files,
            start=self._start(ended, program.name),
        )

    def _start(self, ended: Ended, program: str) -> Start:
        """Give who starts a program in a context: a shell finds it by its own PATH."""
        shell = ended.launch.shell.get("name")
        path = ended.state.variable("PATH")
        searched = path.scalar() if shell else passed_on(ended.state, "PATH")
        if path.is_set is None and not isinstance(searched, Mixed):
            searched = unknown_as(Hole("opaque", "whether PATH is set depends on what was not run"))
        if program in (ended.spec.get("finds") or {}):
            searched = ended.searched(program)
        name, asked_for = ended.spec.get("user"), self._world.fact("user", "name")
        if name is None or name == asked_for:
            return Start(searched, shell == "bash")
        is_root = ended.launch.user.get("uid") == 0
        return Start(searched, shell == "bash", str(name), is_root)

    def _answer(self, program: Program, view: View) -> Any:
        known = self._known.setdefault(program.name, [])
        for other, answer in known:
            if other.world is view.world and view.looks_like(other):
                return answer
        answer = program.ask(view)
        known.append((view, answer))
        return answer


def _at_start(ended: Ended, name: str, directory: str) -> Text | None:
    """Give a variable for a program that somebody starts after a `cd` to the directory."""
    if name != "PWD" or not ended.launch.shell.get("name"):
        return passed_on(ended.state, name)
    options = ended.state.options
    is_physical = any(options.get(one, False) is not False for one in ("physical", "chaselinks"))
    if ended.state.variable("PWD").exported is True and not is_physical:
        return directory
    return unknown_as(Hole("opaque", "whether this shell tells programs what it calls its folder"))


def passed_on(state: State, name: str) -> Text | None:
    """Give a variable as a program gets it that the process starts; None if it is not set."""
    variable = state.variable(name)
    value = variable.scalar()
    if variable.exported is False or variable.is_set is False or value is None:
        return None
    hole = None if isinstance(value, Mixed) and variable.exported else why_unknown(variable, value)
    return value if hole is None else unknown_as(hole)


def _place_of(entry: Any) -> Place | None:
    """Give who set what a program tells, as far as that is a line of a file."""
    setter = entry.get("set_by") if isinstance(entry, dict) else None
    if not isinstance(setter, dict) or not isinstance(setter.get("file"), str):
        return None
    named = ("file", "line", "source", "process", "file_system")
    return Place(*map(setter.get, named))
