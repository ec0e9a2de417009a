"""Dates as people write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.loading.complaints import refuse

if TYPE_CHECKING:
    from engine.loading.nodes import Node


def require_date(node: Node) -> str:
    """Give a date back if the calendar has it; its form (`2027-01-31`) is checked already."""
    text = str(node.value)
    try:
        date.fromisoformat(text)
    except ValueError:
        refuse(f"the calendar has no {text}", node.place)
    return text
