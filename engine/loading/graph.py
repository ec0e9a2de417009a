"""A pack's part of the precedence graph: `sources`, `processes`, `tracks` and `tools`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.conditions import optional_condition
from engine.loading.expressions import expression, name, switch, value
from engine.loading.fields import fields, listed, text_of
from engine.loading.graph_documents import KINDS, PARTS, GraphDocument
from engine.loading.nodes import plain, shown
from engine.loading.operands import fact
from engine.loading.shapes import shaped
from engine.model.graph import (
    Addition,
    Adoption,
    Graph,
    Inheritance,
    Process,
    Read,
    Setting,
    Source,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.loading.graph_documents import ProcessDocument, SourceDocument, ToolDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.graph import Name, Part
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
    sources, processes = parts.get("sources"), parts.get("processes")
    made = attempts(
        each,
        lambda id_: _source(id_, sources, document.sources[id_], scope),
        document.sources,
    )
    written = attempts(
        each,
        lambda id_: _process_or_addition(id_, processes, document.processes[id_], scope),
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
        tools=tools,
    )


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


# Sources


def _source(id_: str, sources: Node | None, document: SourceDocument, scope: Scope) -> Source:
    assert sources is not None  # noqa: S101 - the document was made of it
    node, place = sources.entries[id_], sources.place_of(id_)
    kind = _kind(id_, node)
    for key, needed in (("readable", "first"), ("order", "files"), ("mask", "files")):
        if key in node.entries and kind != needed:
            refuse(f"`{key}` goes with `{needed}` only", node.place_of(key), "leave it out")
    is_file = kind in {"file", "first", "files"}
    has_syntax = "syntax" in node.entries
    if is_file and not has_syntax:
        advice = "say what it is written in, such as `sh`, or `shell` for the shell that reads it"
        refuse(f"the source `{id_}` needs `syntax`", place, advice)
    if has_syntax and not is_file:
        refuse(f"`syntax` does not go with `{kind}`", node.place_of("syntax"), "leave it out")
    written = node.entries[kind]
    attempts = Attempts()
    paths = [] if not is_file else [written] if kind == "file" else written.items
    made = attempts(each, lambda path: expression(path, scope), paths)
    settings = attempts(
        each,
        lambda key: _setting(key, written, scope),
        written.entries if kind == "sets" else (),
    )
    mapping = attempts(fact, written, scope) if kind == "environment" else None
    attempts.settle()
    return Source(
        id=id_,
        kind=kind,  # type: ignore[arg-type]
        place=place,
        title=document.title or "",
        paths=made,
        syntax=document.syntax,
        readable=document.readable,
        order=document.order,
        mask=document.mask,
        settings=settings,
        fact=mapping,
        names=tuple(document.touches or ()),
    )


def _kind(id_: str, node: Node) -> str:
    given = [key for key in KINDS if key in node.entries]
    if len(given) != 1:
        has = "has no content" if not given else f"is of several kinds, {_and(given)}"
        listed_kinds = ", ".join(f"`{kind}`" for kind in KINDS)
        refuse(f"the source `{id_}` {has}", node.place, f"give exactly one of {listed_kinds}")
    return given[0]


def _setting(key: str, node: Node, scope: Scope) -> Setting:
    written, place = node.entries[key], node.place_of(key)
    if "value" not in written.entries:
        return Setting(key, value(written, scope), place)
    parts = fields(written, f"`{key}`", ("value",), ("exported", "if_unset", "when"))
    attempts = Attempts()
    made = attempts(value, parts["value"], scope)
    exported = "exported" not in parts or attempts(switch, parts["exported"], "`exported`")
    if_unset = "if_unset" in parts and attempts(switch, parts["if_unset"], "`if_unset`")
    when = attempts(optional_condition, parts.get("when"), scope)
    attempts.settle()
    return Setting(key, made, place, exported=exported, if_unset=if_unset, when=when)


# Processes


def _process_or_addition(
    id_: str, processes: Node | None, document: ProcessDocument, scope: Scope
) -> Process | Addition:
    assert processes is not None  # noqa: S101 - the document was made of it
    node, place = processes.entries[id_], processes.place_of(id_)
    if "also_reads" in node.entries:
        for key in node.entries:
            if key != "also_reads":
                advice = "`also_reads` adds to a process that is defined elsewhere"
                refuse(f"`{key}` cannot stand beside `also_reads`", node.place_of(key), advice)
        read = each(lambda item: _read(item, scope), node.entries["also_reads"].items)
        return Addition(id_, read, place)
    return _process(id_, node, place, document, scope)


def _process(
    id_: str, node: Node, place: Place, document: ProcessDocument, scope: Scope
) -> Process:
    entries = node.entries
    attempts = Attempts()
    inherits = attempts(_inherits, entries["inherits"], scope) if "inherits" in entries else None
    adopts = (
        attempts(_adopts, entries["adopts"], document.adopts.if_it_fails, scope)
        if "adopts" in entries
        else None
    )
    reads = (
        attempts(each, lambda item: _read(item, scope), entries["reads"].items)
        if "reads" in entries
        else None
    )
    for item in entries["reads"].items if "reads" in entries else ():
        attempts(_refuse_anchors, item)
    shell = attempts(_shell, entries["shell"], scope) if "shell" in entries else None
    folder = entries.get("directory")
    directory = None if folder is None else attempts(expression, folder, scope)
    attempts.settle()
    return Process(
        id=id_,
        place=place,
        template=document.template,
        title=document.title,
        about=document.about,
        like=(document.like, entries["like"].place) if document.like else None,
        inherits=inherits,
        adopts=adopts,
        shell=shell,
        reads=reads,
        moment=document.moment,
        directory=directory,
        user=document.user,
        confidence=document.confidence,
        evidence=document.evidence,
    )


def _shell(node: Node, scope: Scope) -> dict[str, object]:
    shell: dict[str, object] = dict(plain(node))
    if "rcfile" in node.entries:
        shell["rcfile"] = expression(node.entries["rcfile"], scope)
    return shell


def _inherits(node: Node, scope: Scope) -> Inheritance:
    if "nothing" in node.entries:
        if node.entries["nothing"].value is not True:
            refuse("`nothing` can only be `true`", node.entries["nothing"].place, "leave it out")
        for key in node.entries:
            if key != "nothing":
                refuse(f"`{key}` cannot stand beside `nothing`", node.place_of(key), "leave it out")
        return Inheritance(None, "nothing", (), node.place)
    part, names = _part(node, scope)
    origin = _origin(node, "`inherits`", "name the process, or write `nothing: true`")
    return Inheritance(text_of(origin, "`from`"), part, names, origin.place)


def _adopts(node: Node, if_it_fails: str, scope: Scope) -> Adoption:
    part, names = _part(node, scope)
    origin = _origin(node, "`adopts`", "name the process")
    return Adoption(text_of(origin, "`from`"), part, names, if_it_fails, origin.place)


def _origin(node: Node, what: str, advice: str) -> Node:
    if "from" not in node.entries:
        refuse(f"{what} needs `from`", node.place, advice)
    return node.entries["from"]


def _part(node: Node, scope: Scope) -> tuple[Part, tuple[Name, ...]]:
    given = [key for key in PARTS if key in node.entries]
    if len(given) > 1:
        refuse(f"{_and(given)} exclude each other", node.place, "choose one")
    if not given:
        return "all", ()
    names = each(lambda item: name(item, scope), node.entries[given[0]].items)
    return given[0], names  # type: ignore[return-value]


def _read(node: Node, scope: Scope) -> Read:
    if isinstance(node.value, str):
        return Read(node.value, node.place)
    if not isinstance(node.value, dict):
        advice = "write the source's id, or `{source: id, when: ...}`"
        refuse(f"a source is expected here, got {shown(plain(node))}", node.place, advice)
    optional = ("when", "evidence", "after", "before")
    parts = fields(node, "an item of `reads`", ("source",), optional)
    attempts = Attempts()
    source = attempts(text_of, parts["source"], "`source`")
    when = attempts(optional_condition, parts.get("when"), scope)
    evidence = attempts(text_of, parts["evidence"], "`evidence`") if "evidence" in parts else ""
    after = attempts(_anchors, parts.get("after"), "`after`")
    before = attempts(_anchors, parts.get("before"), "`before`")
    attempts.settle()
    return Read(source, parts["source"].place, when, evidence, after, before)


def _anchors(node: Node | None, what: str) -> tuple[tuple[str, Place], ...]:
    if node is None:
        return ()
    items = [node] if isinstance(node.value, str) else listed(node, what)
    return tuple((text_of(item, what), item.place) for item in items)


def _refuse_anchors(node: Node) -> None:
    for key in ("after", "before"):
        if key in node.entries:
            advice = "move the source to its place; `after` and `before` are for `also_reads`"
            refuse(f"`{key}` stands in a list that has an order", node.place_of(key), advice)


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
        evidence=document.evidence,
    )


def _and(keys: list[str]) -> str:
    quoted = [f"`{key}`" for key in keys]
    return ", ".join(quoted[:-1]) + f" and {quoted[-1]}"
