"""Parameters: `$x`, `${x:-default}` and all their relatives."""

from __future__ import annotations

from engine.precedence.outcomes import Doubt, Leave
from engine.precedence.shell.look_up import LookUp
from engine.precedence.shell.pieces import BREAK, Piece, joined
from engine.precedence.values import Hole, Mixed, concat, is_empty, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.shell.look_up import Found
    from engine.precedence.shell.pieces import Break
    from engine.precedence.state import State
    from engine.precedence.values import Text


class Parameters(LookUp):
    """Applies the operators of parameters."""

    def parameter_pieces(
        self, part: list[Any], state: State, line: int, *, quoted: bool
    ) -> list[Piece | Break]:
        """Give the pieces that a parameter expands to."""
        spec: dict[str, Any] = part[2] if len(part) > 2 else {}  # noqa: PLR2004
        name = part[1]
        if "unknown" in spec:
            hole = Hole("opaque", f"`{spec['unknown']}` is not reckoned", self.place(line))
            if self.dialect.name != "zsh":
                raise Doubt(hole)  # it may be a mistake
            return [Piece(unknown_as(hole), quoted, expanded=True)]
        value, is_set = self.look_up(name, spec, state, line)
        op = spec.get("op", "")
        if op.lstrip(":") in {"-", "+", "=", "?"} and op:
            pieces = self._choose(name, spec, value, is_set, state, line, quoted=quoted)
            later: dict[str, Any] = {
                key: spec[key] for key in ("flags", "modifiers") if key in spec
            }
            if not later:
                return pieces
            if later == {"flags": "%"}:
                return [Piece(self._prompted(joined(pieces), line), quoted, expanded=True)]
            changed = self.modify.apply(joined(pieces), True, later, state, line)
            return self._as_pieces(changed, name, later, state, quoted=quoted)
        is_whole = quoted and self.dialect.name == "zsh" and not self._is_each(name, spec)
        is_whole = is_whole and not spec.get("length")
        if is_whole and isinstance(value, tuple) and self._joins_first(spec):
            value = _joined(value, " ")
        if name in {"@", "*"} and "slice" in spec and isinstance(value, tuple):
            value = (self.zero(), *value)
        if spec.get("set"):
            return [Piece(_yes_or_no(is_set, self.place(line)), quoted, expanded=True)]
        if (value is None or is_set is None) and not spec.get("length"):
            self._refuse_unset(name, is_set, state)
        changed = self.modify.apply(value, is_set, spec, state, line)
        return self._as_pieces(changed, name, spec, state, quoted=quoted)

    def _prompted(self, text: Text, line: int) -> Text:
        """Give `${(%):-%x}`, the file of the code, or `${(%):-%N}`, what runs."""
        if text == "%N" and self.zeros:
            return self.zeros[-1]
        if text in {"%x", "%N"}:
            return self.spelled()
        return unknown_as(Hole("unsupported", "the flags (%) here", self.place(line)))

    def _as_pieces(
        self, value: Found, name: str, spec: dict[str, Any], state: State, *, quoted: bool
    ) -> list[Piece | Break]:
        if not isinstance(value, tuple):
            many = isinstance(value, Mixed) and self._may_be_many(name, spec, state, quoted=quoted)
            return [Piece("" if value is None else value, quoted, expanded=True, many=many)]
        index = spec.get("index")
        star = name == "*" or index == ["*"] or "*" in {spec.get("names"), spec.get("keys")}
        each = self._is_each(name, spec)
        if quoted and (star or (self.dialect.name == "zsh" and not each)):
            ifs = state.variable("IFS").scalar()
            separator = ifs[:1] if isinstance(ifs, str) else " "
            return [Piece(_joined(value, separator), quoted=True, expanded=True)]
        pieces: list[Piece | Break] = []
        for number, element in enumerate(value):
            pieces += [BREAK] if number else []
            pieces.append(Piece(element, quoted, expanded=True))
        return pieces

    def _may_be_many(self, name: str, spec: dict[str, Any], state: State, *, quoted: bool) -> bool:
        """Say whether a value that is not known may be any number of words."""
        if spec.get("length") or spec.get("set"):
            return False
        if self._is_each(name, spec):
            return True
        index = spec.get("index")
        is_list = "array" in state.variable(name).kinds or self.tied(name, state) is not None
        return self.dialect.name == "zsh" and not quoted and index is None and is_list

    @staticmethod
    def _joins_first(spec: dict[str, Any]) -> bool:
        """Say whether zsh makes one text of a list in quotes before it applies what follows."""
        flags = set(spec.get("flags") or "")
        return bool(set(spec) & {"op", "replace", "modifiers"} or flags) and not flags & set(
            "jFkvP"
        )

    @staticmethod
    def _is_each(name: str, spec: dict[str, Any]) -> bool:
        """Say whether the elements stay apart in double quotes."""
        if (
            name == "@"
            or spec.get("index") == ["@"]
            or "@" in {spec.get("names"), spec.get("keys")}
        ):
            return True
        return bool(set(spec.get("flags") or "") & set("@fs0"))

    def _refuse_unset(self, name: str, is_set: bool | None, state: State) -> None:
        if state.options.get("nounset") is True and is_set is None and name not in {"@", "*"}:
            self.may_leave = self.error_flow("stop")
        if state.options.get("nounset") is True and is_set is False and name not in {"@", "*"}:
            raise Leave(self.error_flow("stop"))

    def error_flow(self, batch: str) -> str:
        """Say what an error in an expansion ends: at a prompt, the line of bash and ksh."""
        if not self.launch.mode("interactive"):
            return batch
        return "line" if self.dialect.name in {"bash", "ksh"} else "stop"

    def _choose(  # noqa: C901, PLR0913, PLR0917 - an operator's sides
        self,
        name: str,
        spec: dict[str, Any],
        value: Found,
        is_set: bool | None,
        state: State,
        line: int,
        *,
        quoted: bool,
    ) -> list[Piece | Break]:
        op, word = spec["op"], spec.get("word") or []
        lacks = _lacks(value, is_set, colon=op.startswith(":"))
        kind = op.lstrip(":")
        if kind == "+":
            lacks = None if lacks is None else not lacks
        if lacks is None:
            source = value if isinstance(value, Mixed) else None
            hole = why_not(source) if source is not None else Hole("opaque", f"`{name}` may be set")
            if kind == "?":
                self.may_leave = self.error_flow("exit")
            if kind == "=":
                state.taint(name, hole)
            if kind == "-" and isinstance(value, str):
                other = joined(self.expand_inner(word, state, line, quoted=quoted))
                if other == value:
                    return [Piece(value, quoted, expanded=True)]
            return [Piece(unknown_as(hole), quoted, expanded=True)]
        if kind == "+":
            return self.expand_inner(word, state, line, quoted=quoted) if lacks else []
        if not lacks:
            return self._as_pieces(value, name, spec, state, quoted=quoted)
        if kind == "?":
            if self.dialect.name == "zsh":
                # At a prompt it is the end of all start-up files.
                raise Leave("abort" if self.launch.shell.get("via") == "prompt" else "exit")
            raise Leave(self.error_flow("exit"))
        pieces = self.expand_inner(word, state, line, quoted=quoted)
        if kind == "=":
            text = joined(pieces)
            self.assign(name, text, state, line, op="default")
            return [Piece(text, quoted, expanded=True)]
        return pieces

    def expand_inner(
        self, word: list[Any], state: State, line: int, *, quoted: bool
    ) -> list[Piece | Break]:
        """Give the pieces of a word inside of `${...}`; in double quotes all of it is quoted."""
        if quoted:
            word = [["q", part] if isinstance(part, str) else part for part in word]
        pieces = self.expand(word, state, line)
        if not quoted:
            return [
                p
                if not isinstance(p, Piece) or p.quoted
                else Piece(p.text, expanded=True, written=p.written or not p.expanded)
                for p in pieces
            ]
        return [Piece(p.text, quoted=True) if isinstance(p, Piece) else p for p in pieces] or [
            Piece("", quoted=True)
        ]


def _lacks(value: Found, is_set: bool | None, *, colon: bool) -> bool | None:
    """Say whether `${x-word}` takes the word."""
    if is_set is False or value is None:
        return True if is_set is not None or value is None else None
    if not colon:
        return None if is_set is None else False
    empty = (not value) if isinstance(value, tuple) else is_empty(value)
    if empty is False:
        # A value that is not known but certainly not empty is set, too.
        return None if is_set is None else False
    return empty if is_set is not None else None


def _yes_or_no(is_set: bool | None, place: Any) -> Text:
    if is_set is None:
        return unknown_as(Hole("opaque", "it may be set or not", place))
    return "1" if is_set else "0"


def _joined(values: tuple[Text, ...], separator: str) -> Text:
    parts: list[Text] = []
    for number, value in enumerate(values):
        parts += [separator] if number else []
        parts.append(value)
    return concat(parts)
