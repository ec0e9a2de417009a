"""Messages with placeholders: `{tool.name} is in {param:folder}`; `{{` and `}}` are braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.loading.complaints import refuse
from engine.loading.nodes import shortened
from engine.loading.operands import checked_path
from engine.loading.paths import parse_path
from engine.model.conditions import ParamRef
from engine.model.rules import Template

if TYPE_CHECKING:
    from typing import NoReturn

    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.conditions import FactRef
    from engine.model.place import Place

# A placeholder may hold a quoted key with braces in it: `{a["}"]}`.
_PIECE = re.compile(
    r"""(?P<text>[^{}]+)
      | (?P<brace>\{\{|\}\})
      | \{(?P<inside>(?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}""",
    re.VERBOSE,
)
_PARAMETER = "param:"


def literal_template(text: str, place: Place) -> Template:
    """Give the template that says a text as it is."""
    return Template(text, (text,), place)


def template(node: Node, scope: Scope, inner: frozenset[str] = frozenset()) -> Template:
    """Read a message in a scope; `inner` are names that only its rule's conditions bind."""
    text = str(node.value)
    parts: list[str | FactRef | ParamRef] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            _refuse_brace(text, at, node)
        inside = piece["inside"]
        if inside is not None:
            parts.append(_placeholder(inside, at + 1, node, scope, inner))
        else:
            _append(parts, piece["text"] or piece["brace"][0])
        at = piece.end()
    return Template(text, tuple(parts), node.place)


def _append(parts: list[str | FactRef | ParamRef], text: str) -> None:
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    else:
        parts.append(text)


def _placeholder(
    inside: str, at: int, node: Node, scope: Scope, inner: frozenset[str]
) -> FactRef | ParamRef:
    place = node.place_at(at)
    if not inside.strip():
        refuse("a placeholder is empty", place, "name a fact in it, or write `{{}}` for two braces")
    if inside != inside.strip():
        refuse("a placeholder has spaces at its ends", place, f"write `{{{shortened(inside)}}}`")
    if inside.startswith(_PARAMETER):
        name = inside.removeprefix(_PARAMETER)
        if not name:
            refuse("a placeholder names no parameter", place, "write `{param:name}`")
        return ParamRef(name, place)
    path = checked_path(parse_path(inside, place, lambda index: node.place_at(at + index)), scope)
    if path.steps[0] in inner and path.steps[0] not in scope.bound:
        advice = "a message sees only the names that `for_each` binds"
        refuse(f"`{path.steps[0]}` is bound inside a condition only", place, advice)
    return path


def _refuse_brace(text: str, at: int, node: Node) -> NoReturn:
    if text[at] == "}":
        refuse("a `}` closes nothing", node.place_at(at), "write `}}` for a brace")
    refuse("a `{` is never closed", node.place_at(at), "close it, or write `{{` for a brace")
