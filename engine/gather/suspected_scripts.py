"""Secrets that most likely stand in start-up files, whether anything runs their lines or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.hiding import literal
from engine.gather.suspicion import Suspicion, why
from engine.precedence.shapes import is_array

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = Any

_SETTERS = frozenset(("set", "setenv"))
_NAME = re.compile(r"[A-Za-z_]\w*\Z")
# A setting within a text: that of an alias, of `eval`, of an option.
_WITHIN = re.compile(r"""(?<![\w$.])([A-Za-z_]\w*)=(?:"([^"]+)"|'([^']+)'|([^\s"';&|]+))""")


def in_script(script: list[Node]) -> list[Suspicion]:
    """Give what is suspected in a script, each with the line of its statement."""
    found = list(dict.fromkeys(_in_node(script, 1)))
    named = {each.line for each in found if each.name}
    return [each for each in found if each.name or each.line not in named]


def _in_node(node: Node, line: int) -> Iterator[Suspicion]:
    pending: list[tuple[Node, int]] = [(node, line)]
    while pending:
        each, at = pending.pop()
        if isinstance(each, str):
            yield from _in_text(each, at)
        elif isinstance(each, dict):
            pending += [(value, at) for value in each.values()]
        elif isinstance(each, list):
            if _is_statement(each):
                at = each[1]
            if _is_assign(each):
                yield from _in_assign(each, at)
            elif each and each[0] == "cmd" and _is_statement(each):
                yield from _in_words(each[3], at)
            pending += [(part, at) for part in reversed(each)]


def _in_text(text: str, line: int) -> Iterator[Suspicion]:
    named = False
    for found in _WITHIN.finditer(text):
        if reason := why(found[1], next(filter(None, found.groups()[1:]))):
            named = True
            yield Suspicion(found[1], line, reason)
    if not named and why("", text):
        yield Suspicion("", line, "shape")


def _in_assign(assign: list[Node], line: int) -> Iterator[Suspicion]:
    name, _, value, _ = assign
    words = [word for _, word in value[1]] if value and is_array(value) else [value or []]
    for word in words:
        text = literal(word)
        if text and (reason := why(name, text)):
            yield Suspicion(name, line, reason)


def _in_words(words: list[Node], line: int) -> Iterator[Suspicion]:
    """Look at `set -gx NAME VALUE` of fish and `setenv NAME VALUE`."""
    texts = [literal(word) for word in words]
    if not texts or texts[0] not in _SETTERS:
        return
    plain = [text for text in texts[1:] if text is None or not text.startswith("-")]
    if len(plain) > 1 and plain[0] and _NAME.match(plain[0]):
        for text in plain[1:]:
            if text and (reason := why(plain[0], text)):
                yield Suspicion(plain[0], line, reason)


def _is_statement(node: list[Node]) -> bool:
    return len(node) > 1 and isinstance(node[0], str) and node[1].__class__ is int


def _is_assign(node: list[Node]) -> bool:
    is_one = len(node) == 4 and node[1] in ("=", "+=") and isinstance(node[0], str)  # noqa: PLR2004
    return is_one and isinstance(node[2], list)
