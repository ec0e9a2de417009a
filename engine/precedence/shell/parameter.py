"""Parameters: `$x`, `${x:-default}` and all their relatives."""

from __future__ import annotations

import re

from engine.precedence.interpreter import Interpreter
from engine.precedence.outcomes import Doubt, Leave
from engine.precedence.shell.modify import Modify
from engine.precedence.shell.pieces import BREAK, Piece, joined
from engine.precedence.shell.special import CHANGES, option_letters
from engine.precedence.values import Hole, Mixed, concat, is_empty, split_text, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from engine.precedence.launch import Launch
    from engine.precedence.shell.dialect import Dialect
    from engine.precedence.shell.pieces import Break
    from engine.precedence.state import State
    from engine.precedence.values import Text

    Found: TypeAlias = "Text | tuple[Text, ...] | None"

TIED = {
    "path": "PATH",
    "fpath": "FPATH",
    "cdpath": "CDPATH",
    "manpath": "MANPATH",
    "mailpath": "MAILPATH",
    "module_path": "MODULE_PATH",
}
_NUMBER = re.compile(r"-?\d+")


class Parameters(Interpreter):
    """Looks parameters up and applies their operators."""

    def __init__(self, launch: Launch, dialect: Dialect) -> None:
        """Take the launch and the dialect."""
        super().__init__(launch)
        self.dialect = dialect
        self.syntax = {"ash": "sh"}.get(dialect.name, dialect.name)
        self.modify = Modify(self)
        self.substituted: int | Hole | None = None
        """The status of the last command substitution, since somebody reset it."""
        self.zeros: list[Text] = []
        """What `$0` is in zsh while a function runs or a file is sourced."""

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
        if value is None and not spec.get("length"):
            self._refuse_unset(name, is_set, state)
        changed = self.modify.apply(value, is_set, spec, state, line)
        return self._as_pieces(changed, name, spec, state, quoted=quoted)

    def _as_pieces(
        self, value: Found, name: str, spec: dict[str, Any], state: State, *, quoted: bool
    ) -> list[Piece | Break]:
        if not isinstance(value, tuple):
            return [Piece("" if value is None else value, quoted, expanded=True)]
        index = spec.get("index")
        star = name == "*" or index == ["*"] or spec.get("names") == "*"
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
        if name == "@" or spec.get("index") == ["@"] or spec.get("names") == "@":
            return True
        return bool(set(spec.get("flags") or "") & set("@fs0"))

    def _refuse_unset(self, name: str, is_set: bool | None, state: State) -> None:
        if state.options.get("nounset") is True and is_set is False and name not in {"@", "*"}:
            raise Leave(self.error_flow("stop"))

    def error_flow(self, batch: str) -> str:
        """Say what an error in an expansion ends: at a prompt, the line of bash and ksh."""
        if not self.launch.mode("interactive"):
            return batch
        return "line" if self.dialect.name in {"bash", "ksh"} else "stop"

    def _choose(  # noqa: PLR0913, PLR0917 - an operator's sides
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
            if self.dialect.name == "zsh" and self.launch.shell.get("via") != "prompt":
                raise Leave("exit")
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
                p if not isinstance(p, Piece) or p.quoted else Piece(p.text, expanded=True)
                for p in pieces
            ]
        return [Piece(p.text, quoted=True) if isinstance(p, Piece) else p for p in pieces] or [
            Piece("", quoted=True)
        ]

    # What a subclass adds.

    def expand(
        self, word: list[Any], state: State, line: int, *, tilde_after_colon: bool = False
    ) -> list[Piece | Break]:
        """Give the pieces of a word."""
        raise NotImplementedError

    def assign(self, name: str, value: Text, state: State, line: int, *, op: str = "set") -> None:
        """Set a variable."""
        raise NotImplementedError

    def command_path(self, name: str, state: State) -> Text | None:
        """Give the file that a command name runs, None if there is none."""
        raise NotImplementedError

    # Looking up.

    def look_up(
        self, name: str, spec: dict[str, Any], state: State, line: int
    ) -> tuple[Found, bool | None]:
        """Give a parameter's value (a tuple for several) and whether it is set."""
        if "nested" in spec:
            value, is_set = self._nested(spec["nested"], state, line)
            if "index" not in spec or isinstance(value, Mixed):
                return value, is_set
            written = self.index_text(spec["index"], state, line, is_key=False)
            if written in {"@", "*"} or isinstance(written, Mixed):
                return (value, is_set) if isinstance(written, str) else (written, None)
            return self._at(value, written, state, line)
        if "names" in spec:
            return self._names(name, state), True
        if spec.get("indirect"):
            inner, _ = self.look_up(name, {}, state, line)
            if not isinstance(inner, str):
                hole = why_not(inner) if isinstance(inner, Mixed) else Hole("missing", "no name")
                return unknown_as(hole), None
            if not inner.replace("_", "a").isalnum():
                return unknown_as(Hole("opaque", "an indirect name")), None
            return self.look_up(inner, {}, state, line)
        index = spec.get("index")
        if index is not None:
            return self._element(name, index, state, line)
        return self._plain(name, state, line)

    def _nested(self, part: list[Any], state: State, line: int) -> tuple[Found, bool | None]:
        """Give the inner part of `${${x#a}%b}`, which may be several texts."""
        spec: dict[str, Any] = part[2] if len(part) > 2 else {}  # noqa: PLR2004
        plain = part[0] in {"var", "param"} and "unknown" not in spec
        if plain and spec.get("op", "").lstrip(":") not in {"-", "+", "=", "?"}:
            value, is_set = self.look_up(part[1], spec, state, line)
            return self.modify.apply(value, is_set, spec, state, line), True
        return joined(self.expand([part], state, line)), True

    def _plain(  # noqa: C901 - one branch for each kind of parameter
        self, name: str, state: State, line: int, *, whole_list: bool = False
    ) -> tuple[Found, bool | None]:
        special = self._special(name, state)
        if special is not None:
            return special, True
        if "." in name and self.dialect.name != "ksh":
            raise Doubt(Hole("opaque", f"`{name}` is no parameter", self.place(line)))
        if name.isdigit():
            return self._argument(int(name), state)
        if name in {"@", "*", "argv"} and (name != "argv" or self.dialect.name == "zsh"):
            if isinstance(state.arguments, Hole):
                return unknown_as(state.arguments), None
            return state.arguments, bool(state.arguments)
        if name in CHANGES.get(self.dialect.name, ()) and (
            name == "_" or name not in state.variables
        ):
            hole = Hole("opaque", f"`{name}` changes from run to run", self.place(line), True)
            return unknown_as(hole), True
        if name == "BASH_SOURCE" and self.dialect.name == "bash":
            return self.file or "", True
        tied = self.tied(name, state)
        first_only = state.options.get("ksharrays") is True and not whole_list
        if tied is not None:
            variable = state.variable(tied)
            whole = variable.scalar()
            if whole is None or whole == "":
                return (), variable.is_set
            entries = tuple(split_text(whole, ":"))
            return entries[0] if first_only else entries, variable.is_set
        variable = state.variable(name)
        if isinstance(variable.value, dict) and self.dialect.name == "zsh":
            return tuple(variable.value.values()), variable.is_set
        if isinstance(variable.value, tuple) and self.dialect.name == "zsh" and not first_only:
            return variable.value, variable.is_set
        return variable.scalar(), variable.is_set

    def tied(self, name: str, state: State) -> str | None:
        """Give the variable that a zsh array is tied to: `path` to `PATH`."""
        if self.dialect.name != "zsh":
            return None
        return state.tied.get(name) or TIED.get(name)

    def _argument(self, number: int, state: State) -> tuple[Found, bool | None]:
        if number == 0:
            return self.zero(), True
        if isinstance(state.arguments, Hole):
            return unknown_as(state.arguments), None
        if number <= len(state.arguments):
            return state.arguments[number - 1], True
        return None, False

    def zero(self) -> Text:
        """Give `$0`."""
        if self.dialect.name == "zsh" and self.zeros:
            return self.zeros[-1]
        given = self.launch.shell.get("argv0")
        if isinstance(given, str):
            return given
        hole = Hole("opaque", "`$0` depends on how the shell is started", is_some=True)
        return unknown_as(hole)

    def _special(self, name: str, state: State) -> Text | None:
        if name == "?":
            status = state.status
            return unknown_as(status) if isinstance(status, Hole) else str(status)
        if name in {"$", "!"}:
            hole = Hole("opaque", f"`${name}` is a process number", is_some=name == "$")
            return unknown_as(hole)
        if name == "#" or (name == "ARGC" and self.dialect.name == "zsh"):
            arguments = state.arguments
            return unknown_as(arguments) if isinstance(arguments, Hole) else str(len(arguments))
        if name == "-":
            return self.flags(state)
        return None

    def flags(self, state: State) -> Text:
        """Give `$-`; the order of its letters is the shell's own."""
        return option_letters(self.dialect.name, self.launch, state)

    def _names(self, prefix: str, state: State) -> Found:
        if state.hole is not None:
            return unknown_as(state.hole)
        names = sorted(n for n, v in state.variables.items() if n.startswith(prefix) and v.is_set)
        return tuple(names)

    def _element(
        self, name: str, index: list[Any], state: State, line: int
    ) -> tuple[Found, bool | None]:
        whole = state.variables.get(name)
        is_key = whole is not None and isinstance(whole.value, dict)
        written = self.index_text(index, state, line, is_key=is_key)
        if name == "BASH_SOURCE" and self.dialect.name == "bash":
            return self._sources(written)
        if self.dialect.name == "zsh" and name in {"commands", "functions", "aliases", "options"}:
            return self._table(name, written, state)
        value, is_set = self._plain(name, state, line, whole_list=True)
        if whole is not None and self.tied(name, state) is None and name != "BASH_SOURCE":
            content = whole.value
            if content is not None and not isinstance(content, (str, Mixed, tuple)):
                return self._keyed(content, written)
            value = content
        if isinstance(value, Mixed):
            return unknown_as(why_not(value)), None
        if written in {"@", "*"}:
            return (value if isinstance(value, tuple) else _listed(value)), is_set
        if isinstance(written, Mixed):
            return unknown_as(why_not(written)), None
        return self._at(value, written, state, line)

    def index_text(self, index: list[Any], state: State, line: int, *, is_key: bool) -> Text:
        """Give an index as a text; that of an associative array is no arithmetic."""
        if is_key and len(index) == 1 and isinstance(index[0], list) and index[0][0] == "arith":
            return self.parameters_in(index[0][1].replace('"', "").replace("'", ""), state, line)
        return joined(self.expand(index, state, line))

    @staticmethod
    def _keyed(table: Any, written: Text) -> tuple[Found, bool | None]:
        if written in {"@", "*"}:
            return tuple(table.values()), True
        if isinstance(written, Mixed):
            return unknown_as(why_not(written)), None
        return table.get(written), written in table

    def _sources(self, written: Text) -> tuple[Found, bool | None]:
        """Give an element of BASH_SOURCE: only the first is reckoned."""
        if written == "0":
            return self.file or "", True
        return unknown_as(Hole("unsupported", "which files led here", is_some=True)), None

    def _at(self, value: Found, written: str, state: State, line: int) -> tuple[Found, bool | None]:
        is_list = isinstance(value, tuple)
        items: Any = value if is_list else (value or "")
        if self.dialect.name == "zsh" and state.options.get("ksharrays") is not True:
            first, comma, last = written.partition(",")
            numbers = [n for n in (first, last) if n]
            if not all(_NUMBER.fullmatch(n) for n in numbers) or not numbers:
                return unknown_as(Hole("unsupported", f"the index `{written}`")), None
            if comma:
                start = int(first) - 1 if int(first) > 0 else len(items) + int(first)
                end = int(last) if int(last) >= 0 else len(items) + int(last) + 1
                return items[max(start, 0) : max(end, 0)], True
            at = int(first) - 1 if int(first) > 0 else len(items) + int(first)
            return (items[at], True) if 0 <= at < len(items) else (None, False)
        number = self.number(written, state, line)
        if isinstance(number, Hole):
            return unknown_as(number), None
        if not is_list:
            return (value, value is not None) if number in {0, -1} else (None, False)
        if -len(items) <= number < len(items):
            return items[number], True
        return None, False

    def _table(self, name: str, written: Text, state: State) -> tuple[Found, bool | None]:
        if isinstance(written, Mixed):
            return unknown_as(why_not(written)), None
        if written.startswith("("):
            return unknown_as(Hole("unsupported", f"the index `{written}`")), None
        if name == "commands":
            path = self.command_path(written, state)
            return path, None if isinstance(path, Mixed) else path is not None
        if name == "options":
            on = state.options.get(written.replace("_", "").lower(), False)
            return (
                ("on" if on is True else "off", True)
                if not isinstance(on, Hole)
                else (
                    unknown_as(on),
                    True,
                )
            )
        table: Any = state.functions if name == "functions" else state.aliases
        if written in table and not isinstance(table[written], Hole):
            return "defined", True
        hole = table.get(written) or state.names_hole
        return (unknown_as(hole), None) if hole is not None else (None, False)

    def parameters_in(self, text: str, state: State, line: int) -> Text:
        """Expand what stands in a text with a dollar, as in double quotes."""
        raise NotImplementedError

    def number(self, text: str, state: State, line: int) -> int | Hole:
        """Give the value of an arithmetic expression."""
        raise NotImplementedError

    def arithmetic_text(self, text: str, state: State, line: int) -> Text:
        """Give what `$((...))` expands to."""
        raise NotImplementedError


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


def _listed(value: Text | None) -> tuple[Text, ...]:
    return () if value is None else (value,)
