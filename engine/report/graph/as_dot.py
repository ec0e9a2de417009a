"""The graph for Graphviz: a digraph that `dot` lays out."""

from __future__ import annotations

from engine.report.graph._base import Drawing
from engine.report.graph._edges import edges_of, process_label, source_labels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report._base import Layout
    from engine.report.graph._picture import Picture

_EDGES = {
    "inherits": "penwidth=2",
    "adopts": "style=dashed, penwidth=2",
    "reads": "",
    "not_read": "style=dotted, arrowhead=none",
    "like": "style=dotted, arrowhead=empty",
}
_HEAD = """\
digraph precedence {
  rankdir=LR;
  bgcolor="transparent";
  node [fontname="Helvetica", fontsize=11, color="#777777", style=filled, fillcolor="#ffffff"];
  edge [fontname="Helvetica", fontsize=9, color="#777777", fontcolor="#777777"];
"""


def render(picture: Picture, _layout: Layout) -> str:
    """Draw a picture as a digraph; its names are numbers, so that no title can break it."""
    names = {process.id: f"p{n}" for n, process in enumerate(picture.processes)}
    labels = source_labels(picture)
    sources = {source: f"s{n}" for n, source in enumerate(labels)}
    lines = []
    for process in picture.processes:
        shape = "shape=component" if process.is_template else 'shape=box, style="rounded,filled"'
        if process.id == picture.focus:
            shape += ", penwidth=3"
        label = _quoted("\n".join(process_label(process)))
        lines.append(f"  {names[process.id]} [label={label}, {shape}];")
    lines += [
        f"  {sources[source]} [label={_quoted(label)}, shape=note];"
        for source, label in labels.items()
    ]
    for edge in edges_of(picture):
        start = sources[edge.start] if edge.is_source else names[edge.start]
        given = [f"label={_quoted(edge.label)}"] if edge.label else []
        attributes = ", ".join(filter(None, [*given, _EDGES[edge.kind]]))
        lines.append(f"  {start} -> {names[edge.end]}{f' [{attributes}]' if attributes else ''};")
    return _HEAD + "\n".join(lines) + "\n}\n"


def _quoted(text: str) -> str:
    """Give a text between quotation marks; a backslash would begin an escape of Graphviz's own."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + escaped.replace("\n", "\\n") + '"'


FORMAT = Drawing("dot", "for Graphviz: a digraph", render)
