"""Builtins that answer a question."""

from __future__ import annotations

from engine.precedence.fish.lists import NotKnown, known_all, lines_of, sure
from engine.precedence.fish.names import BUILTINS, NO_SUCH, SHIPPED
from engine.precedence.fish.printing_builtins import Printing
from engine.precedence.fish.testing import Questions, run_test
from engine.precedence.state import Function, Tool
from engine.precedence.values import Hole, Mixed, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Status: TypeAlias = "int | Hole | None"


class Asking(Printing):
    """Runs builtins whose exit status is what they are for."""

    # Asking.

    def run_test(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `test`."""
        questions = Questions(
            lambda operator, path: self.test_file(operator, path, state), self._is_terminal
        )
        return run_test(arguments, questions)

    def run_bracket(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `[`."""
        return self.run_test(arguments[:-1], state, line) if arguments[-1:] == ["]"] else 1

    def _is_terminal(self, _descriptor: Text) -> bool | Hole:
        if self.launch.shell.get("via") == "prompt":
            return True
        return self.hole("opaque", "whether it has a terminal is not known")

    def run_contains(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `contains`."""
        index = False
        rest = list(arguments)
        while rest and isinstance(rest[0], str) and rest[0].startswith("-") and rest[0] != "-":
            word = rest.pop(0)
            if word == "--":
                break
            index = index or word in {"-i", "--index"}
        if not rest:
            return 1
        wanted, *items = rest
        for number, item in enumerate(items, 1):
            if item == wanted and isinstance(wanted, str):
                if index:
                    self.say(f"{number}\n", state)
                return 0
            if isinstance(item, Mixed) and index:
                raise NotKnown(why_not(item))
        unsure = [item for item in (wanted, *items) if isinstance(item, Mixed)]
        return why_not(unsure[0]) if unsure and items else 1

    def run_count(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `count`."""
        number = len(arguments)
        if state.input is not None:
            lines = sure(lines_of(state.input))
            number += len(lines)
            state.input = ""
        self.say(f"{number}\n", state)
        return int(number == 0)

    def run_status(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `status`."""
        words = known_all(arguments)
        if not words:
            self.say_unknown(state, "the status of the shell")
            return 0
        what = words[0].lstrip("-")
        if what in {"is-interactive", "i"}:
            return int(not self.launch.mode("interactive"))
        if what in {"is-login", "l"}:
            return int(not self.launch.mode("login"))
        if what in {"filename", "current-filename", "f"} and self._fixed is None and self.file:
            self.say(f"{self.file}\n", state)
            return 0
        if what == "dirname" and self._fixed is None and self.file:
            self.say(f"{self.file.rpartition('/')[0] or '/'}\n", state)
            return 0
        if what == "basename" and self._fixed is None and self.file:
            self.say(f"{self.file.rpartition('/')[2]}\n", state)
            return 0
        raise NotKnown(self.hole("unsupported", f"`status {words[0]}`"))

    def run_type(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `type`: whether a name is a function, a builtin or a file."""
        return self._ask(arguments, state, {"function", "builtin", "file"})

    def run_command(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `command -q` and its like: whether a name is a file."""
        status = self._ask(arguments, state, {"file"})
        return NO_SUCH if status == 1 else status

    def run_builtin(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `builtin -q`."""
        return self._ask(arguments, state, {"builtin"})

    def _ask(  # noqa: C901 - one question for each option
        self, arguments: list[Text], state: State, kinds: set[str]
    ) -> Status:
        letters = ""
        names: list[str] = []
        for word in known_all(arguments):
            if word.startswith("--"):
                letters += {"query": "q", "quiet": "q", "path": "p", "force-path": "P"}.get(
                    word[2:], "v"
                )
            elif word.startswith("-"):
                letters += word[1:]
            else:
                names.append(word)
        if set(letters) & set("pPf"):
            kinds = kinds - {"builtin"}
        status: Status = 1
        for name in names:
            found = self._meaning(name, kinds, state)
            if isinstance(found, Hole):
                status = found if status != 0 else status
            elif found is not None:
                status = 0
            if "q" not in letters:
                if isinstance(found, Hole) or found == "" or "function" in kinds:
                    self.say_unknown(state, f"what `{name}` is")
                elif found is not None:
                    self.say(f"{found}\n", state)
        return status

    def _meaning(self, name: str, kinds: set[str], state: State) -> str | Hole | None:
        """Give the file that a name runs, `` if it is none, None if there is nothing."""
        if "function" in kinds:
            why = self.autoload(name, state)
            found = state.functions.get(name)
            if isinstance(found, (Function, Tool)):
                return ""
            doubt = found if isinstance(found, Hole) else why or state.names_hole
            if doubt is not None and "builtin" in kinds and name in BUILTINS:
                return ""
            if isinstance(doubt, Hole):
                path = self.program_path(name, state)
                return path if isinstance(path, str) and "file" in kinds else doubt
        if "builtin" in kinds and name in BUILTINS | SHIPPED:
            return ""
        return self.program_path(name, state) if "file" in kinds else None

    def run_functions(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `functions`."""
        words = known_all(arguments)
        options = [word for word in words if word.startswith("-")]
        names = [word for word in words if not word.startswith("-")]
        if {"-e", "--erase"} & set(options):
            for name in names:
                self.forget(name, state)
            return 0
        if {"-c", "--copy"} & set(options) and len(names) == 2:  # noqa: PLR2004
            self.autoload(names[0], state)
            found = state.functions.get(names[0])
            if found is not None:
                state.functions[names[1]] = found
                return 0
            return 1
        if {"-q", "--query"} & set(options) or not options:
            if "-q" not in options and "--query" not in options:
                self.say_unknown(state, "the code of functions")
            missing: Status = 0
            for name in names:
                answer = self._meaning(name, {"function"}, state)
                if isinstance(answer, Hole):
                    return answer
                if answer is None and name.startswith(("fish_", "__fish_")):
                    return self.hole("unsupported", f"whether fish comes with `{name}`")
                missing = 1 if answer is None and name not in SHIPPED else missing
            return missing
        raise NotKnown(self.hole("unsupported", f"`functions {options[0]}`"))
