"""Names of shell options: one name for what shells spell in several ways."""

from __future__ import annotations

_LETTERS = {
    "a": "allexport",
    "e": "errexit",
    "f": "noglob",
    "n": "noexec",
    "u": "nounset",
    "v": "verbose",
    "x": "xtrace",
    "m": "monitor",
    "b": "notify",
    "h": "hashall",
    "C": "noclobber",
}
_ZSH = {"globdots": "dotglob", "unset": "nounset", "glob": "noglob", "exec": "noexec"}
_TURNED_ROUND = frozenset(("unset", "glob", "exec"))


def of_letter(letter: str) -> str | None:
    """Give the option that `set -x` names by a letter."""
    return _LETTERS.get(letter)


def option_name(written: str, dialect: str) -> tuple[str, bool]:
    """Give an option's one name, and whether it was written in the negative."""
    if dialect != "zsh":
        return written, False
    name = written.replace("_", "").lower()
    negated = False
    if name.startswith("no") and name not in {"nomatch", "notify"}:
        name, negated = name[2:], True
    if name == "nomatch" or written.lower().replace("_", "") == "nonomatch":
        return "nomatch", name != "nomatch"
    if name in _TURNED_ROUND:
        negated = not negated
    return _ZSH.get(name, name), negated
