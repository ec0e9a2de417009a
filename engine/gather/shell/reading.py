"""Reading a shell's start-up file: which dialects to try, and what to do about a syntax error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.gather.shell.convert import Converter
from engine.gather.shell.shfmt import Mistake
from engine.gather.shell.source import Source

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Node, Shfmt

DIALECTS = {
    "bash": ("bash",),
    "sh": ("posix",),
    "zsh": ("zsh", "bash"),
    "ksh": ("bash", "mksh"),
    "mksh": ("mksh",),
}
"""The shells that are read, and shfmt's dialects for each in order."""

_RETRIES = 24


def read(content: bytes, parser: Shfmt, *, shell: str) -> list[Any]:
    """Read a file as one of the shells would."""
    before_nul, nul, _ = content.partition(b"\0")
    source = Source(before_nul.rpartition(b"\n")[0] + b"\n" if nul else content)
    tree, mistake, source = _parsed(source, shell, parser)
    script = Converter(source, shell).script(tree.get("Stmts", ()))
    if mistake is None and nul:
        mistake = Mistake(before_nul.count(b"\n") + 1, 0, "a NUL byte")
    if mistake is not None:
        script.append(["broken", mistake.line, mistake.message])
    restored: list[Any] = source.restored(script)
    return restored


def _parsed(source: Source, shell: str, parser: Shfmt) -> tuple[Node, Mistake | None, Source]:
    mistakes = []
    for dialect in DIALECTS[shell]:
        tree = parser.tree(source.text, dialect)
        if not isinstance(tree, Mistake):
            return tree, None, source
        mistakes.append((dialect, tree))
    dialect, mistake = mistakes[0]
    return *_before(source.text, mistake, dialect, parser), source


def _before(text: str, mistake: Mistake, dialect: str, parser: Shfmt) -> tuple[Node, Mistake]:
    """Parse the complete lines before a mistake, as far as they can be parsed."""
    lines = text.split("\n")
    kept = len(lines)
    tree: Node | Mistake = mistake
    for attempt in range(_RETRIES):
        if not isinstance(tree, Mistake):
            return tree, mistake
        # A construct without its end is reported where it begins, others where they go wrong.
        kept = min(kept - 1, tree.line - 1 if attempt < _RETRIES // 2 else kept // 2)
        while kept > 0 and _continues(lines[kept - 1]):
            kept -= 1
        if kept <= 0:
            break
        tree = parser.tree("\n".join(lines[:kept]) + "\n", dialect)
    return {} if isinstance(tree, Mistake) else tree, mistake


def _continues(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
