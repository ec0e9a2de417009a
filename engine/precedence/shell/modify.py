"""What stands behind a parameter's name: `${#x}`, `${x%/*}`, `${x/a/b}`, `${x:0:3}`, `${(U)x}`."""

from __future__ import annotations

from functools import partial

from engine.precedence.shell import parameters as texts
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import Hole, Mixed, is_empty, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.precedence.shell.look_up import Found
    from engine.precedence.state import State
    from engine.precedence.values import Text

_TRIMS = {"#", "##", "%", "%%"}
_WHERE = {"/": "first", "//": "everywhere", "/#": "prefix", "/%": "suffix"}


class Modify:
    """Applies operators to a value; what is not reckoned gives a hole."""

    def __init__(self, words: Any) -> None:
        """Take what expands the words of operators."""
        self._words = words

    def apply(
        self, value: Found, is_set: bool | None, spec: dict[str, Any], state: State, line: int
    ) -> Found:
        """Give the value after all operators of a parameter."""
        try:
            return self._apply(value, is_set, spec, state, line)
        except Unsupported as error:
            hole = Hole("unsupported", error.detail, self._words.place(line))
            return unknown_as(hole)

    def _apply(
        self, value: Found, is_set: bool | None, spec: dict[str, Any], state: State, line: int
    ) -> Found:
        flags = spec.get("flags") or ""
        if flags and (spec.get("length") or ("nested" in spec and set(flags) & set("oOniau"))):
            raise Unsupported(f"the flags ({flags}) here")
        if spec.get("length"):
            if isinstance(value, str) and self._words.dialect.name in {"sh", "ash"}:
                return str(len(value.encode("utf-8", "surrogateescape")))  # dash counts bytes
            return self._length(value, is_set)
        if value is None:
            value = ""
        if "slice" in spec and isinstance(value, tuple):
            return self._part_of_list(value, spec["slice"], state, line)
        if spec.get("op") == ":#":
            items = value if isinstance(value, tuple) else (value,)
            flags = spec.get("flags") or ""
            kept = self._filtered(items, spec.get("word") or [], state, line, keep="M" in flags)
            others = flags.replace("M", "").replace("R", "")
            return self._flagged(kept, others) if others else kept
        change = self._change(spec, state, line)
        if change is not None:
            value = _each(value, change)
        for modifier in spec.get("modifiers") or ():
            value = _each(value, self._modifier(modifier, state))
        if spec.get("flags"):
            value = self._flagged(value, spec["flags"])
        return value

    def _modifier(self, modifier: str, state: State) -> Callable[[str], Text]:
        """Give what a modifier of zsh makes of a text; some ask where a path leads."""
        find = {"a": self._words.absolute, "A": self._words.resolved, "P": self._words.resolved}
        if modifier not in find:
            return partial(texts.modify, modifier=modifier)

        def found(text: str) -> Text:
            if not text:
                return ""
            where = find[modifier](text, state)
            return unknown_as(where) if isinstance(where, Hole) else where

        return found

    def _change(
        self, spec: dict[str, Any], state: State, line: int
    ) -> Callable[[str], Text] | None:
        op = spec.get("op", "")
        if op in _TRIMS:
            pieces = self._words.pattern(spec.get("word") or [], state, line)
            if isinstance(pieces, Hole):
                return partial(_unknown, pieces)
            pattern = self._words.compiled(pieces, state)
            return lambda text: _trimmed(text, pattern, op)
        if "replace" in spec:
            return self._replacing(spec["replace"], state, line)
        if "slice" in spec:
            offset, length = self._bounds(spec["slice"], state, line)
            name = self._words.dialect.name
            return lambda text: texts.slice_text(text, offset, length, name)
        if op in {"^", "^^", ",", ",,"}:
            pieces = self._words.pattern(spec.get("word") or [], state, line)
            if isinstance(pieces, Hole):
                return partial(_unknown, pieces)
            pattern = self._words.compiled(pieces, state) if pieces else None
            return lambda text: texts.change_case(text, op, pattern)
        if op.startswith("@"):
            dialect = self._words.dialect.name
            return lambda text: texts.transform(text, op, dialect)
        if op:
            raise Unsupported(f"the operator `{op}` of a parameter")
        return None

    def _replacing(self, spec: list[Any], state: State, line: int) -> Callable[[str], Text]:
        written, with_, where = spec
        if not written and where == "//" and with_ and isinstance(with_[0], str):
            if not with_[0].startswith("/"):
                raise Unsupported("a replacement of nothing")
            # `${x////-}` replaces slashes.
            written, with_ = ["/"], [with_[0][1:], *with_[1:]]
        pieces = self._words.pattern(written, state, line)
        given = self._words.pattern(with_ or [], state, line)
        for hole in (pieces, given):
            if isinstance(hole, Hole):
                return partial(_unknown, hole)
        pattern = self._words.compiled(pieces, state)
        other = texts.replacement(given, self._words.dialect.name)
        return lambda text: pattern.replace(text, other, _WHERE[where])

    def _bounds(self, spec: list[str | None], state: State, line: int) -> tuple[int, int | None]:
        numbers: list[int | None] = []
        for text in spec:
            number = self._words.number(text, state, line) if text is not None else None
            if isinstance(number, Hole):
                raise Unsupported(number.detail)
            numbers.append(number)
        return numbers[0] or 0, numbers[1]

    def _part_of_list(
        self, value: tuple[Text, ...], spec: list[str | None], state: State, line: int
    ) -> Found:
        offset, length = self._bounds(spec, state, line)
        if offset < 0 or (length is not None and length < 0):
            raise Unsupported("a slice of a list that counts from the end")
        end = None if length is None else offset + length
        return value[offset:end]

    def _filtered(
        self, items: tuple[Text, ...], word: list[Any], state: State, line: int, *, keep: bool
    ) -> Found:
        """Give the elements that match, or those that don't."""
        kept: list[Text] = []
        for item in items:
            found = self._words.matches(item, word, state, line)
            if isinstance(found, Hole):
                return unknown_as(found)
            if found is keep:
                kept.append(item)
        return tuple(kept)

    @staticmethod
    def _length(value: Found, is_set: bool | None) -> Text:
        if isinstance(value, tuple):
            return str(len(value))
        if value is None:
            return "0" if is_set is False else unknown_as(Hole("opaque", "it may be set or not"))
        if isinstance(value, Mixed):
            hole = why_not(value)
            return unknown_as(Hole(hole.cause, hole.detail, hole.place, is_some=True))
        return str(len(value))

    @staticmethod
    def _flagged(value: Found, flags: str) -> Found:
        items = value if isinstance(value, tuple) else (value or "",)
        hole = next((why_not(item) for item in items if isinstance(item, Mixed)), None)
        if hole is not None:
            return unknown_as(hole)
        known = [str(item) for item in items]
        changed = texts.apply_flags(known if isinstance(value, tuple) else known[0], flags)
        return tuple(changed) if isinstance(changed, list) else changed


def _unknown(hole: Hole, _text: str) -> Text:
    return unknown_as(hole)


def _each(value: Found, change: Callable[[str], Text]) -> Found:
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    return _changed(value or "", change)


def _changed(text: Text, change: Callable[[str], Text]) -> Text:
    if isinstance(text, Mixed):
        hole = why_not(text)
        return text if is_empty(text) else unknown_as(Hole(hole.cause, hole.detail, hole.place))
    return change(text)


def _trimmed(text: str, pattern: Any, op: str) -> str:
    longest = len(op) > 1
    if op[0] == "#":
        end = pattern.prefix(text, longest=longest)
        return text if end is None else text[end:]
    start = pattern.suffix(text, longest=longest)
    return text if start is None else text[:start]
