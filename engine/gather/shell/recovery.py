"""Getting a tree in spite of mistakes: repairs first, then the lines before the mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.shell.repairs import repaired
from engine.gather.shell.shfmt import Mistake
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.shell.repairs import Repair
    from engine.gather.shell.shfmt import Node, Shfmt
    from engine.gather.shell.source import Source

DIALECTS = {
    "bash": ("bash",),
    "sh": ("posix",),
    "zsh": ("zsh", "bash"),
    "ksh": ("bash", "mksh"),
    "mksh": ("mksh",),
}
"""The shells that are read, and shfmt's dialects for each in order."""

# What is no mistake in bash and means something else there.
_ZSH_ALONE = re.compile(r"\$\+|\$\{[(+=~^:]|\$\w+[:\[]|\([\w.^/@-]+\)|=\(|\bforeach\b|\brepeat\b")
# What bash takes and shfmt does not; the other shells have too many forms of their own to tell.
_LIMITS = re.compile(
    r"`\[x\]` must be followed by|arrays cannot be nested|not a valid test operator"
    r"|without closing quote `'`"
)
# Mistakes that a shell makes just as much of; whatever else shfmt says may be its own limit.
_MISTAKES = re.compile(
    r"must be followed by (?:a statement|`)|statement must end with|reached EOF without"
    r"|can only be used|statements must be separated"
)
_REPAIRS = 40
_RETRIES = 24
_PARSED = 4 << 20  # how many characters of one file are parsed in all for either


@record
class Parsed:
    """A tree, the text that its offsets count in, and what could not be read after it.

    `placeholders` are names of parameters that stand for expansions which the shell lacks.
    """

    root: Node
    source: Source
    mistake: Mistake | None
    placeholders: Mapping[str, str]


def parsed(source: Source, shell: str, parser: Shfmt) -> Parsed:
    """Parse a text in the first of its shell's dialects that has it whole, or as far as it goes."""
    attempts: list[Parsed] = []
    for dialect in DIALECTS[shell]:
        if dialect == DIALECTS[shell][0] or shell != "zsh" or not _ZSH_ALONE.search(source.text):
            attempts.append(_in_dialect(source, shell, dialect, parser))
            if attempts[-1].mistake is None:
                return attempts[-1]
    return attempts[0]


def may_go_on(mistake: Mistake, shell: str) -> bool:
    """Whether the shell itself may well take what shfmt did not."""
    if shell not in {"bash", "sh"} or _LIMITS.search(mistake.message) is not None:
        return True
    return _MISTAKES.search(mistake.message) is None


def _in_dialect(source: Source, shell: str, dialect: str, parser: Shfmt) -> Parsed:
    text = source.text
    placeholders: dict[str, str] = {}
    tree = parser.tree(text, dialect)
    for _ in range(_times(text, _REPAIRS)):
        if not isinstance(tree, Mistake):
            return Parsed(tree, source.edited(text), None, placeholders)
        repair: Repair | None = repaired(text, tree, shell, len(placeholders))
        if repair is None:
            break
        text = repair.text
        placeholders |= repair.placeholders
        tree = parser.tree(text, dialect)
    if not isinstance(tree, Mistake):
        return Parsed(tree, source.edited(text), None, placeholders)
    return Parsed(_before(text, tree, dialect, parser), source.edited(text), tree, placeholders)


def _before(text: str, mistake: Mistake, dialect: str, parser: Shfmt) -> Node:
    """Parse the complete lines before a mistake, as far as they can be parsed."""
    lines = text.split("\n")
    kept = len(lines)
    tree: Node | Mistake = mistake
    retries = _times(text, _RETRIES)
    for attempt in range(retries):
        if not isinstance(tree, Mistake):
            return tree
        # A construct without its end is reported where it begins, others where they go wrong.
        kept = min(kept - 1, tree.line - 1 if attempt < retries // 2 else kept // 2)
        while kept > 0 and _continues(lines[kept - 1]):
            kept -= 1
        if kept <= 0:
            break
        tree = parser.tree("\n".join(lines[:kept]) + "\n", dialect)
    return {} if isinstance(tree, Mistake) else tree


def _times(text: str, most: int) -> int:
    return max(8, min(most, _PARSED // (len(text) + 1)))


def _continues(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
