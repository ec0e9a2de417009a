"""What a pack changes in rules that it extends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Complaint, LoadError
from engine.loading.complaints import each, refuse
from engine.model.rules import Override

if TYPE_CHECKING:
    from engine.loading.documents import OverrideDocument, PackDocument
    from engine.loading.nodes import Node


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
