"""Variables of a GitLab pipeline: what is written, and what GitLab expands in it.

`$X`, `${X}` and `%X%` in values are expanded before a job begins, whatever the order in which
they stand; `$$` is one `$`, and `expand: false` leaves a value alone (GitLab's reference of
`variables`, and of where variables can be used). Scripts are expanded by their shell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference, Room, joined
from engine.gather.plain_yaml import Plain
from engine.loading.foreign_yaml import foreign_scalar
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.gather.assignments import Part
    from engine.loading.nodes import Node

PIPELINE = "pipeline"
"""The scope of what projects, groups, triggers and GitLab itself set."""

INPUT = "$[["
"""What begins a place that an input of the pipeline fills in."""

_WHOLE = re.compile(r"[1-9][0-9]*|0")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
_NAMED = re.compile(r"\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})")
_OTHER = re.compile(r"%%|%[A-Za-z_][A-Za-z0-9_]*%")
_REFUSED = Absent("ambiguous", "GitLab takes it for no text, or another one")
_CIRCLE = Absent("ambiguous", "variables refer to each other in a circle")
_UNCLEAR = Absent("unsupported", "how GitLab expands it is not known")


@record
class Variable:
    """One variable as it is written: its text or why it is not known, and its node."""

    text: str | Absent
    expands: bool
    node: Node


def text_of(node: Node | None) -> str | Absent | None:
    """Give a text as GitLab's reader (Psych) takes it, or None where nothing stands."""
    if node is None:
        return None
    if isinstance(node.value, Absent):
        return node.value
    if not isinstance(node.value, str):
        return Absent("parse_error", "a text is wanted here, not a list or a mapping")
    if INPUT in node.value:
        return Absent("opaque", "an input of the pipeline fills it in")
    if not isinstance(node.value, Plain) or _WHOLE.fullmatch(node.value):
        return str(node.value)
    meant = foreign_scalar(node.value, node.place)
    if meant is None:
        return None
    return str(node.value) if isinstance(meant, str) and not _DATE.fullmatch(meant) else _REFUSED


def variables_of(node: Node | None) -> dict[str, Variable] | Absent:
    """Give the variables of a `variables`, by name."""
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        known = node.value if isinstance(node.value, Absent) else None
        return known or Absent("parse_error", "`variables` is no mapping")
    return {str(key): _variable(each) for key, each in node.value.items()}


def _variable(node: Node) -> Variable:
    expands = True
    given: Node | None = node
    if isinstance(node.value, dict):
        given = node.entries.get("value")
        expands = _raw(node.entries.get("expand")) != "false"
    text = text_of(given)
    return Variable(_REFUSED if text is None else text, expands, given or node)


class Expansion:
    """Expands variables by each other, each once."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        """Take all variables that a job knows."""
        self._variables = variables
        self._room = Room()
        self._known: dict[str, tuple[Part, ...]] = {}

    def assignments(self, names: Iterable[str]) -> Iterator[Assignment]:
        """Give what some of them are set to."""
        for name in names:
            place = self._variables[name].node.place
            yield Assignment(name, self._of(name), line=place.line, file=place.file)

    def text(self, text: str) -> tuple[Part, ...]:
        """Give what a text is put together from."""
        if _OTHER.search(text) or "$" in _NAMED.sub("", text):
            return (_UNCLEAR,)
        parts: list[Part] = []
        end = 0
        for found in _NAMED.finditer(text):
            name = found[1] or found[2]
            parts.append(text[end : found.start()])
            parts += self._of(name) if name else ("$",)
            end = found.end()
        return joined([*parts, text[end:]])

    def _of(self, name: str) -> tuple[Part, ...]:
        if name not in self._known:
            self._known[name] = (_CIRCLE,)
            self._known[name] = self._room.kept(self._expanded(name))
        return self._known[name]

    def _expanded(self, name: str) -> tuple[Part, ...]:
        given = self._variables.get(name)
        if given is None:
            return (Reference(name, PIPELINE),)
        if isinstance(given.text, Absent):
            return (given.text,)
        return self.text(given.text) if given.expands else (given.text,)


def _raw(node: Node | None) -> str | None:
    return str(node.value) if node is not None and isinstance(node.value, str) else None
