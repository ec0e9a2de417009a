"""Code from elsewhere: `source`, `eval`, pipes into `source`, and tools whose output is code."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.fish.contents import file_text
from engine.precedence.fish.functions import Functions
from engine.precedence.fish.lists import NotKnown, join_items
from engine.precedence.outcomes import merge, merged, returned
from engine.precedence.shell.tools import apply_tool, find_file_tool
from engine.precedence.values import Hole, Mixed, naming, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text


class Sourcing(Functions):
    """Folds code that comes from files and texts."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        super().__init__(launch)
        self.tools_of: dict[Hole, JsonObject] = {}
        """The known tool that each hole is the output of."""
        self.piped: dict[Hole, Text] = {}
        """The text behind each file that `psub` made."""

    def open_input(self, path: Text, state: State, line: int) -> Text:
        """Give a file's content as input: which file was opened is known, its content is not."""
        where = self.opened(path, state)
        if isinstance(where, Hole):
            state.loaded_hole = state.loaded_hole or where
            return unknown_as(where)
        if where == "/dev/null":
            return ""
        try:
            text = file_text(self, where, state)
        except NotKnown as error:
            hole = Hole(error.hole.cause, error.hole.detail, self.place(line))
            # Whether fish itself opened it, or a program that it started, is not told apart.
            state.loaded_hole = state.loaded_hole or hole
            return unknown_as(hole)
        state.loaded = (*state.loaded, (where, self.place(line)))
        return text

    def ended_file(self, outcomes: Outcomes) -> Outcomes:
        """Let what leaves a file go on behind it."""
        outcomes = returned(outcomes)
        stopped = outcomes.pop("stop", None)
        if stopped is not None:
            merge(outcomes, {"next": stopped})
        return outcomes

    def run_source(self, arguments: list[Text], state: State, line: int) -> Outcomes:
        """Run `source`."""
        if not arguments or arguments[0] == "-":
            given = state.input
            if given is None:
                hole = self.hole("opaque", "`source` reads what somebody types")
                given = unknown_as(hole)
            return self.in_source(given, arguments[1:], state, line)
        path, *given_arguments = arguments
        if isinstance(path, Mixed) and len(path.atoms) == 1 and path.atoms[0] in self.piped:
            text = self.piped[path.atoms[0]]
            return self.in_source(text, given_arguments, state, line)
        where = self.opened(path, state)
        if isinstance(where, Hole):
            detail = f"a file is sourced: {where.detail}"
            self.opaque(Hole(where.cause, detail, self.place(line)), None, state)
            return {"next": state}
        return self._source_file(where, given_arguments, state, line)

    def _source_file(self, where: str, arguments: list[Text], state: State, line: int) -> Outcomes:
        entry = self.look(where, state)
        tool = find_file_tool(self.launch.tools, where)
        if not isinstance(entry, Hole):
            if entry.get("kind") != "file" or entry.get("readable") is False:
                state.status = 1
                return {"next": state}
            state.loaded = (*state.loaded, (where, self.place(line)))
            script = self.world.script(where, self.syntax)
            if not isinstance(script, Absent):
                return self._fold_file(where, script, arguments, state, tool)
            entry = self.hole(script.cause, naming(where, script.detail))
        if tool is not None:
            apply_tool(tool, state, self.place(line))
            state.loaded_hole = entry
            state.status = entry
        else:
            self.opaque(entry, None, state)
        return {"next": state}

    def _fold_file(
        self, where: str, script: list[Any], arguments: list[Text], state: State, tool: Any
    ) -> Outcomes:
        spare = state.copy() if tool is not None and state.hole is None else None
        line = self.line
        outcomes = self._in_file_scope(
            arguments, state, lambda: self.at(where, lambda: self.run(script, state))
        )
        self.line = line
        if spare is not None and merged(dict(outcomes)).hole is not None:
            # More is known of the tool than its code says by itself.
            apply_tool(tool, spare, self.place(line))
            spare.loaded_hole = Hole("opaque", f"`{where}` may source others", self.place(line))
            return {"next": spare}
        return outcomes

    def _in_file_scope(self, arguments: list[Text], state: State, fold: Any) -> Outcomes:
        before = state.arguments
        state.arguments = tuple(arguments)
        state.status = 0
        with self.scope() as scope:
            outcomes = self.leave(scope, self.ended_file(fold()))
        for after in outcomes.values():
            after.arguments = before
        return outcomes

    def in_source(self, text: Text, arguments: list[Text], state: State, line: int) -> Outcomes:
        """Fold text that `source` reads: a scope of its own, which `return` leaves."""
        return self._in_file_scope(arguments, state, lambda: self.evaluate(text, state, line))

    def evaluate(self, text: Text, state: State, line: int) -> Outcomes:
        """Fold text as code."""
        if isinstance(text, Mixed):
            return self._evaluate_unknown(text, state, line)
        if not text.strip():
            state.status = 0
            return {"next": state}
        script = self.world.snippet(text, self.syntax)
        if isinstance(script, Absent):
            self.opaque(Hole(script.cause, script.detail, self.place(line)), None, state)
            return {"next": state}
        return self.as_if_at(line, lambda: self.run(script, state))

    def _evaluate_unknown(self, text: Mixed, state: State, line: int) -> Outcomes:
        holes = [atom for atom in text.atoms if isinstance(atom, Hole)]
        tools = [self.tools_of[hole] for hole in holes if hole in self.tools_of]
        literal = "".join(atom for atom in text.atoms if isinstance(atom, str))
        if len(tools) == len(text.atoms) or (
            tools and len(tools) == len(holes) and not literal.strip()
        ):
            for tool in tools:
                apply_tool(tool, state, self.place(line))
            return {"next": state}
        hole = why_not(text)
        detail = f"code that is not known: {hole.detail}"
        self.opaque(Hole(hole.cause, detail, self.place(line)), None, state)
        return {"next": state}

    def evaluate_arguments(
        self, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        """Run `eval`, which has no scope of its own."""
        text = join_items(arguments, " ")
        if doubt is not None and not isinstance(text, Mixed):
            text = unknown_as(doubt)
        return self.evaluate(text, state, line)

    def make_file(self, state: State) -> Text:
        """Run `psub`: a file with what it reads."""
        hole = Hole("opaque", f"a file of `psub`, number {len(self.piped)}", self.place(self.line))
        self.single.add(hole)
        if self.substitutions > 1 or not isinstance(self.program_path("mktemp", state), str):
            # The file may be gone before it is read, or never have been made.
            return unknown_as(hole)
        self.piped[hole] = state.input if state.input is not None else ""
        return unknown_as(hole)
