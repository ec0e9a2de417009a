"""The graph for people: a tree of who starts whom, or one context's way as a flow of cards."""

from __future__ import annotations

from engine.model.record import replace
from engine.model.visible import visible
from engine.report._ascii import in_ascii
from engine.report._lines import cells, padded, painted, shortened, wrapped
from engine.report._words import counted
from engine.report.graph._base import Drawing
from engine.report.graph._cards import card_lines, legend
from engine.report.graph._picture import children_of
from engine.report.graph._rows import about_rows, alike_words, read_rows, way_rows

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
    name = focus.name if focus and focus.name != focus.id else ""
    title = f"{title} ({visible(name)})" if name else title
    heads = wrapped(f"How {title} gets its environment", layout.width, "", "  ")
    lines: list[str] = []
    for number, process in enumerate(picture.processes):
        if number:
            before = picture.processes[number - 1]
            is_next = before.id in process.parents
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
        blocks += [_own_lines(process, layout, "", "") for process in templates]
    if picture.left_out:
        names = ", ".join(visible(process.id) for process in picture.left_out)
        blocks.append(wrapped(f"not there, as the facts say: {names}", layout.width, "", "  "))
    return blocks


class _Tree:
    """Draws processes below each other."""

    def __init__(self, picture: Picture, layout: Layout) -> None:
        self.children = children_of(picture)
        self._picture = picture
        self._layout = layout

    def lines(self, process: Process, first: str, rest: str, around: str = "") -> list[str]:
        """Draw a process with all below it; `first` leads to its line, `rest` to those below.

        `around` is what the process that it stands below is there for each of, which needs to be
        said only once.
        """
        below = self.children.get(process.id, [])
        is_said = process.for_each == around and not process.elements
        drawn = replace(process, for_each="") if is_said else process
        trunk = rest + ("│  " if below else "   ")
        lines = _own_lines(drawn, self._layout, first, trunk)
        for child in below:
            branch, trunk = ("└─ ", "   ") if child is below[-1] else ("├─ ", "│  ")
            lines += self.lines(child, rest + branch, rest + trunk, process.for_each)
        return lines


def _own_lines(process: Process, layout: Layout, first: str, rest: str) -> list[str]:
    """Draw one process: its title and id, then what it takes and reads."""
    lines = _title(process, layout, first, rest)
    texts: list[tuple[str, str]] = []
    texts += [(f"{label} ", words) for label, words in about_rows(process)]
    texts += _ways(process)
    texts += [("reads ", f"what {words} reads")] if (words := alike_words(process)) else []
    texts += read_rows(process)
    column = max((cells(member.id) for member in process.members), default=0)
    texts += [(f"{padded(member.id, column)}  ", member.title) for member in process.members]
    for label, text in texts:
        lines += wrapped(text, layout.width, f"{rest}{label}", rest + " " * (cells(label) + 2))
    return lines


def _ways(process: Process) -> list[tuple[str, str]]:
    """Say what is taken from others, unless that is all of the one that it stands below."""
    first = process.inherits[0] if process.inherits else None
    rows = way_rows("inherits", process.inherits)
    if first is not None and len(rows) == 1:
        rows = [] if first.part == "all" else [("inherits", first.part, "")]
    return [(f"{verb} ", words) for verb, words, _ in (*rows, *way_rows("adopts", process.adopts))]


def _title(process: Process, layout: Layout, first: str, rest: str) -> list[str]:
    """Give a title with the process's id at the end of the line, joined by dots, or below it."""
    title, name = process.title, visible(process.name)
    if process.members:
        return [first + painted(layout, title, bold=True)]
    if title == name:
        return [first + painted(layout, shortened(name, layout.width - cells(first)), bold=True)]
    start, end = cells(first), layout.width - cells(name)
    if end - start - 2 < _LEAST_ROOM:
        room = layout.width - start
        line = first + painted(layout, shortened(title, room), bold=True)
        return [line, rest + painted(layout, shortened(name, room), "cyan")]
    title = shortened(title, end - start - 2)
    start += cells(title)
    # The dots of all lines stand below each other.
    dots = "".join("·" if column % 2 else " " for column in range(start + 1, end - 1))
    gap = painted(layout, f" {dots} ", "dim")
    return [f"{first}{painted(layout, title, bold=True)}{gap}{painted(layout, name, 'cyan')}"]


FORMAT = Drawing("text", "for terminals: a tree, or with --in the way to one context", render)
