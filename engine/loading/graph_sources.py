"""The sources of a pack's part of the precedence graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.conditions import optional_condition
from engine.loading.expressions import expression, switch, value
from engine.loading.fields import fields
from engine.loading.graph_documents import KINDS
from engine.loading.operands import fact
from engine.model.graph import Setting, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.loading.graph_documents import SourceDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.graph import Kind
    from engine.model.place import Place


_GOES_WITH = {
    "readable": "first",
    "order": "files",
    "mask": "files",
    "scopes": "assignments",
    "at_most": "assignments",
}


def source(id_: str, sources: Node, document: SourceDocument, scope: Scope) -> Source:
    """Read one source."""
    node, place = sources.entries[id_], sources.place_of(id_)
    kind = _kind(id_, node)
    for key, needed in _GOES_WITH.items():
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
    is_fact = kind in {"environment", "assignments"}
    found = attempts(fact, written, scope) if is_fact else None
    attempts.settle()
    return Source(
        id=id_,
        kind=kind,
        place=place,
        title=document.title or "",
        paths=made,
        syntax=document.syntax,
        readable=document.readable,
        order=document.order,
        mask=document.mask,
        settings=settings,
        fact=found,
        names=tuple(document.touches or document.at_most or ()),
        scopes=_scopes(node, document),
    )


def _scopes(node: Node, document: SourceDocument) -> tuple[tuple[str, str, Place], ...]:
    written = node.entries.get("scopes")
    if written is None:
        return ()
    places = {key: inner.place for key, inner in written.entries.items()}
    return tuple((key, process, places[key]) for key, process in document.scopes.items())


def _kind(id_: str, node: Node) -> Kind:
    given: list[Kind] = [key for key in KINDS if key in node.entries]
    if len(given) != 1:
        has = "has no content" if not given else f"is of several kinds, {quoted(given)}"
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


def quoted(words: Iterable[str]) -> str:
    """Give words in backticks: `a`, `b` and `c`."""
    marked = [f"`{word}`" for word in words]
    return ", ".join(marked[:-1]) + f" and {marked[-1]}"
