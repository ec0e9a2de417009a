"""Mappings whose keys are fixed: which are there, which are missing, which nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Complaint, LoadError, did_you_mean
from engine.loading.complaints import refuse
from engine.loading.nodes import plain, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.loading.nodes import Node


def fields(
    node: Node, what: str, required: Collection[str], optional: Collection[str]
) -> dict[str, Node]:
    """Give the entries of a mapping that has all required keys, maybe optional ones, no others."""
    known = (*required, *optional)
    complaints = [
        Complaint(f"{what} needs `{key}`", node.place)
        for key in required
        if key not in node.entries
    ]
    complaints += [
        Complaint(
            f"{what} takes no key `{key}`",
            node.place_of(key),
            _advice(key, node, known),
        )
        for key in node.entries
        if key not in known
    ]
    if complaints:
        raise LoadError(complaints)
    return node.entries


def text_of(node: Node, what: str) -> str:
    """Give the text that a node is."""
    if not isinstance(node.value, str):
        refuse(f"{what} expects a text, got {shown(plain(node))}", node.place)
    return node.value


def listed(node: Node, what: str) -> list[Node]:
    """Give the items of a list that has some."""
    if not isinstance(node.value, list):
        advice = "write `- ` before each item, or `[...]`"
        refuse(f"{what} expects a list, got {shown(plain(node))}", node.place, advice)
    if not node.value:
        refuse(f"{what} is empty", node.place, "give it at least one item, or leave it out")
    return node.value


def _advice(key: str, node: Node, known: Collection[str]) -> str:
    if len(known) == 1:
        return "it stands alone"
    close = did_you_mean(key, [name for name in known if name not in node.entries])
    return close or "it takes " + ", ".join(f"`{name}`" for name in known)
