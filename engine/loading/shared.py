"""What the rules of one pack share: parameters, definitions, facts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.conditions import condition
from engine.loading.documents import SharedDocument
from engine.loading.nodes import plain
from engine.loading.operands import require_operand
from engine.loading.shapes import shaped
from engine.model.record import record
from engine.model.rules import Parameter

if TYPE_CHECKING:
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.conditions import Condition
    from engine.model.json_value import JsonObject

SHARED_KEYS = ("params", "define", "facts")


@record
class Shared:
    """The shared part of a pack or of a lone rule file."""

    params: tuple[Parameter, ...]
    define: tuple[tuple[str, Condition], ...]
    facts: JsonObject | None


def shared(node: Node, scope: Scope) -> Shared:
    """Read a mapping that holds nothing but `params`, `define` and `facts`."""
    attempts = Attempts()
    document = attempts(shaped, SharedDocument, node)
    define = attempts(_definitions, node.entries.get("define"), scope)
    attempts.settle()
    params = attempts(_parameters, node.entries.get("params"), document, scope)
    facts = attempts(_facts, node.entries.get("facts"), scope)
    attempts.settle()
    return Shared(params, define, facts)


def _definitions(node: Node | None, scope: Scope) -> tuple[tuple[str, Condition], ...]:
    if node is None:
        return ()
    return each(lambda entry: (entry[0], condition(entry[1], scope)), node.entries.items())


def _parameters(node: Node | None, document: SharedDocument, scope: Scope) -> tuple[Parameter, ...]:
    if node is None:
        return ()

    def parameter(name: str) -> Parameter:
        written = node.entries[name].entries
        _require_schema("schema", written.get("schema"), scope)
        _require_fit(name, written, scope)
        return Parameter(
            name=name,
            place=node.place_of(name),
            about=document.params[name].about,
            schema=document.params[name].schema_,
            has_default="default" in written,
            default=document.params[name].default,
        )

    return each(parameter, document.params)


def _facts(node: Node | None, scope: Scope) -> JsonObject | None:
    if node is None:
        return None
    each(lambda entry: _require_schema(*entry, scope), node.entries.items())
    facts: JsonObject = plain(node)
    return facts


def _require_schema(key: str, node: Node | None, scope: Scope) -> None:
    if node is not None:
        require_operand("conforms_to", key, node, scope)


def _require_fit(name: str, written: dict[str, Node], scope: Scope) -> None:
    """Complain if a parameter's default does not fit its own schema."""
    if not {"schema", "default"} <= written.keys():
        return
    default = written["default"]
    if scope.operators["conforms_to"].holds(plain(default), plain(written["schema"])) is False:
        refuse(f"the default of `{name}` does not fit its schema", default.place)
