"""YAML whose plain scalars are left to whoever knows which tool reads them; all else is decided.

Tools read one scalar as different values (`1.20`, `yes`, `0o17`), so a node of this reader keeps
whether a text stood there without quotes. Repeated keys, merges and tags it settles itself, which
`engine.loading.written_yaml` does not. The bounds are those of every YAML file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import DocumentStartEvent, StreamEndEvent

from engine.errors import LoadError
from engine.loading.complaints import refuse
from engine.loading.events import Events
from engine.loading.foreign_yaml import Forgiving
from engine.loading.nodes import Node
from engine.loading.positions import decoded, place_of
from engine.loading.syntax import syntax_complaint
from engine.model.facts import Absent
from engine.model.place import Place

if TYPE_CHECKING:
    from engine.loading.nodes import Scalar

_TEXT_TAGS = ("!", "!!str")


class Plain(str):
    """A scalar that stands there without quotes, which a tool may read as no text."""

    __slots__ = ()


class Reference(Node):
    """A list with the tag `!reference`: GitLab puts there what stands at another place."""

    __slots__ = ()


def read_documents(data: bytes, file: str, *, merges: bool = True) -> list[Node]:
    """Give the documents of a YAML file; an empty one is an empty `Plain`.

    A key that stands twice and a tag make the value `Absent`. What `<<` merges is merged, unless
    the tool knows no such thing: then it is a key like any other.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return []
    text = decoded(data, file)
    try:
        return _Plainly(Events(text), file, merges=merges).documents()
    except MarkedYAMLError as error:
        raise LoadError(syntax_complaint(error, text, file)) from None
    except (YAMLError, ValueError, AssertionError):
        refuse("this is not valid YAML", Place(file))


class _Plainly(Forgiving):
    """A composer that leaves plain scalars as they are written."""

    def __init__(self, events: Events, file: str, *, merges: bool) -> None:
        super().__init__(events, file)
        self._merges = merges

    def documents(self) -> list[Node]:
        """Give all documents, or the complaints about them."""
        found: list[Node] = []
        event = self._next()
        while type(event) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                self._anchors = {}
                found.append(self._node(self._next(), 1))
            event = self._next()
        if self._complaints:
            raise LoadError(self._complaints)
        return found

    def _scalar(self, event: Any) -> Node:
        if event.value or not event.implicit[0]:
            return super()._scalar(event)
        return Node(Plain(), place_of(event, self._file))

    def _plain(self, text: str, place: Place) -> Scalar:  # noqa: ARG002 - as its like
        return Plain(text)

    def _tagged(self, node: Node, event: Any) -> Node:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        if tag in _TEXT_TAGS and isinstance(node.value, str):
            return Node(str(node.value), node.place, start=node.start, is_literal=node.is_literal)
        if tag == "!reference" and isinstance(node.value, list):
            return Reference(node.value, node.place)
        if (tag, type(node.value)) in (("!!map", dict), ("!!seq", list)):
            return node
        return Node(Absent("unsupported", "a tag says what it is"), node.place)

    def _key(self, event: Any) -> str:
        text = super()._key(event)
        return Plain(text) if event.implicit[0] else text
