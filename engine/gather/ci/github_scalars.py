"""What GitHub takes a scalar of a workflow for, where it wants a text.

It reads YAML 1.2's core schema, and turns numbers and truth values into texts: `1.20` becomes
`1.2` (src/Sdk/WorkflowParser in actions/runner: YamlObjectReader, TemplateReader, NumberToken;
GitHub's library @actions/workflow-parser does the same).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.loading.plain_yaml import Plain
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.loading.nodes import Node

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTHS = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DIGITS = 15
_LARGEST = (1 << 31) - 1
_UNSURE = Absent("unsupported", "GitHub's own readers write this number in different ways")


def text_of(node: Node | None) -> str | Absent | None:
    """Give a scalar as a text, None where nothing stands there, a hole for what is no scalar."""
    if node is None:
        return None
    if isinstance(node.value, Absent):
        return node.value
    if not isinstance(node.value, str):
        return Absent("parse_error", "a text is wanted here, not a list or a mapping")
    return plain_text(node.value) if isinstance(node.value, Plain) else node.value


def plain_text(text: str) -> str | Absent:
    """Give what becomes of a scalar without quotes."""
    if text in _NULLS:
        return ""
    if text in _TRUTHS:
        return text.lower()
    if _BASED.fullmatch(text):
        number = int(text[2:], 16 if text[1] == "x" else 8)
        return str(number) if number <= _LARGEST else _UNSURE
    if _NO_NUMBER.fullmatch(text):
        return _UNSURE
    return _number(text) if _DECIMAL.fullmatch(text) else str(text)


def is_null(node: Node | None) -> bool:
    """Say whether nothing stands there."""
    return node is None or (isinstance(node.value, Plain) and node.value in _NULLS)


def is_false(node: Node | None) -> bool:
    """Say whether nothing stands there, or `false`."""
    return is_null(node) or text_of(node) == "false"


def _number(text: str) -> str | Absent:
    value = float(text)
    written = f"{value:.{_DIGITS}g}"
    # With more digits, and with an exponent, one reader writes another text than the other.
    if "e" in written or "n" in written or float(written) != value or written == "-0":
        return _UNSURE
    return written
