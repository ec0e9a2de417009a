"""YAML text to parser events, by the C parser where it is installed, else by the one in Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The C parser wraps libyaml 0.1, which refuses the YAML 1.2 words `https://go.dev` and `a?b` inside
# brackets. Such signs pass through it as stand-ins of the same width, so that places stay true.
_INNER_COLON = re.compile(r"""(?<=[^\s,\[\]{}"']):(?=[^\s,\[\]{}])""")
_INNER_QUESTION = re.compile(r"""(?<=[^\s,\[\]{}"'])\?""")
_COLON, _QUESTION = "\U000f003a", "\U000f003f"


class Events:
    """The events of a text, one after another: `next()`; their texts want to be `restored`."""

    next: Callable[[], Any]

    def __init__(self, text: str) -> None:
        """Start parsing a text."""
        self._has_stand_ins = False
        try:
            from _ruamel_yaml import CParser  # noqa: PLC0415 - an extension that may not be there
        except ImportError:
            self.next = _pure_events(text)
            return
        if _COLON not in text and _QUESTION not in text:
            self._has_stand_ins = True
            text = _INNER_QUESTION.sub(_QUESTION, _INNER_COLON.sub(_COLON, text))
        self.next = CParser(text).get_event

    def restored(self, text: str) -> str:
        """Give an event's text as it stands in the file."""
        if text.isascii() or not self._has_stand_ins:
            return text
        return text.replace(_COLON, ":").replace(_QUESTION, "?")


def _pure_events(text: str) -> Callable[[], Any]:
    from ruamel.yaml import YAML  # noqa: PLC0415 - only without the extension

    events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
    return events.__next__
