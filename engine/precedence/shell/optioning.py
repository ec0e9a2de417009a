"""`set`, `shopt` and `setopt`: shell options, and the arguments that `set` gives."""

from __future__ import annotations

from engine.precedence.shell.options import SHOPT, USUAL, of_letter, option_name
from engine.precedence.shell.sourcing import Sourcing
from engine.precedence.values import Hole, Mixed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text

_ALWAYS_ON = frozenset(("login_shell", "interactive_comments", "promptvars", "sourcepath"))


class Optioning(Sourcing):
    """Changes shell options."""

    def set_options(self, arguments: list[Text], doubt: Hole | None, state: State) -> None:
        """Fold `set`: options, then arguments."""
        state.status = 0
        rest = list(arguments)
        while rest:
            word = rest[0]
            if isinstance(word, Mixed) or word in {"-", "--"} or word[:1] not in {"-", "+"}:
                break
            rest.pop(0)
            on = word[0] == "-"
            if word[1:] == "A" and rest:
                name, *items = rest
                if isinstance(name, str) and doubt is None:
                    self.assign_list(name, tuple(items), state, self.line)
                return
            if word[1:].endswith("o") and rest and isinstance(rest[0], str):
                self._turn_option(str(rest.pop(0)), state, on=on)
            for letter in word[1:]:
                name_of = of_letter(letter, self.dialect.name)
                if name_of is not None:
                    state.options[name_of] = on
        if not rest and doubt is None:
            return
        if rest and rest[0] in {"-", "--"}:
            rest = rest[1:]
        state.arguments = doubt or tuple(rest)

    def _turn_option(self, written: str, state: State, *, on: bool) -> None:
        name, negated = option_name(written, self.dialect.name)
        state.options[name] = on is not negated

    def set_zsh_options(self, arguments: list[Text], state: State, *, on: bool) -> None:
        """Fold `setopt` and `unsetopt`; not every name is an option."""
        state.status = 0
        for argument in arguments:
            if isinstance(argument, str) and not argument.startswith(("-", "+")):
                self._turn_option(argument, state, on=on)
                if option_name(argument, "zsh")[0] not in USUAL:
                    hole = Hole("unsupported", f"whether `{argument}` is an option")
                    state.status = hole.here(self.place(self.line))

    def shopt(self, arguments: list[Text], state: State, line: int) -> None:
        """Fold bash's `shopt`."""
        state.status = 0
        letters = "".join(str(a)[1:] for a in arguments if isinstance(a, str) and a[:1] == "-")
        names = [a for a in arguments if isinstance(a, str) and a[:1] != "-"]
        if "s" in letters or "u" in letters:
            for name in names:
                state.options[name] = "s" in letters
                if name == "extglob":
                    self.extended_at = self.place(line)
                if name not in SHOPT and "o" not in letters:
                    state.status = 1
            return
        if "q" not in letters or len(names) != 1:
            state.status = Hole("unsupported", "`shopt` that prints", self.place(line))
            return
        state.status = self._asked_option(names[0], state, line)

    def _asked_option(self, name: str, state: State, line: int) -> int | Hole:
        if name == "login_shell":
            return int(not self.launch.mode("login"))
        if name == "expand_aliases" and name not in state.options:
            return int(not self.launch.mode("interactive"))
        if name == "posix" and name not in state.options:
            return int(not (self.launch.mode("posix") or self.launch.mode("as_sh")))
        on = state.options.get(name)
        if on is None:
            if name in {"nullglob", "dotglob", "failglob", "nounset", "errexit", "allexport"}:
                return 1
            on = name in _ALWAYS_ON or Hole("unsupported", f"shopt {name}", self.place(line))
        return on if isinstance(on, Hole) else int(not on)
