"""Which builtin a name means."""

from __future__ import annotations

from engine.precedence.fish.changing import Changing
from engine.precedence.fish.lists import NotKnown
from engine.precedence.fish.strings import run_string
from engine.precedence.values import Hole, Mixed, concat, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Status: TypeAlias = "int | Hole | None"


class Builtins(Changing):
    """Runs builtins that do not change the flow."""

    def simple(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Status | bool:
        """Run a builtin and give its status (None leaves it alone), or False if it is none."""
        if name == "set":
            return self.run_set(arguments, doubt, state, line)
        if name == "fish_add_path":
            return self.add_path(arguments, doubt, state, line)
        if doubt is not None and name in {"test", "[", "contains", "count", "string", "read"}:
            return self._in_doubt(name, arguments, doubt, state)
        run: Callable[[list[Text], State, int], Status] | None = getattr(
            self, f"run_{_METHODS.get(name, '')}", None
        )
        if run is None:
            return False
        if doubt is not None and name not in {"echo", "printf", "emit", "abbr"}:
            raise NotKnown(doubt)
        if doubt is not None and name in {"echo", "printf"}:
            self.say(unknown_as(doubt), state)
            return 0
        return run(arguments, state, line)

    def _in_doubt(self, name: str, arguments: list[Text], doubt: Hole, state: State) -> Status:
        """Answer although the number of the arguments is not known."""
        if name == "contains":
            words = [w for w in arguments if isinstance(w, str)]
            if words and words[0] == "--":
                words = words[1:]
            if arguments and isinstance(arguments[0], str) and words[0] in words[1:]:
                return 0
        if name == "string" and arguments[:1] == ["match"] and "-v" in arguments[:3]:
            return self._filter_unsurely(arguments, doubt, state)
        raise NotKnown(doubt)

    def _filter_unsurely(self, arguments: list[Text], doubt: Hole, state: State) -> Status:
        """Run `string match -v` on elements of which one is a hole."""
        known_ones = [a for a in arguments if isinstance(a, str)]
        lines, _ = run_string(list(known_ones), None)
        kept = iter([*lines, None])
        following = next(kept)
        for argument in arguments[3 if "--" not in arguments[:4] else 4 :]:
            if isinstance(argument, Mixed):
                self.say(concat((argument, "\n")), state)
            elif argument == following:
                self.say(concat((argument, "\n")), state)
                following = next(kept)
        return doubt


_METHODS = {
    "echo": "echo", "printf": "printf", "string": "string", "pwd": "pwd", "psub": "psub",
    "realpath": "realpath", "test": "test", "[": "bracket", "contains": "contains",
    "count": "count", "status": "status", "type": "type", "functions": "functions",
    "export": "export", "setenv": "setenv", "alias": "alias", "read": "read", "cd": "cd",
    "emit": "emit", "true": "nothing", ":": "nothing", "false": "false", "argparse": "argparse",
    "bind": "nothing", "complete": "nothing", "abbr": "nothing", "block": "nothing",
    "commandline": "unsure", "history": "unsure", "ulimit": "unsure", "wait": "nothing",
    "jobs": "unsure", "disown": "nothing", "set_color": "unsure", "math": "unsure",
    "random": "unsure", "path": "unsure", "_": "unsure", "umask": "unsure", "pushd": "cd",
    "popd": "back", "prevd": "back", "nextd": "back",
    "fish_vi_key_bindings": "nothing", "fish_default_key_bindings": "nothing",
    "fish_hybrid_key_bindings": "nothing", "bg": "nothing", "fg": "nothing", "time": "nothing",
}  # fmt: skip
