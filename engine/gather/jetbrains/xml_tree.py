"""XML as JetBrains' programs write it: a small tree with lines, without anything that XML can do.

The parser is the standard library's expat. A document type is refused before expat sees the file:
when a handler raises, pyexpat goes on through the rest of its input without handlers, and an expat
before 2.4 would then follow every entity, however often they double.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.parsers import expat

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST = 64
MOST_ELEMENTS = 100_000
LONGEST_VALUE = 1 << 17
"""How long an attribute may be: no variable of a process on Linux is longer (MAX_ARG_STRLEN)."""

_BEFORE_ROOT = re.compile(rb"(?:[ \t\r\n]|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_OTHER_WIDTHS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_MARK = b"\xef\xbb\xbf"


class XmlError(Exception):
    """A file that is not read: what is wrong with it, where, and the cause; it is never quoted."""

    def __init__(self, what: str, line: int | None, cause: str = "parse_error") -> None:
        """Take all of it."""
        super().__init__(what, line, cause)
        self.what = what
        self.line = line
        self.cause = cause


@record
class Element:
    """An element with the line at which it starts; `text` is what stands in it beside others."""

    name: str
    attributes: Mapping[str, str]
    line: int
    children: tuple[Element, ...] = ()
    text: str = ""

    def named(self, name: str) -> Iterator[Element]:
        """Give the elements of a name that stand directly in this one."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Give the first of them."""
        return next(self.named(name), None)

    def option(self, name: str) -> Element | None:
        """Give the first `<option name="...">` that stands directly in this one."""
        options = self.named("option")
        return next((each for each in options if each.attributes.get("name") == name), None)


def parse(data: bytes) -> Element:
    """Give the root of a file; `XmlError` where there is none, or more than is read."""
    if data.startswith(_OTHER_WIDTHS):
        raise XmlError("it is in UTF-16, not in UTF-8", 1, "unsupported")
    _refuse_document_type(data)
    return _Reader().read(data)


def _refuse_document_type(data: bytes) -> None:
    """Refuse what stands before the first element and is neither comment nor instruction.

    Only there may a document type stand; anywhere else expat takes it for an error.
    """
    start = len(_MARK) if data.startswith(_MARK) else 0
    found = _BEFORE_ROOT.match(data, start)
    end = found.end() if found else start
    if data.startswith(b"<!", end) and not data.startswith(b"<!--", end):
        line = data.count(b"\n", 0, end) + 1
        raise XmlError("it declares a document type, which is never read", line, "unsupported")


class _Open:
    """An element that has not ended."""

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.children: list[Element] = []
        self.text: list[str] = []

    def closed(self) -> Element:
        attributes = MappingProxyType(self.attributes)
        return Element(
            self.name, attributes, self.line, tuple(self.children), "".join(self.text).strip()
        )


class _Reader:
    def __init__(self) -> None:
        # The encoding is ours whatever the file says: expat would also take Latin-1 and UTF-16.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refused
        self._parser.EntityDeclHandler = self._refused
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._open: list[_Open] = []
        self._root: Element | None = None
        self._count = 0

    def read(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "something is wrong"
            raise XmlError(f"it is not XML: {reason}", error.lineno) from None
        if self._root is None:
            raise XmlError("it holds no element", None)
        return self._root

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "us-ascii", "ascii"}:
            raise self._error("it is in another encoding than UTF-8", "unsupported")

    def _refused(self, *_given: object) -> None:
        raise self._error("it declares a document type, which is never read", "unsupported")

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._error(f"it holds more than {MOST_ELEMENTS} elements", "too_large")
        if len(self._open) == DEEPEST:
            raise self._error(f"it is nested deeper than {DEEPEST} levels", "too_large")
        if any(len(value) > LONGEST_VALUE for value in attributes.values()):
            what = f"an attribute is longer than {LONGEST_VALUE} characters"
            raise self._error(what, "too_large")
        self._open.append(_Open(name, attributes, self._parser.CurrentLineNumber))

    def _ended(self, _name: str) -> None:
        element = self._open.pop().closed()
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element

    def _said(self, text: str) -> None:
        self._open[-1].text.append(text)

    def _error(self, what: str, cause: str) -> XmlError:
        return XmlError(what, self._parser.CurrentLineNumber, cause)
