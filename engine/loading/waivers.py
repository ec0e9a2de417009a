"""Waiver files: dated, reasoned decisions to live with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each
from engine.loading.conditions import optional_condition
from engine.loading.dates import require_date
from engine.loading.documents import WaiversDocument
from engine.loading.files import read_file
from engine.loading.positions import read_yaml
from engine.loading.rule_files import require_mapping
from engine.loading.scope import Scope
from engine.loading.shapes import shaped
from engine.model.rules import WaiverEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.loading.documents import WaiverDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Word


def load_waivers(path: str, operators: Mapping[str, Word]) -> tuple[WaiverEntry, ...]:
    """Load the waivers of a file; or raise everything that is wrong with it."""
    node = read_yaml(read_file(path), path)
    require_mapping(node, "a waiver file", "list the waivers under `waivers:`")
    document = shaped(WaiversDocument, node)
    written = node.entries["waivers"].items
    scope = Scope(operators)
    return each(lambda pair: _waiver(*pair, scope), zip(written, document.waivers, strict=True))


def _waiver(node: Node, document: WaiverDocument, scope: Scope) -> WaiverEntry:
    attempts = Attempts()
    where = attempts(optional_condition, node.entries.get("where"), scope)
    expires = attempts(require_date, node.entries["expires"])
    attempts.settle()
    return WaiverEntry(
        rule=document.rule,
        owner=document.owner,
        because=document.because,
        expires=expires,
        place=node.place_of("rule"),
        where=where,
        value=document.value,
    )
