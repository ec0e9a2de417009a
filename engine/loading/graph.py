"""A pack's part of the precedence graph: `sources`, `processes`, `tracks` and `tools`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.graph_documents import GraphDocument
from engine.loading.graph_processes import process_or_addition
from engine.loading.graph_sources import source
from engine.loading.shapes import shaped
from engine.model.graph import Addition, Graph, Process, Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.loading.graph_documents import ToolDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.place import Place

GRAPH_KEYS = ("sources", "processes", "tracks", "tools")
"""The keys of a pack that make up its part of the graph."""


def is_graph_file(node: Node) -> bool:
    """Say whether a file of a pack holds a part of the graph, and no rules."""
    keys = node.entries.keys()
    return bool(keys & set(GRAPH_KEYS)) and not keys & {"id", "rules", "require"}


def graph(node: Node, scope: Scope) -> Graph:
    """Read a mapping that holds nothing but the four keys of the graph."""
    document = shaped(GraphDocument, node)
    parts = {key: node.entries[key] for key in GRAPH_KEYS if key in node.entries}
    attempts = Attempts()
    made = attempts(
        each,
        lambda id_: source(id_, parts["sources"], document.sources[id_], scope),
        document.sources,
    )
    written = attempts(
        each,
        lambda id_: process_or_addition(id_, parts["processes"], document.processes[id_], scope),
        document.processes,
    )
    tools = attempts(
        each,
        lambda pair: _tool(*pair),
        zip(parts["tools"].items if "tools" in parts else (), document.tools, strict=True),
    )
    attempts.settle()
    tracks = document.tracks
    return Graph(
        sources=made,
        processes=tuple(item for item in written if isinstance(item, Process)),
        additions=tuple(item for item in written if isinstance(item, Addition)),
        variables=tuple(tracks.variables) if "tracks" in parts else (),
        commands=tuple(tracks.commands) if "tracks" in parts else (),
        programs=tuple(zip(tracks.programs, _places(parts["tracks"], "programs"), strict=True))
        if "tracks" in parts
        else (),
        tools=tools,
    )


def _places(node: Node, key: str) -> list[Place]:
    """Give the places of the items of a list, which may not be there."""
    written = node.entries.get(key)
    return [item.place for item in written.items] if written is not None else []


def joined(graphs: Sequence[Graph]) -> Graph | None:
    """Give the graph of a whole pack out of those of its files."""
    if not graphs:
        return None
    return Graph(
        *(
            tuple(item for graph in graphs for item in getattr(graph, part))
            for part in Graph.__match_args__
        )
    )


# Tools


def _tool(node: Node, document: ToolDocument) -> Tool:
    if (document.tool is None) == (document.file is None):
        refuse("a tool is a program or a file", node.place, "give `tool` or `file`")
    if document.arguments and document.tool is None:
        refuse("a file takes no `arguments`", node.place_of("arguments"), "leave them out")
    return Tool(
        place=node.place,
        tool=document.tool,
        file=document.file,
        arguments=tuple(document.arguments),
        touches=tuple(document.touches),
        functions=tuple(document.functions),
        aliases=tuple(document.aliases),
        at_prompt=tuple(document.at_prompt),
        needs=tuple(document.needs),
        evidence=document.evidence,
    )
