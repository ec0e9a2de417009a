"""The graph for people: a tree of who starts whom, or one context's way as a flow of cards."""

from __future__ import annotations

from engine.model.visible import visible
from engine.report._ascii import in_ascii
from engine.report._lines import cells, padded, painted, shortened, wrapped
from engine.report._words import counted
from engine.report.graph._base import Drawing
from engine.report.graph._cards import card_lines, legend
from engine.report.graph._picture import children_of
from engine.report.graph._rows import alike_words, read_rows, way_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report._base import Layout
    from engine.report.graph._picture import Picture, Process

_LEAST_ROOM = 20


def render(picture: Picture, layout: Layout) -> str:
    """Draw a picture with lines."""
    blocks = _flow(picture, layout) if picture.focus is not None else _tree(picture, layout)
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    return in_ascii(text) if layout.ascii else text


def _flow(picture: Picture, layout: Layout) -> list[list[str]]:
    """Draw the way to one context: a card for each process, the context's own last."""
    focus = picture.named(picture.focus or "")
    title = focus.title if focus else visible(picture.focus or "")
    heads = wrapped(f"How {title} gets its environment", layout.width, "", "  ")
    lines: list[str] = []
    for number, process in enumerate(picture.processes):
        if number:
            before = picture.processes[number - 1]
            is_next = process.inherits is not None and process.inherits.process == before.id
            lines += ["    │", "    ▼"] if is_next else [""]
        lines += card_lines(process, picture, layout)
    return [[painted(layout, line, bold=True) for line in heads], lines, legend(picture, layout)]


def _tree(picture: Picture, layout: Layout) -> list[list[str]]:
    """Draw every process below the one that it inherits from, then the templates."""
    if not picture.processes:
        return [["no pack draws a process"]]
    total = counted(picture.contexts, "launch context")
    head = [painted(layout, f"{total}, each below the process it inherits from", bold=True)]
    tree = _Tree(picture, layout)
    blocks = [head, *(tree.lines(root, "", "") for root in tree.children.get(None, ()))]
    templates = [process for process in picture.processes if process.is_template]
    if templates:
        blocks.append([painted(layout, "What shells and others of a kind read", bold=True)])
        blocks += [_own_lines(process, picture, layout, "", "") for process in templates]
    return blocks


class _Tree:
    """Draws processes below each other."""

    def __init__(self, picture: Picture, layout: Layout) -> None:
        self.children = children_of(picture)
        self._picture = picture
        self._layout = layout

    def lines(self, process: Process, first: str, rest: str) -> list[str]:
        """Draw a process with all below it; `first` leads to its line, `rest` to those below."""
        below = self.children.get(process.id, [])
        trunk = rest + ("│  " if below else "   ")
        lines = _own_lines(process, self._picture, self._layout, first, trunk)
        for child in below:
            branch, trunk = ("└─ ", "   ") if child is below[-1] else ("├─ ", "│  ")
            lines += self.lines(child, rest + branch, rest + trunk)
        return lines


def _own_lines(
    process: Process, picture: Picture, layout: Layout, first: str, rest: str
) -> list[str]:
    """Draw one process: its title and id, then what it takes and reads."""
    lines = [_title(process, layout, first)]
    texts: list[tuple[str, str]] = []
    if process.inherits is not None and process.inherits.part != "all":
        texts.append(("inherits ", process.inherits.part))
    if process.adopts is not None:
        texts.append(("adopts ", way_words(process.adopts, picture)))
    texts += [("reads ", f"what {words} reads")] if (words := alike_words(process)) else []
    texts += read_rows(process)
    column = max((cells(member.id) for member in process.members), default=0)
    texts += [(f"{padded(member.id, column)}  ", member.title) for member in process.members]
    for label, text in texts:
        lines += wrapped(text, layout.width, f"{rest}{label}", rest + " " * (cells(label) + 2))
    return lines


def _title(process: Process, layout: Layout, first: str) -> str:
    """Give a title with the process's id at the end of the line, joined by dots."""
    title, name = process.title, visible(process.id)
    if process.members:
        return first + painted(layout, title, bold=True)
    if title == name:
        return first + painted(layout, shortened(name, layout.width - cells(first)), bold=True)
    start, end = cells(first), layout.width - cells(name)
    title = shortened(title, max(end - start - 2, _LEAST_ROOM))
    start += cells(title)
    # The dots of all lines stand below each other.
    dots = "".join("·" if column % 2 else " " for column in range(start + 1, end - 1))
    gap = painted(layout, f" {dots} ", "dim")
    return f"{first}{painted(layout, title, bold=True)}{gap}{painted(layout, name, 'cyan')}"


FORMAT = Drawing("text", "for terminals: a tree, or with --in the way to one context", render)
