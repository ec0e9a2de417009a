"""The parts of `pack.yaml` beyond what lone rule files have: overrides and gather entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Complaint, LoadError
from engine.loading.complaints import each, refuse
from engine.loading.nodes import plain
from engine.loading.operands import fact, require_operand
from engine.model.rules import Override

if TYPE_CHECKING:
    from engine.loading.documents import OverrideDocument, PackDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.json_value import JsonObject

_SOURCES = ("file", "variable", "command")


def overrides(node: Node, document: PackDocument) -> tuple[Override, ...]:
    """Read a pack's changes to the rules that it extends; one for each rule."""
    written = node.entries["overrides"].items if document.overrides else []
    made = each(lambda pair: _override(*pair), zip(written, document.overrides, strict=True))
    first: dict[str, Override] = {}
    repeated = [change for change in made if first.setdefault(change.rule, change) is not change]
    if repeated:
        raise LoadError(
            Complaint(
                f"`{change.rule}` is overridden twice in this pack",
                change.place,
                f"join it with {first[change.rule].place}",
            )
            for change in repeated
        )
    return made


def _override(node: Node, document: OverrideDocument) -> Override:
    if document.severity is None and document.params is None and document.disabled is None:
        advice = "give `severity`, `params` or `disabled`"
        refuse(f"this changes nothing about `{document.rule}`", node.place, advice)
    return Override(
        rule=document.rule,
        because=document.because,
        place=node.place_of("rule"),
        severity=document.severity,
        params=document.params,
        disabled=document.disabled,
    )


def gather_entries(node: Node, scope: Scope) -> tuple[JsonObject, ...]:
    """Read a pack's facts without code; they stay data for whoever gathers."""
    written = node.entries.get("gather")
    return () if written is None else each(lambda entry: _gather_entry(entry, scope), written.items)


def _gather_entry(node: Node, scope: Scope) -> JsonObject:
    entries = node.entries
    named = fact(entries["fact"], scope)
    if not all(isinstance(step, str) for step in named.steps):
        refuse("a gathered fact has no index in its path", entries["fact"].place)
    if "at" in entries:
        fact(entries["at"], scope)
    sources = [key for key in _SOURCES if key in entries]
    if len(sources) != 1:
        what = "this fact has no source" if not sources else "this fact has several sources"
        refuse(what, node.place, "give exactly one of `file`, `variable` and `command`")
    _require_format(node, sources[0])
    if "pattern" in entries:
        require_operand("matches", "pattern", entries["pattern"], scope)
    made: JsonObject = plain(node)
    return made


def _require_format(node: Node, source: str) -> None:
    """Complain about keys that the source or the format cannot use."""
    entries = node.entries
    if source == "variable" and "format" in entries:
        refuse(
            "a variable is a text and takes no `format`", node.place_of("format"), "leave it out"
        )
    if source != "variable" and "format" not in entries:
        advice = "choose one of `json`, `yaml`, `toml`, `ini`, `env`, `text`"
        refuse(f"`format` is missing beside `{source}`", node.place, advice)
    is_text = source == "variable" or entries["format"].value == "text"
    wrong, other = ("at", "pattern") if is_text else ("pattern", "at")
    if wrong in entries:
        refuse(f"`{wrong}` does not go with this format", node.place_of(wrong), f"use `{other}`")
