"""Code that a shell takes from elsewhere: `source`, `eval`, traps, hooks at the prompt."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.contents import file_content
from engine.precedence.outcomes import Leave, TooMuch, merge, merged, returned
from engine.precedence.shell.testing import Testing
from engine.precedence.shell.tools import apply_tool, find_file_tool, find_tool, literal_words
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    hole_about,
    split_text,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text


TOOL_STEPS = 5_000
"""How many statements of a known tool's file are followed before its entry has the word."""


class Sourcing(Testing):
    """Folds code that comes from files and texts."""

    def open_input(self, path: Text, state: State, line: int) -> Text:
        """Give a file's content as input: which file was opened is known, its content is not."""
        where = self.absolute(path, state)
        hole = Hole("opaque", "it is read from a file", self.place(line))
        entry = self.look(path, state)
        if isinstance(where, Hole) or isinstance(entry, Hole):
            doubt = where if isinstance(where, Hole) else entry
            if not (isinstance(where, str) and where.startswith("/dev/")):
                state.loaded_hole = state.loaded_hole or doubt.here(self.place(line))  # type: ignore[union-attr]
            return unknown_as(hole)
        if entry.get("kind") == "missing" or entry.get("readable") is False:
            raise Leave("next")
        if not where.startswith("/dev/"):
            state.loaded = (*state.loaded, (self.opened(path, where), self.place(line)))
        content = file_content(self, path, state)
        return unknown_as(hole) if isinstance(content, Hole) else content

    def fold_broken(self, statement: list[Any], state: State) -> Outcomes:
        """Leave the file at a syntax error; a dash that has no prompt ends."""
        if state.aliases and self.expands_aliases(state):
            hole = Hole("parse_error", statement[2], self.place(statement[1]))
            self.opaque(Hole(hole.cause, "an alias may change the syntax", hole.place), None, state)
        outcomes = super().fold_broken(statement, state)
        if self.dialect.name in {"sh", "ash"}:
            # A dash that has no prompt ends, one that has leaves all files that it is in.
            interactive = self.launch.mode("interactive")
            return {"abort" if interactive else "exit": outcomes["stop"]}
        return outcomes

    def ended_file(self, outcomes: Outcomes) -> Outcomes:
        """Let what leaves a file go on behind it; dash reads the next start-up file."""
        outcomes = super().ended_file(outcomes)
        aborted = outcomes.pop("abort", None) if self.dialect.name in {"sh", "ash"} else None
        if aborted is not None:
            merge(outcomes, {"next": aborted})
        return outcomes

    # Files.

    @staticmethod
    def opened(path: Text, where: str) -> str:
        """Give a path as the shell hands it to the system, `..` and all."""
        return path if isinstance(path, str) and path.startswith("/") else where

    def source_file(
        self, arguments: list[Text], state: State, line: int, *, syntax: str | None = None
    ) -> Outcomes:
        """Fold `. file`."""
        if not arguments:
            state.status = 2
            return {"next": state}
        where = self._sourced_path(arguments[0], state)
        if where is None:
            return self._not_there(state)
        if isinstance(where, Hole):
            self.opaque(
                Hole(where.cause, f"a file is sourced: {where.detail}", self.place(line)),
                None,
                state,
            )
            return {"next": state}
        entry = self.look(where, state)
        if isinstance(entry, Hole):
            tool = find_file_tool(self.launch.tools, where)
            hole = Hole(entry.cause, entry.detail, self.place(line))
            if tool is not None:
                apply_tool(tool, state, self.place(line))
                state.loaded_hole = hole
                state.status = hole
            else:
                self.opaque(hole, None, state)
            return self._may_be_missing(state)
        if entry.get("kind") == "directory":
            state.status = 1
            return {"next": state}
        if entry.get("kind") == "missing" or entry.get("readable") is False:
            return self._not_there(state)
        opened = self.opened(arguments[0], where)
        state.loaded = (*state.loaded, (opened, self.place(line)))
        self._note_spelling(where, arguments[0])
        return self._fold_file(where, arguments, state, line, syntax or self.syntax)

    def _note_spelling(self, where: str, path: Text) -> None:
        """Keep what `BASH_SOURCE` is in a file; a function may be from an earlier reading."""
        spelling = path if isinstance(path, str) and "/" in path else None
        if spelling is None or self.spellings.get(where, spelling) != spelling:
            hole = Hole("opaque", f"`{where}` was sourced by a name of another spelling")
            self.spellings[where] = hole
        else:
            self.spellings[where] = spelling

    def _sourced_path(self, path: Text, state: State) -> str | Hole | None:
        """Give the file that `.` means: one without a slash is looked for on PATH first."""
        if isinstance(path, Mixed):
            return why_not(path)
        if "/" in path:
            return self.walked(path, state, physical=True)
        search = state.variable("PATH").scalar()
        if search is None or isinstance(search, Mixed):
            return Hole("opaque", f"`{path}` is looked for on PATH")
        for folder in split_text(search, ":"):
            file = f"{folder or '.'}/{path}"
            entry = self.look(file, state)
            if isinstance(entry, Hole):
                return entry
            if entry.get("kind") == "file" and entry.get("readable"):
                return self.absolute(file, state)
        return self.absolute(path, state) if self.dialect.name in {"bash", "zsh"} else None

    def _may_be_missing(self, state: State) -> Outcomes:
        """Go on where it is not known whether a file is there, which may also end more."""
        outcomes: Outcomes = {"next": state}
        for flow in self._not_there(state.copy()):
            outcomes.setdefault(flow, state.copy())
        return outcomes

    def _not_there(self, state: State) -> Outcomes:
        state.status = 127 if self.dialect.name == "zsh" else 1
        interactive = self.launch.mode("interactive")
        if interactive and self.dialect.name == "ksh":
            raise Leave("line")
        ends = (
            self.dialect.missing_source_ends
            if interactive
            else self.dialect.missing_source_ends_batch
        )
        return {ends: state}

    def _fold_file(
        self, where: str, arguments: list[Text], state: State, line: int, syntax: str
    ) -> Outcomes:
        path, *given = arguments
        if self.dialect.name == "sh":
            given = []  # dash has no arguments for a sourced file
        script = self.world.script(where, syntax)
        tool = find_file_tool(self.launch.tools, where)
        if isinstance(script, Absent):
            hole = hole_about(where, script, self.place(line))
            if tool is not None:
                apply_tool(tool, state, self.place(line))
                state.loaded_hole = hole
            else:
                self.opaque(hole, None, state)
            return {"next": state}
        if self.dialect.name in {"ksh", "mksh"} and any(one[0] == "broken" for one in script):
            # These shells read a sourced file to its end before they run any of it; whether they
            # understand what our parser did not, nobody knows.
            message = next(one[2] for one in script if one[0] == "broken")
            self.opaque(Hole("parse_error", f"`{where}`: {message}", self.place(line)), None, state)
            return {"next": state}
        spare = state.copy() if tool is not None and state.hole is None else None
        before = state.arguments
        if given:
            state.arguments = tuple(given)
        state.status = 0
        outcomes = self._bounded(where, path, script, state, tool)
        if outcomes is None or (spare is not None and merged(dict(outcomes)).hole is not None):
            # More is known of the tool than its code says by itself.
            state = spare or state
            apply_tool(tool or {}, state, self.place(line))
            state.loaded_hole = Hole("opaque", f"`{where}` may source others", self.place(line))
            return {"next": state}
        for after in outcomes.values():
            if given:
                after.arguments = before
        return outcomes

    def _bounded(
        self, where: str, path: Text, script: list[Any], state: State, tool: Any
    ) -> Outcomes | None:
        """Fold a sourced file; None for a known tool's that takes too long to follow."""
        before = self._most_steps
        if tool is not None:
            self._most_steps = min(before, self._steps + TOOL_STEPS)
        self.zeros.append(path)
        try:
            outcomes = self.at(where, lambda: self.run_file(script, state))
            # An error in dash leaves all files that it is in.
            is_dash = self.dialect.name in {"sh", "ash"}
            return returned(outcomes) if is_dash else self.ended_file(outcomes)
        except TooMuch:
            if tool is None:
                raise
            return None
        finally:
            self.zeros.pop()
            self._most_steps = before

    # Texts.

    def evaluate(self, text: Text, state: State, line: int) -> Outcomes:
        """Fold text as code, as `eval` does; what a known tool prints touches what it may touch."""
        if isinstance(text, Mixed):
            printed = [atom for atom in text.atoms if isinstance(atom, Hole)]
            if len(printed) == len(text.atoms) == 1 and printed[0].tool is not None:
                apply_tool(self.launch.tools[printed[0].tool], state, self.place(line))
            else:
                hole = why_not(text).here(self.place(line), "code that is not known")
                self.opaque(hole, None, state)
            return {"next": state}
        if not text.strip():
            state.status = 0
            return {"next": state}
        script = self.world.snippet(text, self.syntax)
        if isinstance(script, Absent):
            self.opaque(Hole(script.cause, script.detail, self.place(line)), None, state)
            return {"next": state}
        outcomes = self.as_if_at(line, lambda: self.run(script, state))
        for flow in ("stop", "line") if self.dialect.name not in {"sh", "ash"} else ():
            stopped = outcomes.pop(flow, None)
            if stopped is not None:
                merge(outcomes, {"next": stopped})
        return outcomes

    def evaluate_words(self, words: list[Any], state: State, line: int) -> Outcomes:
        """Fold `eval words`."""
        arguments, doubt = self.fields(words, state, line)
        if doubt is not None and len(arguments) == 1:
            # However many fields an unquoted text makes, `eval` puts them together again.
            doubt = None
        parts: list[Text] = []
        for number, argument in enumerate(arguments):
            parts += [" "] if number else []
            parts.append(argument)
        return self.evaluate(unknown_as(doubt) if doubt else concat(parts), state, line)

    def substitute(self, script: list[Any], state: State, line: int) -> Text:
        """Give what a command substitution prints; a known tool's output is marked as such."""
        known = self.tool_of_script(script, state)
        text = super().substitute(script, state, line)
        if known is None or isinstance(text, str):
            return text
        number, name = known
        if self.command_path(name, state) is None:
            return ""
        hole = Hole("opaque", f"what `{name}` prints", self.place(line), tool=number)
        return unknown_as(hole)

    def tool_of_script(self, script: list[Any], state: State) -> tuple[int, str] | None:
        """Give the number of the known tool that a script runs, and the name it is called by."""
        for statement in script:
            if statement[0] in {"and", "or", "pipe", "block"}:
                inner = statement[2] if statement[0] in {"pipe", "block"} else statement[2:]
                return self.tool_of_script(inner[:1], state)
            if statement[0] != "cmd" or not statement[3]:
                return None
            words = self._words_of(statement[3], state)
            tool = find_tool(self.launch.tools, words, state)
            return (self.launch.tools.index(tool), words[0]) if tool is not None else None
        return None

    def _words_of(self, words: list[Any], state: State) -> list[str]:
        """Give the words of a command as far as they are known without side effects."""
        literal = literal_words(words) or []
        if len(literal) == len(words):
            return literal
        found: list[str] = []
        for word in words:
            if any(isinstance(part, list) and part[0] in {"cmd", "proc"} for part in word):
                break
            try:
                text = self.text(word, state.copy(), self.line)
            except Leave:
                break
            if isinstance(text, Mixed):
                break
            found.append(text)
        return found

    def source_words(self, words: list[Any], state: State, line: int) -> Outcomes | None:
        """Fold `source <(command)` and `source /dev/stdin`; None for an ordinary file."""
        if len(words) == 1:
            parts = _parts(words)
            if parts and parts[0][0] == "proc":
                return self.evaluate(self.substitute(parts[0][-1], state, line), state, line)
            if literal_words(words) == ["/dev/stdin"] and state.input is not None:
                return self.ended_file(self.evaluate(state.input, state, line))
        return None


def _parts(words: list[Any]) -> list[Any]:
    """Give the parts of words that are no literals, those in double quotes included."""
    found: list[Any] = []
    for word in words:
        for part in word:
            if isinstance(part, list) and part[0] == "dq":
                found += [inner for inner in part[1] if isinstance(inner, list)]
            elif isinstance(part, list) and part[0] != "q":
                found.append(part)
    return found
