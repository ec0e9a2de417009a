"""The graph for pages in Markdown: a Mermaid flowchart."""

from __future__ import annotations

from engine.report.graph._base import Drawing
from engine.report.graph._edges import edges_of, process_label, source_labels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report._base import Layout
    from engine.report.graph._edges import Edge
    from engine.report.graph._picture import Picture

_ARROWS = {
    "inherits": "==>",
    "adopts": "-.->",
    "reads": "-->",
    "not_read": "-.-x",
    "like": "-.->",
}
# Signs that mean something in a label, or would end it.
_CODED = set('"#&;<>`\\{}[]()|*_~$')


def render(picture: Picture, _layout: Layout) -> str:
    """Draw a picture as a flowchart; its names are numbers, so that no title can break it."""
    names = {process.id: f"p{n}" for n, process in enumerate(picture.processes)}
    labels = source_labels(picture)
    sources = {source: f"s{n}" for n, source in enumerate(labels)}
    lines = ["flowchart LR"]
    for process in picture.processes:
        kind = "template" if process.is_template else "context" if process.is_context else "process"
        kind = "focus" if process.id == picture.focus else kind
        opening, closing = ("[[", "]]") if process.is_template else ("([", "])")
        label = "<br/>".join(map(_coded, process_label(process)))
        lines.append(f'  {names[process.id]}{opening}"{label}"{closing}:::{kind}')
    for source, label in labels.items():
        lines.append(f'  {sources[source]}["{_coded(label)}"]:::source')
    for edge in edges_of(picture):
        start = sources[edge.start] if edge.is_source else names[edge.start]
        lines.append(_edge(edge, start, names[edge.end]))
    # One stroke that is legible on dark and on light, and no fill to fight with either.
    lines += [
        "  classDef context stroke-width:2px",
        "  classDef focus stroke-width:4px",
        "  classDef template stroke-dasharray:4 3",
        "  classDef source stroke:#888",
    ]
    return "\n".join(lines) + "\n"


def _edge(edge: Edge, start: str, end: str) -> str:
    label = f'|"{_coded(edge.label)}"|' if edge.label else ""
    return f"  {start} {_ARROWS[edge.kind]}{label} {end}"


def _coded(text: str) -> str:
    """Give a text in which whatever Mermaid would read as its own is coded."""
    return "".join(f"#{ord(sign)};" if sign in _CODED else sign for sign in text)


FORMAT = Drawing("mermaid", "for Markdown pages: a Mermaid flowchart", render)
