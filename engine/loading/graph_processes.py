"""The processes of a pack's part of the precedence graph, and what it adds to those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.conditions import optional_condition
from engine.loading.expressions import expression, name
from engine.loading.fields import fields, listed, text_of
from engine.loading.graph_documents import PARTS
from engine.loading.graph_sources import quoted
from engine.loading.nodes import plain, shown
from engine.loading.operands import fact
from engine.model.graph import Addition, Adoption, Inheritance, Process, Read

if TYPE_CHECKING:
    from engine.loading.graph_documents import ProcessDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.graph import Expression, Name, Part
    from engine.model.place import Place


def process_or_addition(
    id_: str, processes: Node, document: ProcessDocument, scope: Scope
) -> Process | Addition:
    """Read one process, or what is added to one that is defined elsewhere."""
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
    adopts = attempts(_adopts, entries["adopts"], scope) if "adopts" in entries else None
    reads = (
        attempts(each, lambda item: _read(item, scope), entries["reads"].items)
        if "reads" in entries
        else None
    )
    for item in entries["reads"].items if "reads" in entries else ():
        attempts(_refuse_anchors, item)
    shell = attempts(_shell, entries["shell"], scope) if "shell" in entries else None
    directory, user, file_system = (
        attempts(expression, entries[key], scope) if key in entries else None
        for key in ("directory", "user", "file_system")
    )
    for_each = attempts(fact, entries["for_each"], scope) if "for_each" in entries else None
    when = attempts(optional_condition, entries.get("when"), scope)
    finds = attempts(_finds, entries["finds"], scope) if "finds" in entries else None
    attempts.settle()
    return Process(
        id=id_,
        place=place,
        template=document.template,
        title=document.title,
        about=document.about,
        like=(document.like, entries["like"].place) if document.like else None,
        for_each=for_each,
        when=when,
        inherits=inherits,
        adopts=adopts,
        shell=shell,
        reads=reads,
        moment=document.moment,
        directory=directory,
        user=user,
        file_system=file_system,
        finds=finds,
        confidence=document.confidence,
        evidence=document.evidence,
    )


def _shell(node: Node, scope: Scope) -> dict[str, object]:
    shell: dict[str, object] = dict(plain(node))
    for key in ("rcfile", "path"):
        if key in node.entries:
            shell[key] = expression(node.entries[key], scope)
    return shell


def _inherits(node: Node, scope: Scope) -> tuple[Inheritance, ...]:
    if "first" not in node.entries:
        if "when" in node.entries:
            advice = "write `first: [{from: ..., when: ...}, {from: ...}]`"
            refuse("`when` needs another one to choose from", node.place_of("when"), advice)
        return (_inheritance(node, scope),)
    _stands_alone("first", node)
    return each(lambda item: _inheritance(item, scope), node.entries["first"].items)


def _inheritance(node: Node, scope: Scope) -> Inheritance:
    when = optional_condition(node.entries.get("when"), scope)
    if "first" in node.entries:
        refuse("`first` cannot stand within `first`", node.place_of("first"), "leave it out")
    if "nothing" in node.entries:
        if node.entries["nothing"].value is not True:
            refuse("`nothing` can only be `true`", node.entries["nothing"].place, "leave it out")
        _stands_alone("nothing", node, "when")
        return Inheritance(None, "nothing", (), node.place, when)
    part, names = _part(node, scope)
    origin = _origin(node, "`inherits`", "name the process, or write `nothing: true`")
    of = expression(node.entries["of"], scope) if "of" in node.entries else None
    return Inheritance(text_of(origin, "`from`"), part, names, origin.place, when, of)


def _stands_alone(name: str, node: Node, *beside: str) -> None:
    for key in node.entries:
        if key != name and key not in beside:
            refuse(f"`{key}` cannot stand beside `{name}`", node.place_of(key), "leave it out")


def _finds(node: Node, scope: Scope) -> tuple[tuple[str, tuple[Expression, ...]], ...]:
    return tuple(
        (name, each(lambda item: expression(item, scope), listed(folders, f"`{name}`")))
        for name, folders in node.entries.items()
    )


def _adopts(node: Node, scope: Scope) -> tuple[Adoption, ...]:
    if "first" not in node.entries:
        return (_adoption(node, scope),)
    _stands_alone("first", node)
    return each(lambda item: _adoption(item, scope), node.entries["first"].items)


def _adoption(node: Node, scope: Scope) -> Adoption:
    part, names = _part(node, scope)
    origin = _origin(node, "`adopts`", "name the process")
    when = optional_condition(node.entries.get("when"), scope)
    failing = node.entries.get("if_it_fails")
    if_it_fails = "unknown" if failing is None else text_of(failing, "`if_it_fails`")
    return Adoption(text_of(origin, "`from`"), part, names, if_it_fails, origin.place, when)


def _origin(node: Node, what: str, advice: str) -> Node:
    if "from" not in node.entries:
        refuse(f"{what} needs `from`", node.place, advice)
    return node.entries["from"]


def _part(node: Node, scope: Scope) -> tuple[Part, tuple[Name, ...]]:
    given: list[Part] = [key for key in PARTS if key in node.entries]
    if len(given) > 1:
        refuse(f"{quoted(given)} exclude each other", node.place, "choose one")
    if not given:
        return "all", ()
    names = each(lambda item: name(item, scope), node.entries[given[0]].items)
    return given[0], names


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
