"""Setting, exporting and removing variables, with what each shell does besides."""

from __future__ import annotations

from engine.model.record import replace
from engine.precedence.outcomes import Doubt, Leave
from engine.precedence.shapes import is_array
from engine.precedence.shell.look_up import TIED
from engine.precedence.shell.words import Words
from engine.precedence.state import Event, Variable
from engine.precedence.values import Hole, Mixed, concat, hole_in, split_text, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

_PROMPTS = frozenset(("PS1", "PROMPT", "prompt"))
"""One parameter of zsh, by three names."""

ATTRIBUTES = {"i": "integer", "l": "lower", "u": "upper", "r": "readonly", "U": "unique"}

_OF_ALMQUIST = frozenset(("IFS", "MAIL", "MAILPATH", "PATH", "PS1", "PS2", "PS4"))
_OF_ZSH = frozenset((
    "CDPATH", "FIGNORE", "FPATH", "HOME", "IFS", "LANG", "LC_ALL", "LC_COLLATE", "LC_CTYPE",
    "LC_MESSAGES", "LC_NUMERIC", "LC_TIME", "MAILPATH", "MANPATH", "MODULE_PATH", "PATH", "PS1",
    "PS2", "PS4", "TERM", "TERMINFO", "TERMINFO_DIRS", "USERNAME", "WORDCHARS",
))  # fmt: skip
_STAY_EXPORTED = {"ash": _OF_ALMQUIST, "sh": _OF_ALMQUIST, "zsh": _OF_ZSH}
"""A shell's own variables that children see again once they are set after an `unset`."""


class Variables(Words):
    """Changes variables."""

    def set_text(self, name: str, value: Text, state: State, line: int) -> None:
        """Set a variable the way a loop does."""
        self.assign(name, value, state, line)

    def assign(self, name: str, value: Text, state: State, line: int, *, op: str = "set") -> None:
        """Set a variable to a text."""
        tied = self.tied(name, state)
        if tied is not None:
            self.assign_list(name, (value,), state, line)
            return
        old = state.variable(name)
        if "readonly" in old.kinds:
            raise Doubt(Hole("opaque", f"`{name}` is readonly", self.place(line)))
        value = self._shaped(value, old.kinds, state, line)
        if self._is_unique(name, state):
            value = _once(value)
        if self.dialect.name == "zsh" and name in _PROMPTS:
            for other in _PROMPTS - {name}:
                same = Event(op, value, self.place(line), state.variable(other).history)
                state.put(other, Variable(value, state.variable(other).exported, same))
        kind = op if op != "set" else _kind(old, value)
        exported = self._exported(old, state)
        event = Event(kind, value, self.place(line), old.history)
        kept: Any = value
        if isinstance(old.value, tuple) and old.value and self.dialect.name != "zsh":
            kept = (value, *old.value[1:])
        state.put(name, Variable(kept, exported, event, True, old.kinds - {"later"}))

    @staticmethod
    def _exported(old: Variable, state: State) -> bool | None:
        if "later" in old.kinds:
            return True
        allexport = state.options.get("allexport", False)
        if allexport is True or old.exported:
            return True
        return None if isinstance(allexport, Hole) else old.exported

    def _is_unique(self, name: str, state: State) -> bool:
        return self.dialect.name == "zsh" and state.options.get(f"unique:{name}") is True

    def _shaped(self, value: Text, kinds: frozenset[str], state: State, line: int) -> Text:
        if not kinds & {"integer", "lower", "upper"}:
            return value
        if isinstance(value, Mixed):
            return unknown_as(why_not(value))
        if "integer" in kinds:
            number = self.number(value, state, line)
            return unknown_as(number) if isinstance(number, Hole) else str(number)
        return value.lower() if "lower" in kinds else value.upper()

    def assign_list(self, name: str, items: tuple[Text, ...], state: State, line: int) -> None:
        """Set an array; a zsh array that is tied sets its variable."""
        tied = self.tied(name, state)
        if tied is None:
            old = state.variable(name)
            if "readonly" in old.kinds:
                return
            event = Event("set", _shown(items), self.place(line), old.history)
            exported = False if self.dialect.name == "zsh" else old.exported
            if self._is_unique(name, state):
                items = tuple(dict.fromkeys(items))
            state.put(name, Variable(items, exported, event, True, old.kinds | {"array"}))
            return
        value = _joined(items)
        if self._is_unique(name, state) or self._is_unique(tied, state):
            value = _once(value)
        old = state.variable(tied)
        event = Event(_kind(old, value), value, self.place(line), old.history)
        exported = self._exported(old, state)
        state.put(tied, Variable(value, exported, event, True, old.kinds))

    def append(self, name: str, value: Text, state: State, line: int) -> None:
        """Add to a variable with `+=`."""
        tied = self.tied(name, state)
        if tied is not None:
            self.append_list(name, (value,), state, line)
            return
        old = state.variable(name)
        if "integer" in old.kinds:
            value = concat((old.scalar() or "0", "+", value))
            self.assign(name, value, state, line)
            return
        if isinstance(old.value, tuple) and self.dialect.name == "zsh":
            self.append_list(name, (value,), state, line)
            return
        self.assign(name, concat((_certain(old), value)), state, line)

    def append_list(self, name: str, items: tuple[Text, ...], state: State, line: int) -> None:
        """Add elements to an array with `+=`."""
        tied = self.tied(name, state)
        if tied is not None:
            before = _certain(state.variable(tied))
            parts = () if before == "" else tuple(split_text(before, ":"))
            self.assign_list(name, (*parts, *items), state, line)
            return
        old = state.variable(name)
        if isinstance(old.value, (Mixed, dict)) or old.is_set is None:
            is_odd = isinstance(old.value, Mixed) and old.is_set and "array" not in old.kinds
            hole = why_not(old.value) if isinstance(old.value, Mixed) else Hole("opaque", "a list")
            if not is_odd:
                state.taint(name, hole)
                return
        start = (
            old.value
            if isinstance(old.value, tuple)
            else (() if old.value is None else (old.scalar() or "",))
        )
        self.assign_list(name, (*start, *items), state, line)

    def export(self, name: str, state: State, line: int, *, exported: bool = True) -> None:
        """Let children see a variable, or not any more."""
        tied = self.tied(name, state)
        name = tied or name
        old = state.variable(name)
        op = "export" if exported else "unexport"
        if old.exported is exported or (exported and "later" in old.kinds):
            return
        event = Event(op, None, self.place(line), old.history)
        if old.is_set is False and exported and self.dialect.name == "zsh":
            # An exported parameter that has no value yet reaches children once it has one.
            state.put(name, Variable("", False, event, True, old.kinds | {"later"}))
            return
        array = isinstance(old.value, tuple) and self.dialect.name == "zsh"
        state.put(name, replace(old, exported=exported and not array, history=event))

    def remove(self, name: str, state: State, line: int) -> None:
        """Unset a variable."""
        tied = self.tied(name, state)
        old = state.variable(tied or name)
        if "readonly" in old.kinds:
            state.status = 1
            if self.dialect.name in {"bash", "ksh", "mksh"}:
                return
            raise Leave(self.error_flow("stop"))
        if self.dialect.name == "bash" and name not in (state.frames or [{}])[-1]:
            outer = [frame for frame in state.frames if name in frame]
            if outer:
                # It is a caller's local variable: what it hid comes to light.
                hole = Hole("unsupported", f"a local `{name}` is unset by what is called")
                state.taint(name, hole.here(self.place(line)))
                for frame in outer:
                    frame[name] = state.variables[name]
                return
        event = Event("unset", None, self.place(line), old.history)
        stays = (tied or name) in _STAY_EXPORTED.get(self.dialect.name, ())
        state.put(tied or name, Variable(None, old.exported if stays else False, event, False))

    def local(self, name: str, state: State, line: int) -> None:
        """Make a variable local to the function that runs."""
        if not state.frames:
            return
        frame = state.frames[-1]
        if name in frame:
            return
        frame[name] = state.variables.get(name)
        old = state.variable(name)
        event = Event("local", None, self.place(line), old.history)
        inherits = self.dialect.name in {"sh", "ash"}
        if inherits:
            state.put(name, replace(old, history=event))
        else:
            state.put(name, Variable(None, False, event, False))

    # Assignments as they are written.

    def put_assign(self, assign: list[Any], state: State, line: int) -> None:
        """Carry out `name=value` in any of its forms."""
        name, op, value, index = assign
        if value and is_array(value):
            if index is not None:
                self._put_slice(name, index, value[1], state, line)
                return
            self._put_array(name, op, value[1], state, line)
            return
        text = self.value_of(value or [], state, line)
        if index is not None:
            self._put_element(name, op, index, text, state, line)
        elif self.dialect.name == "zsh" and state.options.get("ksharrays", False) is not False:
            self._put_first(name, op, text, state, line)
        elif op == "+=":
            self.append(name, text, state, line)
        else:
            self.assign(name, text, state, line)

    def _put_first(self, name: str, op: str, text: Text, state: State, line: int) -> None:
        """Assign where `ksharrays` is or may be on: of a list it changes the first element."""
        items = self._plain(name, state, line, whole_list=True)[0]
        if not isinstance(items, tuple):
            change = self.append if op == "+=" else self.assign
            change(name, text, state, line)
        elif state.options.get("ksharrays") is True and not isinstance(
            state.variable(name).value, dict
        ):
            first = concat((items[0], text)) if op == "+=" and items else text
            self.assign_list(name, (first, *items[1:]), state, line)
        else:
            hole = Hole("unsupported", "a text where a list was", self.place(line))
            state.taint(self.tied(name, state) or name, hole)

    def _put_slice(
        self, name: str, index: list[Any], elements: list[Any], state: State, line: int
    ) -> None:
        """Carry out zsh's `name[index]=(...)`: an element becomes several, or none."""
        items = self._plain(name, state, line)[0]
        given, doubt = self.fields([word for _, word in elements], state, line)
        key = self.index_text(index, state, line, is_key=False)
        number = self.number(key, state, line) if isinstance(key, str) and "," not in key else None
        known = isinstance(items, tuple) and doubt is None and self.dialect.name == "zsh"
        at = number - 1 if isinstance(number, int) and number > 0 else number
        plain = state.options.get("ksharrays") is not True
        if isinstance(items, tuple) and known and plain and isinstance(at, int):
            at += len(items) if at < 0 else 0
            if 0 <= at < len(items):
                self.assign_list(name, (*items[:at], *given, *items[at + 1 :]), state, line)
                return
        hole = Hole("unsupported", f"a part of `{name}` is set", self.place(line))
        state.taint(self.tied(name, state) or name, hole)

    def _put_array(self, name: str, op: str, elements: list[Any], state: State, line: int) -> None:
        if any(index is not None for index, _ in elements):
            self._put_indexed(name, op, elements, state, line)
            return
        items, doubt = self.fields([word for _, word in elements], state, line)
        if doubt is not None:
            known = self.tied(name, state)
            if known is None:
                state.taint(name, doubt)
                return
            items = [*items, unknown_as(doubt)]
        if "associative" in state.variable(name).kinds:
            pairs = dict(zip(items[::2], items[1::2], strict=False))
            event = Event("set", None, self.place(line), state.variable(name).history)
            kinds = state.variable(name).kinds
            state.put(name, Variable(pairs, False, event, True, kinds))  # type: ignore[arg-type]
            return
        change = self.append_list if op == "+=" else self.assign_list
        change(name, tuple(items), state, line)

    def _put_indexed(
        self, name: str, op: str, elements: list[Any], state: State, line: int
    ) -> None:
        """Carry out `name=([key]=value ..)`; arrays with gaps are not reckoned."""
        old = state.variable(name)
        is_table = "associative" in old.kinds
        hole = Hole("unsupported", f"the indices of `{name}`", self.place(line))
        table: dict[str, Text] = {}
        for index, word in elements:
            key = self.index_text(index or [], state, line, is_key=is_table)
            if isinstance(key, Mixed) or index is None:
                state.taint(name, hole)
                return
            number = None if is_table else self.number(key, state, line)
            if isinstance(number, Hole):
                state.taint(name, hole)
                return
            table[key if number is None else str(number)] = self.text(word, state, line)
        if is_table and op == "+=" and isinstance(old.value, dict) and old.is_set:
            table, op = old.value | table, "="
        if is_table and op == "=":
            event = Event("set", None, self.place(line), old.history)
            state.put(name, Variable(table, False, event, True, old.kinds))
            return
        first = 1 if self.dialect.name == "zsh" else 0
        indices = [str(number) for number in range(first, first + len(table))]
        if is_table or self.dialect.name == "ksh" or op != "=" or sorted(table) != sorted(indices):
            state.taint(name, hole)
            return
        self.assign_list(name, tuple(table[index] for index in indices), state, line)

    def _put_element(  # noqa: PLR0913, PLR0917 - the parts of `name[index]=value`
        self, name: str, op: str, index: list[Any], text: Text, state: State, line: int
    ) -> None:
        hole = Hole("unsupported", f"an element of `{name}` is set", self.place(line))
        target = self.tied(name, state) or name
        old = state.variable(name)
        key = self.index_text(index, state, line, is_key="associative" in old.kinds)
        if target == name and isinstance(key, str) and "associative" in old.kinds:
            table = dict(old.value) if isinstance(old.value, dict) else {}
            table[key] = text if op == "=" else concat((table.get(key, ""), text))
            event = Event("set", None, self.place(line), old.history)
            state.put(name, Variable(table, False, event, True, old.kinds))
            return
        if state.options.get("ksharrays") is True:
            state.taint(target, hole)
            return
        items: Any = old.value if target == name else self._plain(name, state, line)[0]
        if isinstance(items, (Mixed, dict)) or old.is_set is None:
            state.taint(target, hole)
            return
        if not isinstance(items, tuple):
            items = () if items is None else (items,)
        if self.dialect.name == "zsh" and key == "1,0":
            self.assign_list(name, (text, *items), state, line)
            return
        number = self.number(key, state, line) if isinstance(key, str) else hole
        if isinstance(number, Hole):
            state.taint(target, hole)
            return
        at = number - 1 if self.dialect.name == "zsh" else number
        if not 0 <= at <= len(items) or op == "+=":
            state.taint(target, hole)
            return
        self.assign_list(name, (*items[:at], text, *items[at + 1 :]), state, line)


def _certain(variable: Variable) -> Text:
    """Give a variable's text to add to; one that may not be set stays a hole."""
    return variable.scalar() or ""


def _kind(old: Variable, value: Text) -> str:
    """Say whether a new value only adds to the old one."""
    before = old.scalar()
    if not before or before == value:
        return "set"
    if isinstance(before, str) and isinstance(value, str):
        if value.endswith(":" + before):
            return "prepend"
        return "append" if value.startswith(before + ":") else "set"
    if isinstance(before, str) or isinstance(value, str) or hole_in(before) is None:
        return "set"
    size = len(before.atoms)
    if len(value.atoms) >= size and value.atoms[-size:] == before.atoms:
        return "prepend"
    return "append" if value.atoms[:size] == before.atoms else "set"


def _joined(items: tuple[Text, ...]) -> Text:
    parts: list[Text] = []
    for number, item in enumerate(items):
        parts += [":"] if number else []
        parts.append(item)
    return concat(parts)


def _shown(items: tuple[Text, ...]) -> Text:
    parts: list[Text] = []
    for number, item in enumerate(items):
        parts += [" "] if number else []
        parts.append(item)
    return concat(parts)


def _once(value: Text) -> Text:
    """Give a list with each entry where it stands first; two holes may be the same entry."""
    entries = split_text(value, ":")
    if any(isinstance(entry, Mixed) for entry in entries):
        known: list[Text] = []
        for entry in entries:
            if isinstance(entry, Mixed) or entry not in known:
                known.append(entry)
        return _joined(tuple(known))
    return _joined(tuple(dict.fromkeys(entries)))


__all__ = ["TIED", "Variables"]
