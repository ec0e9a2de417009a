"""Parameters that shells set by themselves: those that change from run to run, and `$-`."""

from __future__ import annotations

from engine.precedence.values import Hole, concat, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.launch import Launch
    from engine.precedence.state import State
    from engine.precedence.values import Text

_CHANGING = {
    "bash": "RANDOM SRANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME BASHPID PPID BASH_COMMAND "
    "FUNCNAME BASH_LINENO BASH_ARGV HISTCMD DIRSTACK PIPESTATUS GROUPS",
    "zsh": "RANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME PPID ZSH_EVAL_CONTEXT funcstack "
    "funcfiletrace TTY TTYIDLE HISTCMD pipestatus zsh_eval_context GID EGID",
    "ksh": "RANDOM SECONDS LINENO PPID",
    "mksh": "RANDOM SECONDS LINENO PPID BASHPID PIPESTATUS",
    "sh": "LINENO PPID",
    "ash": "LINENO PPID RANDOM",
}
CHANGES = {name: frozenset(names.split()) for name, names in _CHANGING.items()}


def option_letters(name: str, launch: Launch, state: State) -> Text:
    """Give the letters that a shell shows, as far as guards ask for them."""
    via = launch.shell.get("via", "c")
    interactive = launch.mode("interactive")
    letters = {
        "bash": ("himBH" if via == "prompt" else "hiBH") if interactive else "hB",
        "zsh": "569X" + ("Zi" if interactive else "") + ("l" if launch.mode("login") else ""),
        "ksh": "imsBE" if interactive else "hsB",
        "mksh": "imU" if interactive else "hU",
    }.get(name, "i" if interactive else "")
    letters += "l" if launch.mode("login") and name in {"ksh", "mksh"} else ""
    letters += "m" if via == "prompt" and interactive and name in {"sh", "ash"} else ""
    letters += {"c": "c" if name in {"bash", "ksh", "mksh", "ash"} else "", "prompt": "s"}.get(
        via, ""
    )
    for option, letter in (("errexit", "e"), ("nounset", "u"), ("allexport", "a")):
        on = state.options.get(option)
        if isinstance(on, Hole):
            return concat((letters, unknown_as(on)))
        letters += letter if on else ""
    return letters
