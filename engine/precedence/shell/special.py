"""Parameters that shells set by themselves: those that change from run to run, and `$-`."""

from __future__ import annotations

from engine.precedence.values import Hole, concat, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.launch import Launch
    from engine.precedence.state import State
    from engine.precedence.values import Text

_CHANGING = {
    "bash": "_ RANDOM SRANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME BASHPID PPID BASH_COMMAND "
    "FUNCNAME BASH_LINENO BASH_ARGV HISTCMD DIRSTACK PIPESTATUS GROUPS",
    "zsh": "_ RANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME PPID ZSH_EVAL_CONTEXT funcstack "
    "funcfiletrace TTY TTYIDLE HISTCMD pipestatus zsh_eval_context GID EGID",
    "ksh": "_ RANDOM SECONDS LINENO PPID",
    "mksh": "_ RANDOM SECONDS LINENO PPID BASHPID PIPESTATUS",
    "sh": "LINENO PPID",
    "ash": "LINENO PPID RANDOM",
}
CHANGES = {name: frozenset(names.split()) for name, names in _CHANGING.items()}


def option_letters(name: str, launch: Launch, state: State) -> Text:
    """Give the letters that a shell shows, as far as guards ask for them."""
    via = launch.shell.get("via", "c")
    interactive = launch.mode("interactive")
    letters = _letters(name, via, interactive=interactive, login=launch.mode("login"))
    for option, letter in (("errexit", "e"), ("nounset", "u"), ("allexport", "a")):
        on = state.options.get(option)
        if isinstance(on, Hole):
            return concat((letters, unknown_as(on)))
        letters += letter if on else ""
    return letters


def _letters(name: str, via: str, *, interactive: bool, login: bool) -> str:
    """Give the letters of `$-` in each shell's own order (measured, see above)."""
    c, s = ("c" if via == "c" else ""), ("s" if via == "prompt" else "")
    prompts = "m" if via == "prompt" else ""
    last = "l" if login else ""
    if name == "bash":
        return f"hi{prompts}BH{c}{s}" if interactive else f"hB{c}"
    if name == "zsh":
        return "569X" + (f"Zi{prompts}" if interactive else "") + last
    if name == "ksh":
        return (f"i{c}msBE" if interactive else f"{c}hsB" if c else "hB") + last
    if name == "mksh":
        return last + (f"im{s}U{c}" if interactive else f"hU{c}")
    if name == "ash":
        return f"{s}{prompts}{c}" + ("i" if interactive else "")
    return f"{s}{prompts}" + ("i" if interactive else "")
