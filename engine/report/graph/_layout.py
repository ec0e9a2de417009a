"""Where the cards of a drawing stand: a tree from left to right, each subtree in a band of its own.

So the lines from a process to those that stand below it never cross; what it may inherit instead
and what it adopts is drawn across.
"""

from __future__ import annotations

from engine.model.record import record
from engine.report._lines import cells
from engine.report.graph._picture import children_of
from engine.report.graph._texts import ROW, TITLE, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report.graph._picture import Picture, Process
    from engine.report.graph._texts import Text

TITLE_HEIGHT, ROW_HEIGHT, PAD, MARGIN = 19, 16, 12, 28
_NARROWEST = 150
_COLUMN_GAP, _ROW_GAP, _HEADING = 64, 16, 52
_LEAST_PAGE = 1000


@record
class Card:
    """A process at its place, with the texts that it shows."""

    process: Process
    texts: tuple[Text, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """How far down its left and right edges lines begin and end: beside the title."""
        return self.y + PAD + TITLE_HEIGHT / 2


@record
class Sheet:
    """All cards, and how large a page they need; `heading` is where the templates begin."""

    cards: tuple[Card, ...]
    width: float
    height: float
    heading: float | None = None


def laid_out(picture: Picture, top: float) -> Sheet:
    """Give the place of every process of a picture, from `top` downwards."""
    return _Placing(picture).sheet(top)


class _Placing:
    def __init__(self, picture: Picture) -> None:
        self._templates = [process for process in picture.processes if process.is_template]
        self._children = children_of(picture)
        self._texts = {process.id: texts_of(process) for process in picture.processes}
        self._sizes = {name: _size(texts) for name, texts in self._texts.items()}
        self._columns = self._column_starts()
        self._cards: list[Card] = []

    def sheet(self, top: float) -> Sheet:
        bottom = top
        for root in self._children.get(None, ()):
            bottom += self._place(root, 0, bottom) + 2 * _ROW_GAP
        heading = bottom + _HEADING / 2 if self._templates else None
        if heading is not None:
            bottom = self._place_templates(bottom + _HEADING)
        right = max((card.x + card.width for card in self._cards), default=8.0 * MARGIN)
        return Sheet(tuple(self._cards), right + MARGIN, bottom + MARGIN, heading)

    def _column_starts(self) -> list[float]:
        """Give where each column begins: beside the widest card of the one before."""
        starts = [float(MARGIN)]
        level: Sequence[Process] = self._children.get(None, ())
        while level:
            widest = max(self._sizes[process.id][0] for process in level)
            starts.append(starts[-1] + widest + _COLUMN_GAP)
            level = [child for process in level for child in self._children.get(process.id, ())]
        return starts

    def _place(self, process: Process, depth: int, top: float) -> float:
        """Place a process and all below it in a band; give the band's height."""
        self._put(process, self._columns[depth], top)
        used = 0.0
        for child in self._children.get(process.id, ()):
            used += self._place(child, depth + 1, top + used) + _ROW_GAP
        return max(used - _ROW_GAP, self._sizes[process.id][1])

    def _place_templates(self, top: float) -> float:
        """Place the templates in rows as wide as the tree, and give where the last one ends."""
        right = max(max((card.x + card.width for card in self._cards), default=0), _LEAST_PAGE)
        x, tallest = float(MARGIN), 0.0
        for process in self._templates:
            width, height = self._sizes[process.id]
            if x > MARGIN and x + width > right:
                x, top, tallest = float(MARGIN), top + tallest + _ROW_GAP, 0.0
            self._put(process, x, top)
            x, tallest = x + width + _ROW_GAP, max(tallest, height)
        return top + tallest

    def _put(self, process: Process, x: float, y: float) -> None:
        width, height = self._sizes[process.id]
        self._cards.append(Card(process, self._texts[process.id], x, y, width, height))


def _size(texts: Sequence[Text]) -> tuple[float, float]:
    """Give how wide and high a card is that shows some texts."""
    width = max(
        text.indent + cells(text.words) * (TITLE if text.kind == "title" else ROW) for text in texts
    )
    height = sum(TITLE_HEIGHT if text.kind == "title" else ROW_HEIGHT for text in texts)
    return max(width + 2 * PAD, _NARROWEST), height + 2 * PAD - 4
