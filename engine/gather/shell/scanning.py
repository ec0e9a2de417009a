"""Where a text is bare: outside quotes, comments, here-documents and expansions.

Only repairs ask: what they change is parsed by shfmt again.
"""

from __future__ import annotations

import re

_DOCUMENT = re.compile(r"<<(-?)[ \t]*(\\?)(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\3")
_CLOSING = {"(": ")", "{": "}", "[": "]"}


def bare(text: str) -> bytearray:
    """Mark each character that is bare with 1."""
    marks = bytearray(len(text))
    documents: list[tuple[str, bool]] = []
    position = 0
    while position < len(text):
        char = text[position]
        end = position + 1
        if char == "\n" and documents:
            end = _after_documents(text, end, documents)
            documents = []
        elif char == "#" and _at_word_start(text, position):
            newline = text.find("\n", position)
            end = len(text) if newline < 0 else newline
            position = end
            continue
        elif char in "\\'\"`$":
            end = after_quoted(text, position)
            if end > position + 1:
                position = end
                continue
        elif text.startswith("<<<", position):
            end = position + 3
        elif found := _DOCUMENT.match(text, position):
            documents.append((found[4], bool(found[1])))
            end = found.end()
        marks[position] = 1
        position = end
    return marks


def after_quoted(text: str, start: int) -> int:
    """Give the position after the escape, quotes or expansion that begins here."""
    char = text[start]
    if char == "\\":
        return start + 2
    if char == "'":
        return _after(text, start + 1, "'")
    if char == "`":
        return _after(text, start + 1, "`", escapes=True)
    if char == '"':
        return _after_double(text, start + 1)
    following = text[start + 1 : start + 2]
    if following == "'":
        return _after(text, start + 2, "'", escapes=True)
    if following in {"(", "{", "["}:
        return after_bracket(text, start + 1)
    return start + 2 if following and following in "#$" else start + 1


def after_bracket(text: str, start: int) -> int:
    """Give the position after the bracket that closes the one here; quotes are passed over."""
    opening = text[start]
    depth = 0
    position = start
    while position < len(text):
        char = text[position]
        if char in "\\'\"`$":
            position = max(position + 1, after_quoted(text, position))
            continue
        depth += (char == opening) - (char == _CLOSING[opening])
        position += 1
        if depth == 0:
            return position
    return len(text)


def _after_double(text: str, position: int) -> int:
    while position < len(text) and text[position] != '"':
        char = text[position]
        is_expansion = char in "\\`" or text[position : position + 2] in {"$(", "${"}
        position = after_quoted(text, position) if is_expansion else position + 1
    return position + 1


def _after(text: str, position: int, closing: str, *, escapes: bool = False) -> int:
    while position < len(text) and text[position] != closing:
        position += 2 if escapes and text[position] == "\\" else 1
    return position + 1


def _after_documents(text: str, position: int, documents: list[tuple[str, bool]]) -> int:
    for delimiter, tabs in documents:
        while position < len(text):
            newline = text.find("\n", position)
            end = len(text) if newline < 0 else newline
            line = text[position:end]
            position = end + 1
            if (line.lstrip("\t") if tabs else line) == delimiter:
                break
    return position - 1 if position > 0 else position


def _at_word_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in " \t\n;&|()"
