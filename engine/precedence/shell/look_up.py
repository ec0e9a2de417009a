"""What a name stands for in `$name` and `${name[index]}`, before any operator is applied."""

from __future__ import annotations

import re

from engine.precedence.interpreter import Interpreter
from engine.precedence.outcomes import Doubt
from engine.precedence.shell.modify import Modify
from engine.precedence.shell.pieces import joined
from engine.precedence.shell.special import CHANGES, option_letters
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.shell.zsh_parameters import search
from engine.precedence.values import Hole, Mixed, split_text, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from engine.precedence.launch import Launch
    from engine.precedence.shell.dialect import Dialect
    from engine.precedence.shell.pieces import Break, Piece
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
_FLAGS = re.compile(r"\(([A-Za-z]+)\)")
_TIES = frozenset(TIED.values()) - {"PATH"}
_NUMBER = re.compile(r"-?\d+")


class Unordered(tuple["Text", ...]):
    """Elements or keys of an associative array, whose order is the shell's own."""

    __slots__ = ()


class LookUp(Interpreter):
    """Looks parameters up."""

    def __init__(self, launch: Launch, dialect: Dialect) -> None:
        """Take the launch and the dialect."""
        super().__init__(launch)
        self.dialect = dialect
        self.syntax = {"ash": "sh"}.get(dialect.name, dialect.name)
        self.failure = 2 if dialect.name in {"sh", "ash"} else 1
        self.modify = Modify(self)
        self.substituted: int | Hole | None = None
        """The status of the last command substitution, since somebody reset it."""
        self.zeros: list[Text] = []
        """What `$0` is in zsh while a function runs or a file is sourced."""
        self.spellings: dict[str, str | Hole] = {}
        """How the path of a file was written where it was sourced."""

    def spelled(self) -> Text:
        """Give the file of the code that runs, as it was written where it was sourced."""
        file = self.file or ""
        spelling = self.spellings.get(file, file)
        return unknown_as(spelling) if isinstance(spelling, Hole) else spelling

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
        value, is_set = self._found(name, spec, state, line)
        orderly = spec.get("length") or set(spec.get("flags") or "") & {"o", "O"}
        if isinstance(value, Unordered) and len(value) > 1 and not orderly:
            detail = f"the order of the elements of `{name}`"
            raise Doubt(Hole("unsupported", detail, self.place(line)))
        return value, is_set

    def _found(
        self, name: str, spec: dict[str, Any], state: State, line: int
    ) -> tuple[Found, bool | None]:
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
        if "keys" in spec:
            return self._keys(name, state), True
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
            return self.spelled(), True
        if self.dialect.name == "zsh" and name in _TIES and state.variable(name).history is None:
            return "", True  # zsh has them all, empty
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
            return Unordered(variable.value.values()), variable.is_set
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

    def _keys(self, name: str, state: State) -> Found:
        """Give the indices of an array: `${!name[@]}`."""
        variable = state.variable(name)
        if variable.is_set is False:
            return ()
        content: Any = variable.value
        if isinstance(content, dict):
            return Unordered(content)
        if isinstance(content, tuple):
            return tuple(map(str, range(len(content))))
        whole = variable.scalar()
        if isinstance(whole, Mixed) or variable.is_set is None:
            hole = why_not(whole) if isinstance(whole, Mixed) else Hole("opaque", "it may be set")
            raise Doubt(hole)
        return ("0",)

    def _element(
        self, name: str, index: list[Any], state: State, line: int
    ) -> tuple[Found, bool | None]:
        whole = state.variables.get(name)
        is_key = whole is not None and isinstance(whole.value, dict)
        searched = _search(index) if self.dialect.name == "zsh" else None
        if searched is not None:
            return self._searched(name, *searched, state, line), None
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

    def _searched(self, name: str, flags: str, text: str, state: State, line: int) -> Text:
        """Give what `${path[(r)text]}` or `${path[(I)text]}` finds in a list of zsh."""
        hole = Hole("unsupported", f"the index `({flags}){text}`", self.place(line))
        items, _ = self._plain(name, state, line)
        wanted = self.parameters_in(text, state, line)
        if not isinstance(items, tuple) or not isinstance(wanted, str):
            return unknown_as(hole)
        if isinstance(items, Unordered) or state.options.get("ksharrays", False) is not False:
            return unknown_as(hole)
        known = [item for item in items if isinstance(item, str)]
        if len(known) < len(items):
            return unknown_as(hole)
        try:
            return search(known, flags, wanted)
        except Unsupported:
            return unknown_as(hole)

    def index_text(self, index: list[Any], state: State, line: int, *, is_key: bool) -> Text:
        """Give an index as a text; that of an associative array is no arithmetic."""
        if is_key and len(index) == 1 and isinstance(index[0], list) and index[0][0] == "arith":
            return self.parameters_in(index[0][1].replace('"', "").replace("'", ""), state, line)
        return joined(self.expand(index, state, line))

    @staticmethod
    def _keyed(table: Any, written: Text) -> tuple[Found, bool | None]:
        if written in {"@", "*"}:
            return Unordered(table.values()), True
        if isinstance(written, Mixed):
            return unknown_as(why_not(written)), None
        return table.get(written), written in table

    def _sources(self, written: Text) -> tuple[Found, bool | None]:
        """Give an element of BASH_SOURCE: only the first is reckoned."""
        if written == "0":
            return self.spelled(), True
        return unknown_as(Hole("unsupported", "which files led here", is_some=True)), None

    def _at(self, value: Found, written: str, state: State, line: int) -> tuple[Found, bool | None]:
        is_list = isinstance(value, tuple)
        items: Any = value if is_list else (value or "")
        if self.dialect.name == "zsh" and state.options.get("ksharrays") is not True:
            first, comma, last = written.partition(",")
            numbers = [n for n in (first, last) if n]
            if not all(_NUMBER.fullmatch(n) for n in numbers) or not numbers:
                self.may_leave = "stop"  # it may be a mistake
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
            on = self.option(written, state)
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

    def option(self, written: str, state: State) -> bool | Hole:
        """Say whether a shell option is on."""
        raise NotImplementedError

    def number(self, text: str, state: State, line: int) -> int | Hole:
        """Give the value of an arithmetic expression."""
        raise NotImplementedError

    def arithmetic_text(self, text: str, state: State, line: int) -> Text:
        """Give what `$((...))` expands to."""
        raise NotImplementedError


def _search(index: list[Any]) -> tuple[str, str] | None:
    """Give the flags and the text of an index that looks for an element."""
    if len(index) != 1:
        return None
    text = index[0] if isinstance(index[0], str) else index[0][1] if index[0][0] == "arith" else ""
    match = _FLAGS.match(text)
    return (match[1], text[match.end() :]) if match else None


def _listed(value: Text | None) -> tuple[Text, ...]:
    return () if value is None else (value,)
