"""YAML bytes to nodes with places.

A composer of our own over the parser's events, because it bounds what a hostile file can cost
(depth, size, aliases), keeps the place of every key and value, and is fast.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from engine.errors import Complaint, LoadError
from engine.loading.complaints import refuse
from engine.loading.events import Events
from engine.loading.nodes import Node, shortened
from engine.loading.scalars import plain_scalar
from engine.loading.syntax import syntax_complaint
from engine.model.place import Place

if TYPE_CHECKING:
    from engine.loading.nodes import Scalar

DEEPEST = 64
MOST_NODES = 200_000
MOST_COMPLAINTS = 50

# NEL, LS and PS are line breaks to YAML 1.1 and letters to 1.2 and to JSON.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BYTE_ORDER_MARK = "\ufeff"


def read_yaml(data: bytes, file: str, composer: type[Composer] | None = None) -> Node:
    """Give the one document of a YAML file, composed as packs are unless another way is given."""
    composer = composer or Composer
    text = decoded(data, file)
    try:
        return composer(Events(text), file).document()
    except MarkedYAMLError as error:
        raise LoadError(syntax_complaint(error, text, file)) from None
    except (YAMLError, ValueError, AssertionError):
        # The pure parser lets some of Python's own errors through (`%YAML 9.9`, `"\U99999999"`).
        refuse("this is not valid YAML", Place(file))


def decoded(data: bytes, file: str) -> str:
    """Give the text of a file, if it is one that YAML allows."""
    try:
        text = data.decode().removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1)
        refuse("this is not UTF-8", place, "save the file as UTF-8")
    if not text.strip():
        refuse("the file is empty", Place(file))
    found = _CONTROL.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        place = _place_in(text, found.start(), file)
        refuse(
            f"the control character {code} stands here",
            place,
            "write it as an escape in double quotes",
        )
    return text


def _place_in(text: str, index: int, file: str) -> Place:
    start = text.rfind("\n", 0, index) + 1
    return Place(file, text.count("\n", 0, index) + 1, index - start + 1)


class _Anchored:
    """A node that an alias may repeat, with what repeating it costs."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node, size: int, height: int) -> None:
        self.node = node
        self.size = size
        self.height = height


class Composer:
    """One reading of one file: recursive descent over events, with a bound on everything."""

    def __init__(self, events: Events, file: str) -> None:
        """Take the events, and the file's name."""
        self._next = events.next
        self._restored = events.restored
        self._file = file
        self._anchors: dict[str, _Anchored | None] = {}
        self._complaints: list[Complaint] = []
        self._nodes = 0
        self._deepest = 0

    def document(self) -> Node:
        """Give the only document's root, or every complaint about it."""
        event = self._next()
        while type(event) is not DocumentStartEvent:
            if type(event) is StreamEndEvent:
                return self._empty()
            event = self._next()
        if event.version not in (None, (1, 2)):
            refuse(
                "this file asks for another YAML than 1.2",
                place_of(event, self._file),
                "leave `%YAML` out",
            )
        first = self._next()
        root = self._empty() if _is_blank(first) else self._node(first, 1)
        self._next()
        after = self._next()
        if type(after) is not StreamEndEvent:
            place = place_of(after, self._file)
            refuse(
                "a second document starts here",
                place,
                "write one document in a file, without `---` inside",
            )
        if self._complaints:
            raise LoadError(self._complaints)
        return root

    def _empty(self) -> Node:
        """Give what a file without content holds."""
        refuse("the file is empty", Place(self._file))

    def _node(self, event: Any, depth: int) -> Node:
        """Compose the node that an event starts."""
        self._spend(1, event)
        if depth > self._deepest:
            self._deepest = depth
            if depth > DEEPEST:
                refuse(
                    f"this is nested more than {DEEPEST} levels deep", place_of(event, self._file)
                )
        if type(event) is AliasEvent:
            return self._repeated(event, depth)
        return self._fresh(event, depth) if event.anchor is None else self._anchored(event, depth)

    def _fresh(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            node = self._scalar(event)
        elif kind is MappingStartEvent:
            node = self._mapping(event, depth)
        else:
            node = self._list(event, depth)
        return node if event.ctag is None else self._tagged(node, event)

    def _tagged(self, node: Node, event: Any) -> Node:
        """Give what a tag makes of a node."""
        tag = shortened(event.tag.replace("tag:yaml.org,2002:", "!!"))
        self._complain(f"the tag `{tag}` is not supported", event, "leave it out")
        return node

    def _anchored(self, event: Any, depth: int) -> Node:
        """Compose a node and keep it, with its size and height, for aliases."""
        self._anchors[event.anchor] = None
        nodes, deepest = self._nodes, self._deepest
        self._deepest = depth
        node = self._fresh(event, depth)
        self._anchors[event.anchor] = _Anchored(node, self._nodes - nodes, self._deepest - depth)
        self._deepest = max(deepest, self._deepest)
        return node

    def _repeated(self, event: Any, depth: int) -> Node:
        """Give the node that an alias names; it counts as if it were written out."""
        place = place_of(event, self._file)
        if event.anchor not in self._anchors:
            advice = f"quote the text, or name something `&{event.anchor}` before"
            refuse(
                f"nothing is named `{event.anchor}` for the alias `*{event.anchor}`", place, advice
            )
        found = self._anchors[event.anchor]
        if found is None:
            refuse(f"the alias `*{event.anchor}` stands inside what it names", place)
        self._spend(found.size, event)
        self._deepest = max(self._deepest, depth + found.height)
        if self._deepest > DEEPEST:
            refuse(f"this alias makes the file nested more than {DEEPEST} levels deep", place)
        return found.node

    def _scalar(self, event: Any) -> Node:
        text = self._text(event)
        start, end = event.start_mark, event.end_mark
        place = Place(self._file, start.line + 1, start.column + 1)
        if not event.implicit[0]:
            quotes = 1 if event.style in ("'", '"') else 0
            width = len(text) + 2 * quotes
            is_exact = start.line == end.line and end.column - start.column == width
            column = start.column + 1 + quotes if is_exact else None
            return Node(text, place, start=column, is_literal=event.style == "|")
        if not text:
            self._complain("a value is missing here", event, "write it, or `null`")
            return Node(None, place)
        value = self._plain(text, place)
        is_exact = start.line == end.line and end.column - start.column == len(text)
        return Node(value, place, start=start.column + 1 if is_exact else None)

    def _list(self, event: Any, depth: int) -> Node:
        items = []
        child = self._next()
        while type(child) is not SequenceEndEvent:
            items.append(self._node(child, depth + 1))
            child = self._next()
        return Node(items, place_of(event, self._file))

    def _mapping(self, event: Any, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        child = self._next()
        while type(child) is not MappingEndEvent:
            key, place = self._key(child), place_of(child, self._file)
            if key in keys:
                first = keys[key]
                advice = f"it is also at line {first.line}, column {first.column}"
                self._keep(Complaint(f"the key `{shortened(key)}` is repeated", place, advice))
            keys.setdefault(key, place)
            value = self._next()
            if _is_blank(value):
                self._complain_blank(key, child, event)
                entries[key] = Node(None, place)
            else:
                entries[key] = self._node(value, depth + 1)
            child = self._next()
        return Node(entries, place_of(event, self._file), keys)

    def _key(self, event: Any) -> str:
        """Give a key's text; whatever is no text is refused."""
        if type(event) is not ScalarEvent:
            what = "an alias" if type(event) is AliasEvent else "a list or mapping"
            advice = "a key is a text; quote the whole value if its braces belong to a text"
            refuse(f"{what} stands where a key should", place_of(event, self._file), advice)
        self._spend(1, event)
        text = self._text(event)
        if event.ctag is not None or event.anchor is not None:
            self._complain("a key takes no tag and no anchor", event, "leave it out")
        if not event.implicit[0]:
            return text
        if text == "<<":
            advice = "write the entries out, or name a condition under `define` and `use` it"
            self._complain("merging with `<<` is not supported", event, advice)
        elif not text:
            self._complain("a key is missing before the `:`", event, 'write it, or `""`')
        elif not isinstance(self._plain(text, place_of(event, self._file)), str):
            self._complain(f"the key `{shortened(text)}` is not a text", event, "quote it")
        return text

    def _text(self, event: Any) -> str:
        """Give a scalar's text; the parser in Python lets halves of surrogate pairs through."""
        text = self._restored(event.value)
        if not text.isascii() and _SURROGATE.search(text):
            self._complain(
                "an escape stands for half a character", event, "write the character itself"
            )
            return _SURROGATE.sub("?", text)
        return text

    def _plain(self, text: str, place: Place) -> Scalar:
        """Give the value of an unquoted scalar, as a text if it may mean several things."""
        try:
            return plain_scalar(text, place)
        except LoadError as error:
            self._keep(error.complaints[0])
            return text

    def _complain(self, what: str, event: Any, advice: str | None = None) -> None:
        self._keep(Complaint(what, place_of(event, self._file), advice))

    def _keep(self, complaint: Complaint) -> None:
        self._complaints.append(complaint)
        if len(self._complaints) >= MOST_COMPLAINTS:
            raise LoadError(self._complaints)

    def _complain_blank(self, key: str, event: Any, mapping: Any) -> None:
        word, colon, rest = key.partition(":")
        if colon and mapping.flow_style:
            self._complain(
                f"`{key}` has no value", event, f"put a space after the colon: `{word}: {rest}`"
            )
        elif mapping.flow_style:
            self._complain(
                f"`{key}` has no value", event, f"write `{key}: ...`, or `[...]` for a list"
            )
        else:
            self._complain(f"nothing stands after `{key}:`", event, 'write a value, `null` or `""`')

    def _spend(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            place = place_of(event, self._file)
            refuse(f"the file holds more than {MOST_NODES} values, aliases written out", place)


def place_of(event: Any, file: str) -> Place:
    """Give where what an event tells begins."""
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1)


def _is_blank(event: Any) -> bool:
    return (
        type(event) is ScalarEvent
        and not event.value
        and event.implicit[0]
        and event.anchor is None
    )
