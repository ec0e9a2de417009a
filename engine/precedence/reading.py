"""How a process reads one source: a file, the first of several, a sorted set, built-in values."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent, Redacted
from engine.precedence.assignments import Assignments
from engine.precedence.expressions import evaluate_expression
from engine.precedence.outcomes import merge
from engine.precedence.shell.patterns import compile_pattern
from engine.precedence.state import Event, Place, State, Variable
from engine.precedence.values import Hole, Mixed, hole_about, text_of, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.interpreter import Interpreter
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.values import Text

_SETTINGS = frozenset(("pam-env", "systemd-env", "crontab", "env", "dotenv"))
"""Syntaxes that are no shell's: whatever reads them, they set variables."""


class Reading:
    """Reads sources into a process's state, and notes what was not read and why."""

    def __init__(
        self,
        sources: JsonObject,
        interpreter: Interpreter,
        started: State,
        decide: Callable[[Any, State], bool | Absent],
        elsewhere: Callable[[str, str], Variable],
    ) -> None:
        """Take the plan's sources, the process's interpreter, and what it started with.

        `decide` judges conditions, `elsewhere` gives a variable of another process.
        """
        self.decide = decide
        self._sources = sources
        self._interpreter = interpreter
        self._started = started
        self._elsewhere = elsewhere
        self.shell = interpreter.launch.shell
        self.options: JsonObject = {"rcs": not self.shell.get("norc"), "globalrcs": True}
        self.skipped: list[JsonObject] = []

    def read(self, edge: JsonObject, state: State) -> Outcomes:
        """Fold a source."""
        name = edge["source"]
        source = self._sources[name]
        self._interpreter.source = name
        kind = source["kind"]
        if kind == "sets":
            self._set(source, state, name)
            return {"next": state}
        if kind == "environment":
            self._take_environment(source, state, name)
            return {"next": state}
        if kind == "assignments":
            self._assign(source, state, name)
            return {"next": state}
        if kind == "touches":
            hole = Hole("opaque", f"{source['title']} may set it", self._place(name))
            for pattern in source["names"]:
                state.taint_matching(pattern, hole)
            return {"next": state}
        if kind == "file":
            return self._read_path(source["paths"][0], source, state, edge)
        if kind == "first":
            return self._read_first(source, state, edge)
        return self._read_files(source, state, edge)

    @property
    def process(self) -> str:
        """The process that reads."""
        return self._interpreter.launch.process

    def skip(self, edge: JsonObject, state: State, reason: str, detail: str = "") -> None:
        """Note that a source is not read."""
        source = self._sources[edge["source"]]
        for written in source.get("paths") or ():
            path = self._path(written, state.copy())
            if not isinstance(path, str) or not path or set(path) & set("*?["):
                continue
            self._note(path, edge, reason, detail)

    def _place(self, name: str) -> Place:
        return Place(None, None, name, self._interpreter.launch.process)

    # Files.

    def _path(self, written: Any, state: State) -> Text | None:
        path = evaluate_expression(written, state, self._interpreter, {"shell": self.shell})
        if isinstance(path, str) and path:
            if not path.startswith("/") and isinstance(state.directory, str):
                path = posixpath.join(state.directory, path)
            return posixpath.normpath(path).replace("//", "/", 1)
        return path

    def _read_path(
        self, written: Any, source: JsonObject, state: State, edge: JsonObject
    ) -> Outcomes:
        path = self._path(written, state)
        if path is None or path == "":
            return {"next": state}
        if isinstance(path, Mixed):
            hole = why_not(path).here(self._place(edge["source"]), "which file is read")
            state.taint_everything(hole)
            return {"next": state}
        return self._read_file(path, source, state, edge)

    def _read_file(self, path: str, source: JsonObject, state: State, edge: JsonObject) -> Outcomes:
        entry = self._interpreter.world.file(path)
        if isinstance(entry, Absent):
            place = Place(path, source=edge["source"])
            hole = hole_about(path, entry, place)
            state.taint_everything(hole)
            return {"next": state}
        kind = entry.get("kind")
        if kind == "missing":
            self._note(path, edge, "missing")
            return {"next": state}
        if kind in {"fifo", "socket", "device"} and path != "/dev/null":
            detail = f"`{path}` is a {kind}"
            state.taint_everything(Hole("unsupported", detail, Place(path, source=edge["source"])))
            return {"next": state}
        if kind != "file":
            self._note(path, edge, "not a file")
            return {"next": state}
        if entry.get("readable") is False:
            self._note(path, edge, "unreadable")
            return {"next": state}
        if self.shell.get("name") == "zsh" and not self._is_plain_zsh(path, state):
            return {"next": state}
        state.loaded = (*state.loaded, (path, None))
        return self._fold(path, source, state)

    def _is_plain_zsh(self, path: str, state: State) -> bool:
        """Say whether zsh reads the text: a compiled copy beside it may be read instead."""
        compiled = self._interpreter.world.file(f"{path}.zwc")
        if not isinstance(compiled, Absent) and compiled.get("kind") == "missing":
            return True
        detail = f"zsh may read `{path}.zwc` instead, which is compiled"
        state.taint_everything(Hole("unsupported", detail, Place(path)))
        return False

    def _fold(self, path: str, source: JsonObject, state: State) -> Outcomes:
        interpreter = self._interpreter
        syntax = source.get("syntax") or "shell"
        if syntax == "shell":
            syntax = interpreter.syntax
        if syntax not in _SETTINGS and syntax.startswith("fish") != (interpreter.syntax == "fish"):
            detail = f"`{path}` is written for another shell than the one that reads it"
            state.taint_everything(Hole("unsupported", detail, Place(path)))
            return {"next": state}
        script = interpreter.world.script(path, syntax)
        if isinstance(script, Absent):
            hole = hole_about(path, script, Place(path))
            state.taint_everything(hole)
            return {"next": state}
        outcomes = interpreter.at(path, lambda: interpreter.run_file(script, state))
        return interpreter.ended_file(outcomes)

    def _note(self, path: str, edge: JsonObject, reason: str, detail: str = "") -> None:
        self.skipped.append(
            {"path": path, "source": edge["source"], "reason": reason, "detail": detail}
        )

    def _read_first(self, source: JsonObject, state: State, edge: JsonObject) -> Outcomes:
        """Read the first file that is there; the others are hidden by it."""
        chosen: str | None = None
        for written in source["paths"]:
            path = self._path(written, state)
            if path is None or path == "":
                continue
            if isinstance(path, Mixed):
                return self._read_path(written, source, state, edge)
            if chosen is not None:
                self._note(path, edge, "hidden", f"{chosen} comes first")
                continue
            entry = self._interpreter.world.file(path)
            if isinstance(entry, Absent):
                return self._read_file(path, source, state, edge)
            unreadable = source.get("readable") and entry.get("readable") is False
            if entry.get("kind") == "missing" or unreadable:
                self._note(path, edge, "missing")
                continue
            chosen = path
        if chosen is None:
            return {"next": state}
        return self._read_file(chosen, source, state, edge)

    def _read_files(self, source: JsonObject, state: State, edge: JsonObject) -> Outcomes:
        """Read all files that match, sorted by basename; a name that stands first masks others."""
        found: list[str] = []
        for written in source["paths"]:
            path = self._path(written, state)
            if path is None or path == "":
                continue
            names = path if isinstance(path, Mixed) else self._matching(path)
            if isinstance(names, (Mixed, Hole)):
                hole = why_not(names) if isinstance(names, Mixed) else names
                here = hole.here(self._place(edge["source"]), "which files are read")
                state.taint_everything(here)
                return {"next": state}
            found += names
        if source.get("mask"):
            kept: dict[str, str] = {}
            for path in found:
                first = kept.setdefault(posixpath.basename(path), path)
                if first != path:
                    self._note(path, edge, "masked", f"{first} masks it")
            found = list(kept.values())
        if source.get("order") == "basename":
            found.sort(key=posixpath.basename)
        outcomes: Outcomes = {"next": state}
        for path in found:
            following = outcomes.pop("next", None)
            if following is None:
                break
            merge(outcomes, self._read_file(path, source, following, edge))
        return outcomes

    def _matching(self, pattern: str) -> list[str] | Hole:
        """Give the files that match a pattern whose last part only may have a `*`."""
        folder, name = posixpath.split(pattern)
        world = self._interpreter.world
        entry = world.file(folder)
        if isinstance(entry, Absent):
            return hole_about(folder, entry)
        if entry.get("kind") != "directory":
            return []
        names = world.names(folder)
        if isinstance(names, Absent):
            return hole_about(folder, names)
        wanted = compile_pattern([(name, False)], extended=False, dialect="sh")
        return [
            f"{folder.rstrip('/')}/{one}"
            for one in names
            if wanted.matches(one) and (not one.startswith(".") or name.startswith("."))
        ]

    # Values.

    def _set(self, source: JsonObject, state: State, name: str) -> None:
        place = self._place(name)
        for key, spec in source["sets"].items():
            truth = self.decide(spec["when"], state)
            if truth is False:
                continue
            if isinstance(truth, Absent):
                state.taint(key, Hole(truth.cause, truth.detail, place))
                continue
            self._set_one(key, spec, state, place)

    def _set_one(self, key: str, spec: JsonObject, state: State, place: Place) -> None:
        old = state.variable(key)
        value = spec["value"]
        if isinstance(value, dict) and value.get("unset"):
            event = Event("unset", None, place, old.history)
            state.put(key, Variable(None, False, event, is_set=False))
            return
        if spec["if_unset"] and old.is_set is not False:
            if old.is_set is None:
                before = old.scalar()
                unknown = Hole("opaque", "it has a default if it is not set", place)
                state.taint(key, why_not(before) if isinstance(before, Mixed) else unknown)
            return
        text = self._value(value, state)
        if text is None:
            return
        event = Event("set", text, self._written_at(value, state) or place, old.history)
        exported = bool(spec["exported"]) or bool(old.exported)
        state.put(key, Variable(text, exported, event))

    def _written_at(self, value: Any, state: State) -> Place | None:
        """Give the line that says a fact, where the mapping that holds it tells that.

        Of a program's setting it is the line that the program names.
        """
        launch = self._interpreter.launch
        if not isinstance(value, dict):
            return None
        if "program" in value:
            return launch.setting(value["program"], value["setting"], state)[1]
        if len(value.get("fact") or ()) < 2:  # noqa: PLR2004 - the fact and what holds it
            return None
        holder = launch.fact(*map(str, value["fact"][:-1]))
        file = holder.get("file") if isinstance(holder, dict) else None
        if not isinstance(holder, dict) or not isinstance(file, str):
            return None
        line = holder.get("line")
        source, process = self._interpreter.source, launch.process
        return Place(file, line if isinstance(line, int) else None, source, process)

    def _value(self, value: Any, state: State) -> Text | None:
        if isinstance(value, dict) and "count" in value:
            before = state.variable(value["count"]).scalar() or "0"
            if isinstance(before, Mixed):
                return unknown_as(why_not(before))
            return str(int(before) + 1) if before.isdigit() else "1"
        return evaluate_expression(value, state, self._interpreter, {"shell": self.shell})

    def _assign(self, source: JsonObject, state: State, name: str) -> None:
        scopes = source["scopes"]

        def variable_of(scope: str, variable: str) -> Variable:
            if scope == "inherited":
                return self._started.variable(variable)
            if scope in scopes:
                return self._elsewhere(scopes[scope], variable)
            hole = Hole("unsupported", f"nobody says what `{scope}` is", self._place(name))
            return Variable(unknown_as(hole), None, None, is_set=None)

        launch = self._interpreter.launch
        found = launch.fact(*source["fact"])
        names = tuple(source["names"])
        Assignments(name, launch.process, variable_of, names).fold(found, state)

    def _take_environment(self, source: JsonObject, state: State, name: str) -> None:
        place = self._place(name)
        found = self._interpreter.launch.fact(*source["fact"])
        if not isinstance(found, dict):
            cause = found.cause if isinstance(found, Absent) else "wrong_type"
            detail = found.detail if isinstance(found, Absent) else "no mapping"
            state.taint_everything(Hole(cause, detail or "the environment is not known", place))
            return
        for key, value in found.items():
            if isinstance(value, Absent):
                text: Text = unknown_as(Hole(value.cause, value.detail, place))
                state.put(key, Variable(text, None, Event("unknown", None, place), None))
                continue
            if not isinstance(value, (str, Redacted)):
                state.taint(key, Hole("wrong_type", f"`{key}` is no text", place))
                continue
            text = text_of(value)
            state.put(key, Variable(text, True, Event("set", text, place)))
        more = getattr(found, "more", None)
        if more is not None:
            state.hole = Hole(more.cause, more.detail or "there may be others", place)
