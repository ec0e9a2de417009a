"""`command -v`, `type`, `which`: what a name means to the shell itself."""

from __future__ import annotations

from engine.precedence.shell.names import BUILT_IN, DECLARES, KEYWORDS, ONLY_IN
from engine.precedence.shell.walking import Walking
from engine.precedence.values import Hole, Mixed, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text


class Naming(Walking):
    """Answers what names mean."""

    def is_built_in(self, name: str) -> bool:
        """Say whether this shell has a builtin of a name."""
        return name in BUILT_IN and self.dialect.name in ONLY_IN.get(name, (self.dialect.name,))

    def ask(self, name: str, arguments: list[Text], state: State, line: int) -> None:
        """Fold `command -v`, `type`, `which`: whether names mean anything, and what is printed."""
        options = [a for a in arguments if isinstance(a, str) and a.startswith("-")]
        names = [a for a in arguments if not (isinstance(a, str) and a.startswith("-"))]
        if name == "hash" and (options or not names or self.dialect.name == "ksh"):
            state.status = 0
            return
        if not names:
            state.status = 0
            return
        status: int | Hole = 0
        printed: list[Text] = []
        for asked in names:
            answer = self._meaning(asked, options, state)
            if isinstance(answer, Hole):
                hole = Hole(answer.cause, answer.detail, self.place(line))
                status = hole if status != 1 else status
                printed.append(unknown_as(hole))
            elif answer is None:
                status = 1
            else:
                printed.append(answer)
        state.status = status
        if state.output is not None:
            if (
                name == "command"
                or (name == "which" and self.dialect.name != "zsh")
                or (options == ["-p"] and not (name == "type" and self.dialect.name == "zsh"))
            ):
                for text in printed:
                    state.output = (*state.output, text, "\n")
            else:
                state.output = (
                    *state.output,
                    unknown_as(Hole("unsupported", f"what `{name}` prints", self.place(line))),
                )

    def _meaning(self, name: Text, options: list[str], state: State) -> Text | Hole | None:
        """Give what a name runs: a path or the name itself, None if nothing, or why unknown."""
        if isinstance(name, Mixed):
            return why_not(name)
        only_files = any(set(option[1:]) & {"p", "P"} for option in options)
        if not only_files:
            hidden = self.dialect.name == "bash" and not self.expands_aliases(state)
            for table in (state.functions,) if hidden else (state.aliases, state.functions):
                found = table.get(name)
                if isinstance(found, Hole):
                    return found
                if found is not None:
                    return (
                        name
                        if table is state.functions
                        else unknown_as(
                            Hole("unsupported", "how an alias is printed", is_some=True)
                        )
                    )
            if self.is_built_in(name) or name in DECLARES or name in KEYWORDS:
                return name
        path = self.command_path(name, state)
        if path is None:
            return state.names_hole
        return why_not(path) if isinstance(path, Mixed) else path
