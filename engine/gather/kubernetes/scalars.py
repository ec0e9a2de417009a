"""What the API server takes a scalar of a manifest for.

kubectl turns YAML into JSON (sigs.k8s.io/yaml, which reads YAML 1.1), and the server takes no
number or truth value where a text is wanted. Measured with kubectl 1.32:
`tests/real/kubectl_scalars.jsonl`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.loading.foreign_yaml import foreign_scalar
from engine.loading.plain_yaml import Plain
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.loading.nodes import Node

TEMPLATE = Absent("opaque", "it looks like a template, which is filled in later")
REFUSED = "the API server refuses it: it is no text, but a number, a truth value or a mapping"

# What Go's reader takes for a text although YAML 1.1 has more in mind: numbers to the base of 60.
_SIXTIES = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_YES = frozenset(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"))
_NO = frozenset(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"))
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")


def is_null(node: Node | None) -> bool:
    """Say whether nothing stands there, or nothing that counts."""
    if node is None:
        return True
    return isinstance(node.value, Plain) and foreign_scalar(node.value, node.place) is None


def text_of(node: Node | None) -> str | Absent | None:
    """Give a text as the server takes it, None where there is none, a hole where it refuses it."""
    if node is None or is_null(node):
        return None
    value = node.value
    if isinstance(value, Absent):
        return value
    if not isinstance(value, str):
        return Absent("parse_error", REFUSED)
    if "{{" in value:
        return TEMPLATE
    if not isinstance(value, Plain) or _SIXTIES.fullmatch(value):
        return str(value)
    meant = foreign_scalar(value, node.place)
    return str(value) if isinstance(meant, str) else Absent("parse_error", REFUSED)


def flag_of(node: Node | None, *, otherwise: bool) -> bool | Absent:
    """Give a truth value; where nothing stands there, what holds otherwise."""
    if node is None or is_null(node):
        return otherwise
    if isinstance(node.value, Plain) and node.value in _YES | _NO:
        return node.value in _YES
    return node.value if isinstance(node.value, Absent) else Absent("parse_error", "no truth value")


def number_of(node: Node | None) -> int | Absent | None:
    """Give a whole number, or None where there is none."""
    if node is None or is_null(node):
        return None
    if isinstance(node.value, Plain) and _WHOLE.fullmatch(node.value):
        return int(node.value)
    if isinstance(node.value, Absent):
        return node.value
    return Absent("parse_error", "it is no whole number in plain digits")
