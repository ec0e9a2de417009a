"""Launch configurations, and tasks: what they start, and what they do to variables.

Sources: `configurationResolverExpression.ts` and `taskConfiguration.ts` of microsoft/vscode for how
`linux`, `osx` and `windows` lie over the rest; `extension/src/goDebugConfiguration.ts` of
golang/vscode-go for the debugger of Go.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.assignments import told
from engine.gather.collector import Sourced
from engine.gather.dotenv.vscode_go import read_vscode_go
from engine.gather.eyes import require_readable
from engine.gather.host import HostError
from engine.gather.vscode.environment import (
    launch,
    other,
    placed,
    task,
    variables_of,
    without_copies,
)
from engine.gather.vscode.tree import spot_of
from engine.gather.vscode.variables import in_launch, text_of
from engine.loading.nodes import plain
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Assignment
    from engine.gather.survey import Survey
    from engine.gather.vscode.environment import Make
    from engine.gather.vscode.sources import Source
    from engine.gather.vscode.tree import Setting
    from engine.gather.vscode.variables import Scene
    from engine.loading.nodes import Node
    from engine.model.json_value import Json, JsonObject

CONSOLES = ("internalConsole", "integratedTerminal", "externalTerminal")
_SYSTEMS = ("linux", "osx", "windows")
_DEBUGGER = "go"
_NO_TEXT = Absent("wrong_type", "it is no text")
_OTHER_ADAPTER = Absent("not_collected", "the debugger that it is for decides")
_OLD = Absent("unsupported", "its form is older than version 2.0.0 of tasks")
_GCFLAGS = re.compile(r"""(?:^|\s)-gcflags[= ](?:'[^']*'|"[^"]*"|[^'"\s]+)+""")
_OUTSIDE = "it lies outside of the repository"


class Reader:
    """Tells the launches and tasks of one folder, each under a name of its own."""

    def __init__(self, survey: Survey, scene: Scene, system: str, within: str | None) -> None:
        """Take what variables are replaced with, the system, and the tree that files lie in."""
        self._survey = survey
        self._scene = scene
        self._system = system
        self._within = within
        self._taken: set[str] = set()

    def launches(self, source: Source, root: Node) -> list[Json]:
        """Give the launch configurations in a table."""
        if source.hole is not None:
            return [source.hole]
        listed = root.entries.get("configurations")
        return [
            each if isinstance(each, Absent) else self._launch(source.path, each)
            for each in _tables(listed)
        ]

    def tasks(self, source: Source, root: Node) -> list[Json]:
        """Give the tasks in a table."""
        if source.hole is not None:
            return [source.hole]
        version = root.entries.get("version")
        if root.entries and (version is None or version.value != "2.0.0"):
            return [_OLD]
        listed = [_entry(each, "tasks") for each in (root, root.entries.get(self._system))]
        rows = (
            each if isinstance(each, Absent) else self._task(source.path, root, each)
            for nodes in listed
            for each in _tables(nodes)
        )
        return [row for row in rows if row is not None]

    def env_file(self, path: str | Absent) -> JsonObject:
        """Give a file that the Go extension reads variables from, and what stands in it."""
        if isinstance(path, Absent):
            return {"path": path, "state": path, "assignments": [path]}
        row: JsonObject = {"path": self._survey.redaction.text(path)}
        if not os.path.isabs(path):
            hole = Absent("unsupported", "it is relative to wherever the editor was started")
            return row | {"state": hole, "assignments": [hole]}
        if self._within is not None and os.path.relpath(path, self._within).startswith(".."):
            hole = Absent("not_collected", _OUTSIDE)
            return row | {"state": hole, "assignments": [hole]}
        try:
            require_readable(self._survey, path)
            content = self._survey.host.read(path, within=self._within)
        except HostError as error:
            state = "missing" if error.cause == "missing" else "unreadable"
            return row | {"state": state, "assignments": [error.hole()]}
        found = without_copies(read_vscode_go(content), self._survey.redaction)
        rows = told(found, self._survey.redaction, "a file that VS Code's settings name", path)
        return row | {"state": "present", "assignments": rows}

    def _launch(self, file: str, node: Node) -> Json:
        config = self._of_system(node)
        kind = _word(config, "type")
        for_go = kind == _DEBUGGER
        row = self._named("launch", _word(config, "name") or kind or "launch")
        row |= {"file": file, "for_go": for_go, "console": _console(config, for_go=for_go)}
        row |= {"line": node.place.line} if node.place.line else {}
        row |= {key: word for key in ("type", "request") if (word := _word(config, key))}
        if mode := _word(config, "mode") or _default_mode(config, for_go=for_go):
            row["mode"] = mode
        row |= self._text("cwd", config)
        env = config.get("env")
        row["env"] = self._variables(env, file, _without_gcflags(launch) if for_go else other)
        row["env_files"] = self._env_files(config.get("envFile"), for_go=for_go)
        return Sourced(row, Provenance(None, "a launch configuration", file, node.place.line))

    def _task(self, file: str, root: Node, node: Node) -> Json | None:
        kind = _word(node.entries, "type")
        label = _word(node.entries, "label") or _word(node.entries, "taskName")
        is_custom = kind in {None, "shell", "process"}
        if label is None and is_custom:
            return None
        system = node.entries.get(self._system) if is_custom else None
        command = _string(system, "command") or _string(node, "command")
        command = command or (_string(root, "command") if is_custom else None)
        row = self._named("task", label or f"{kind} {command or ''}".strip())
        row |= {"file": file, "for_go": kind == "go" or _runs_go(command)}
        row |= {"line": node.place.line} if node.place.line else {}
        row |= {"type": kind} if kind else {}
        row |= {"command": self._survey.redaction.text(command)} if command else {}
        args = next((at for each in (system, node) if (at := _entry(each, "args"))), None)
        row["args"] = [self._argument(each) for each in args.items] if args else []
        row["env"] = self._env_of_task(file, root, node, system, is_custom=is_custom)
        options = [_entry(each, "options") for each in (system, node, root if is_custom else None)]
        shell = next((at for each in options if (at := _entry(each, "shell"))), None)
        if shell is not None:
            row["shell"] = self._shell(shell)
        return Sourced(row, Provenance(None, "a task", file, node.place.line))

    def _env_of_task(
        self, file: str, root: Node, node: Node, system: Node | None, *, is_custom: bool
    ) -> list[Json]:
        """Give a task's variables; those of the whole file count where it has none of its own."""
        own = [at for each in (node, system) if (at := _entry(_entry(each, "options"), "env"))]
        if not own and is_custom:
            whole = (root, root.entries.get(self._system))
            own = [at for each in whole if (at := _entry(_entry(each, "options"), "env"))]
        return [row for each in own for row in self._variables(each, file, task)]

    def _variables(self, node: Node | None, file: str, make: Make) -> list[Json]:
        found = variables_of(spot_of(node, "workspace", file), self._scene, make)
        return placed(found, self._survey.redaction, os.path.basename(file))

    def _env_files(self, node: Node | None, *, for_go: bool) -> list[Json]:
        if node is None or not node.value:
            return []
        listed = (
            [each.value for each in node.items] if isinstance(node.value, list) else [node.value]
        )
        paths = [
            text_of(in_launch(each, self._scene)) if isinstance(each, str) else _NO_TEXT
            for each in listed
        ]
        files = [self.env_file(path) for path in paths]
        # Each debugger reads such files in a way of its own.
        unread: JsonObject = {} if for_go else {"assignments": [_OTHER_ADAPTER]}
        return [row | unread for row in files]

    def _shell(self, node: Node) -> JsonObject:
        executable = _string(node, "executable")
        args = node.entries.get("args")
        row: JsonObject = {"args": [self._argument(each) for each in args.items] if args else []}
        return row | ({"executable": executable} if executable else {})

    def _argument(self, node: Node) -> Json:
        inner = node.entries.get("value") if isinstance(node.value, dict) else node
        if inner is None or not isinstance(inner.value, str):
            return _NO_TEXT
        return self._survey.redaction.text(inner.value)

    def _text(self, key: str, config: dict[str, Node]) -> JsonObject:
        node = config.get(key)
        if node is None or not node.value:
            return {}
        if not isinstance(node.value, str):
            return {key: _NO_TEXT}
        text = text_of(in_launch(node.value, self._scene))
        return {key: text if isinstance(text, Absent) else self._survey.redaction.text(text)}

    def _of_system(self, node: Node) -> dict[str, Node]:
        """Give a configuration with what it says for this system laid over the rest, key by key."""
        own = node.entries.get(self._system)
        config = node.entries | (own.entries if own else {})
        return {key: each for key, each in config.items() if key not in _SYSTEMS}

    def _named(self, kind: str, name: str) -> JsonObject:
        number, found = 1, name
        while f"{kind} {found}" in self._taken:
            number += 1
            found = f"{name} ({number})"
        self._taken.add(f"{kind} {found}")
        return {"id": self._survey.redaction.text(found)}


def _tables(listed: Node | None) -> Iterator[Node | Absent]:
    """Give the tables of a list, and what is not known of it; VS Code passes over the rest."""
    if listed is not None and isinstance(listed.value, Absent):
        yield listed.value
    for node in listed.items if listed else ():
        if isinstance(node.value, Absent):
            yield node.value
        elif isinstance(node.value, dict):
            yield node


def _word(entries: dict[str, Node], key: str) -> str | None:
    node = entries.get(key)
    return node.value if node is not None and isinstance(node.value, str) else None


def _entry(node: Node | None, key: str) -> Node | None:
    return None if node is None else node.entries.get(key)


def _string(node: Node | None, key: str) -> str | None:
    """Give a text, or one with a way to quote it; of a list its words, as VS Code joins them."""
    found = _entry(node, key)
    if found is None:
        return None
    inner = found.entries.get("value", found)
    value = plain(inner)
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return " ".join(value)
    return value if isinstance(value, str) else None


def _console(config: dict[str, Node], *, for_go: bool) -> Json:
    written = _word(config, "console")
    if for_go:
        return written if written in CONSOLES else CONSOLES[0]
    return written if written in CONSOLES else _OTHER_ADAPTER


def _default_mode(config: dict[str, Node], *, for_go: bool) -> str | None:
    defaults = {"launch": "auto", "attach": "local"}
    return defaults.get(_word(config, "request") or "") if for_go else None


def _runs_go(command: str | None) -> bool:
    words = (command or "").split()
    return bool(words) and os.path.basename(words[0]) == "go"


def _without_gcflags(make: Make) -> Make:
    """Give what the debugger of Go takes: without `-gcflags`, for which it has its own."""

    def made(name: str, given: Setting, scene: Scene) -> Assignment:
        value = given.value
        while name == "GOFLAGS" and isinstance(value, str) and _GCFLAGS.search(value):
            value = _GCFLAGS.sub("", value, count=1)
        return make(name, replace(given, value=value), scene)

    return made
