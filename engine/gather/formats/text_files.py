"""Texts: the whole of one as it is; `engine.gather.pack_facts.values` searches it by pattern."""

from __future__ import annotations

from engine.gather.formats._base import Format, Text
from engine.loading.nodes import Node


def read_text(data: bytes, file: str) -> Node:
    """Give the text without the blanks around it; its place is that of its first character."""
    text = Text(data, file)
    whole = text.content.strip()
    return Node(whole, text.place(text.content.find(whole)))


TEXT = Format("text", read_text)
