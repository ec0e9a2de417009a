"""The precedence graph of some packs as a plan: plain JSON that `engine.precedence` folds.

    sources    {id: {"kind", "title", "place", "paths", "syntax", "readable", "order", "mask",
                     "sets", "fact", "names", "scopes"}}; what a kind does not have is empty or None
               `sets` is {variable: {"value", "exported", "if_unset", "when", "line"}},
               `scopes` {what assignments call it: process}
    processes  {id: {"title", "about", "template", "like", "for_each", "when", "inherits", "adopts",
                     "shell", "reads", "moment", "directory", "user", "file_system", "finds",
                     "confidence", "evidence", "place"}}
               `inherits` and `adopts` are lists of alternatives, `finds` {program: [folder, ..]}
    order      the ids of all processes, one that others inherit from or adopt before those
    contexts   the ids of those that are no template, as written
    unordered  [source, source, process]: which of them comes first, nobody has said
    tracks     {"variables", "commands", "programs"}, of all packs
    tools      [{"tool", "file", "arguments", "touches", "functions", "aliases", "at_prompt",
                 "needs", "evidence", "place"}]; `tool` or `file` is None
    files      the paths that conditions ask about

A process that is `like` another one has been given that one's keys where it had none, all but
`reads`: where those are None, they are those of the process named by `like`. If that is `$SHELL`,
it is the template named after the user's shell, and `shell` holds only the keys that count before
the template's; otherwise `shell` has every key, or is None for what is no shell.

Expressions are texts (a leading `~` is the process's HOME, else the user's home), or
{"join": [..]}, {"env": name, "else": .., "empty_is_unset": true}, {"expand": .., "tilde": bool},
{"fact": [step, ..]}, {"command": ..}, {"program": name, "setting": name}; beside these, a value
is {"some": "text", "starts": .., "ends": ..}, {"count": name} or {"unset": true}. A fact that is a
list of texts is meant joined by `:`, a number as a text. Facts under `user` are those of the
process's user, `process.shell.rcfile` is the process's own. What `env` gives is the value as it is,
in which a `~` means nothing; without `else` it gives nothing where the variable is not set, and
then there is no path. A program that is not there gives nothing either.

What a `for_each` process says about its element stands below the fact `each`.

`when` is a node of the program (its paths are in `Program.paths`), judged over the facts with the
process's state under `process`: see `engine.evaluate.holds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.compile.expressions import compiled_expression, compiled_name
from engine.compile.graph_names import Names
from engine.compile.schema import FactsSchema
from engine.errors import Complaint, did_you_mean
from engine.model import conditions as c
from engine.model.graph import SHELL_DEFAULTS, SHELLS
from engine.precedence.programs import program_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.compile.bind import Binder
    from engine.compile.packs import Compilation
    from engine.compile.program import Node
    from engine.model.graph import (
        Expression,
        Graph,
        Inheritance,
        Process,
        Read,
        Setting,
        Source,
        Tool,
    )
    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Place
    from engine.model.rules import Pack

_TEXT: JsonObject = {"type": "string"}
_FLAG: JsonObject = {"type": "boolean"}
PROCESS: JsonObject = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "shell": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "name": {"enum": list(SHELLS)},
                "options": {"type": "object", "additionalProperties": _FLAG},
                **{key: {} for key in SHELL_DEFAULTS if key != "options"},
            },
        },
        "env": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"state": {"enum": ["set", "unset", "unknown"]}, "value": _TEXT},
            },
        },
        "option": {"type": "object", "additionalProperties": _FLAG},
        "command": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"state": {"enum": ["found", "missing", "unknown"]}, "path": _TEXT},
            },
        },
    },
}
"""What conditions of the graph may ask of the process, beside the facts."""


def compile_graph(compilation: Compilation) -> JsonObject:
    """Give the plan of a compilation's packs; complaints are added to those of the compilation."""
    drawn = [(pack, pack.graph) for pack in compilation.packs if pack.graph is not None]
    names = Names(drawn, compilation.complaints)
    planning = _Planning(compilation)
    order = names.layout()
    return {
        "sources": {
            source.id: planning.source(pack, source) for pack, source in names.sources.values()
        },
        "processes": {
            id_: planning.process(names.home(id_), process, names)
            for id_, process in names.processes.items()
        },
        "order": list(order),
        "contexts": [id_ for id_, process in names.processes.items() if not process.template],
        "unordered": [list(triple) for triple in names.unordered()],
        "tracks": {
            "variables": list(dict.fromkeys(v for _, graph in drawn for v in graph.variables)),
            "commands": list(dict.fromkeys(n for _, graph in drawn for n in graph.commands)),
            "programs": _programs(drawn, compilation.complaints),
        },
        "tools": [_tool(tool) for _, graph in drawn for tool in graph.tools],
        "files": planning.files(),
    }


def _programs(drawn: list[tuple[Pack, Graph]], complaints: list[Complaint]) -> list[str]:
    """Give the programs that contexts tell of, by name; unknown ones are complained about."""
    known = program_names()
    found: dict[str, None] = {}
    for _, graph in drawn:
        for name, place in graph.programs:
            if name in known:
                found[name] = None
                continue
            advice = did_you_mean(name, known) or f"there are {', '.join(known)}"
            complaints.append(Complaint(f"unknown program `{name}`", place, advice))
    return list(found)


class _Planning:
    """Turns records into JSON, with what names and conditions mean in each pack."""

    def __init__(self, compilation: Compilation) -> None:
        self._compilation = compilation
        self._schema = FactsSchema(
            compilation.schema.document, [compilation.schema.top, {"process": PROCESS}]
        )
        self._of_each: dict[tuple[str | int, ...], FactsSchema] = {}
        self._first_path = len(compilation.paths.entries)

    def files(self) -> list[str]:
        """Give the paths whose entries under `files` conditions ask about."""
        entries = self._compilation.paths.entries[self._first_path :]
        return sorted({steps[1] for _, steps, *_ in entries if steps[0] == "files" and steps[1:]})

    def source(self, pack: Pack, source: Source) -> JsonObject:
        binder = self._binder(pack)
        paths = [compiled_expression(path, binder) for path in source.paths]
        only = paths[0] if len(paths) == 1 and isinstance(paths[0], str) else None
        return {
            "kind": source.kind,
            "title": source.title or only or source.id,
            "place": _place(source.place),
            "paths": paths,
            "syntax": source.syntax,
            "readable": source.readable,
            "order": source.order,
            "mask": source.mask,
            "sets": {one.name: self._setting(one, binder) for one in source.settings},
            "fact": list(source.fact.steps) if source.fact else None,
            "names": list(source.names),
            "scopes": {name: process for name, process, _ in source.scopes},
        }

    def process(self, pack: Pack, process: Process, names: Names) -> JsonObject:
        each = process.for_each
        binder = self._binder(pack, each)
        reads = (
            None if process.reads is None else [self._read(r, names, each) for r in process.reads]
        )
        like = process.like[0] if process.like else None
        return {
            "title": process.title or process.id,
            "about": process.about or "",
            "template": process.template,
            "like": like,
            "for_each": list(each.steps) if each else None,
            "when": self._when(process.when, binder),
            "inherits": [self._inheritance(one, binder) for one in process.inherits]
            if process.inherits is not None
            else None,
            "adopts": [
                {
                    "from": one.process,
                    "mode": one.part,
                    "names": [compiled_name(name) for name in one.names],
                    "if_it_fails": one.if_it_fails,
                    "when": self._when(one.when, binder),
                }
                for one in process.adopts
            ]
            if process.adopts is not None
            else None,
            "shell": _shell(process, like, binder),
            "reads": [] if reads is None and like is None else reads,
            "moment": process.moment or "started",
            "directory": _optional(process.directory, binder),
            "user": _optional(process.user, binder),
            "file_system": _optional(process.file_system, binder),
            "finds": {
                name: [compiled_expression(folder, binder) for folder in folders]
                for name, folders in process.finds or ()
            },
            "confidence": process.confidence,
            "evidence": process.evidence or "",
            "place": _place(process.place),
        }

    def _inheritance(self, one: Inheritance, binder: Binder) -> JsonObject:
        return {
            "from": one.process,
            "mode": one.part,
            "names": [compiled_name(name) for name in one.names],
            "when": self._when(one.when, binder),
            "of": _optional(one.of, binder),
        }

    def _read(self, read: Read, names: Names, each: c.FactRef | None) -> JsonObject:
        binder = self._binder(names.home_of_read(read), each)
        return {
            "source": read.source,
            "when": self._when(read.when, binder),
            "evidence": read.evidence,
            "place": _place(read.place),
        }

    def _setting(self, setting: Setting, binder: Binder) -> JsonObject:
        return {
            "value": compiled_expression(setting.value, binder),
            "exported": setting.exported,
            "if_unset": setting.if_unset,
            "when": self._when(setting.when, binder),
            "line": setting.place.line,
        }

    def _when(self, condition: c.Condition | None, binder: Binder) -> Node | None:
        if condition is None:
            return None
        for path in _facts_in(condition):
            unknown = binder.undeclared_step(path, ())
            if path.steps[0] in {"process", "each"} and unknown is not None:
                step, known, _ = unknown
                what = f"unknown fact `{path.text}`: there is no `{step}` in it"
                advice = did_you_mean(str(step), known) or f"it has {_listed(known)}"
                binder.complain(what, path.place, advice)
        return binder.condition(condition, ())

    def _binder(self, pack: Pack, each: c.FactRef | None = None) -> Binder:
        """Give what binds conditions of a pack; `each` is an element of that list, if any."""
        if each is None:
            return self._compilation.binder(pack, None, self._schema)
        if each.steps not in self._of_each:
            given = self._compilation.schema
            element = given.element(given.at(each.steps)) or {}
            self._of_each[each.steps] = FactsSchema(
                given.document, [given.top, {"process": PROCESS, "each": element}]
            )
        return self._compilation.binder(pack, None, self._of_each[each.steps])


def _optional(expression: Expression | None, binder: Binder) -> Json:
    return None if expression is None else compiled_expression(expression, binder)


def _shell(process: Process, like: str | None, binder: Binder) -> JsonObject | None:
    if process.shell is None:
        return None
    own: JsonObject = dict(process.shell)
    for key in ("rcfile", "path"):
        if own.get(key) is not None:
            own[key] = compiled_expression(own[key], binder)
    if like == "$SHELL":
        return own
    return {**SHELL_DEFAULTS, **own}


def _tool(tool: Tool) -> JsonObject:
    return {
        "tool": tool.tool,
        "file": tool.file,
        "arguments": list(tool.arguments),
        "touches": list(tool.touches),
        "functions": list(tool.functions),
        "aliases": list(tool.aliases),
        "at_prompt": list(tool.at_prompt),
        "needs": list(tool.needs),
        "evidence": tool.evidence,
        "place": _place(tool.place),
    }


def _listed(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _place(place: Place) -> JsonObject:
    return {"file": place.file, "line": place.line}


def _facts_in(part: Json) -> Iterator[c.FactRef]:
    """Give every path that a condition names, in written order."""
    if isinstance(part, c.FactRef):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _facts_in(item)
    else:
        for field in getattr(type(part), "__match_args__", ()):
            yield from _facts_in(getattr(part, field))
