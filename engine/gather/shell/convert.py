"""From shfmt's syntax tree to a script: what the functions for each kind of node share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.gather.shell.statements import script
from engine.gather.shell.words import parts, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.gather.shell.literals import Part
    from engine.gather.shell.shfmt import Node
    from engine.gather.shell.source import Source
    from engine.gather.shell.words import Style


class Converter:
    """One text on its way, and what was noticed while its words were read."""

    def __init__(
        self, source: Source, shell: str, placeholders: Mapping[str, str] | None = None
    ) -> None:
        """Take the text, the shell it is for, and the names that stand for expansions."""
        self.source = source
        self.shell = shell
        self.placeholders = dict(placeholders or {})
        self.hidden: list[str] = []
        """Parts of words that run in this shell, so that their effect is no part of a text."""
        self.bad: list[str] = []
        """Expansions that end this shell."""
        self._backquotes = 0

    def script(self, nodes: Iterable[Node]) -> list[Any]:
        """Convert statements."""
        return script(self, nodes)

    def inner(self, node: Node) -> list[Any]:
        """Convert what a substitution runs in a shell of its own."""
        hidden, bad = self.hidden, self.bad
        self._backquotes += bool(node.get("Backquotes"))
        self.hidden, self.bad = [], []
        try:
            return self.script(node.get("Stmts", ()))
        finally:
            self.hidden, self.bad = hidden, bad
            self._backquotes -= bool(node.get("Backquotes"))

    def word(self, node: Node | None, style: Style = "plain") -> list[Part]:
        """Convert a word."""
        return word(self, node, style)

    def parts(self, nodes: Any, style: Style) -> list[Part]:
        """Convert the parts of a word."""
        return parts(self, nodes, style)

    def index(self, node: Node) -> list[Part]:
        """Convert what stands between `[` and `]`: a word, or an expression."""
        if node["Type"] == "Word":
            return self.word(node)
        text = self.text_of(node)
        return [["arith", text]] if any(char in text for char in "$`\"'\\") else [text]

    def text_of(self, node: Node) -> str:
        """Give an expression's own text."""
        return self.expression(node["Pos"]["Offset"], node["End"]["Offset"])

    def expression(self, start: int, end: int) -> str:
        """Give the text of an expression between two offsets in bytes."""
        text = self.source.between(start, end).replace("\\\n", "")
        if (written := self.placeholders.get(text.strip())) is not None:
            return written.strip()
        for _ in range(self._backquotes):
            text = text.replace("\\`", "`").replace("\\$", "$").replace("\\\\", "\\")
        return text.strip()

    def unknown(self, node: Node) -> Part:
        """Give the part that says only what was written there."""
        return ["param", "", {"unknown": self.source.of(node)}]
