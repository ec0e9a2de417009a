"""`export`, `typeset` and their like, `set`, `shopt`, `setopt`, `unset`, `alias`."""

from __future__ import annotations

from engine.model.record import replace
from engine.precedence.outcomes import Doubt
from engine.precedence.shapes import is_array
from engine.precedence.shell.optioning import Optioning
from engine.precedence.shell.patterns import compile_pattern
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.state import Event, Variable
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    join_atoms,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

_KINDS = {"i": "integer", "l": "lower", "u": "upper", "r": "readonly", "A": "associative"}


_LETTERS = {
    ("bash", "export"): "-fnp",
    ("bash", "readonly"): "-aAfp",
    ("bash", "declare"): "-aAfFgiIlnrtuxp",
    ("bash", "typeset"): "-aAfFgiIlnrtuxp",
    ("bash", "local"): "-aAfFgiIlnrtuxp",
    ("zsh", "export"): "-aAgiEFlLprRtTuUxZ0123456789",
    ("sh", "export"): "-p",
    ("ash", "export"): "-pn",
    ("ksh", "export"): "-p",
    ("mksh", "export"): "-p",
    ("sh", "readonly"): "-p",
}
"""The options that declarations have where that is known."""


class Declaring(Optioning):
    """Changes names and options."""

    def declare(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `export`, `readonly`, `typeset`, `declare`, `local`."""
        _, line, variant, arguments = statement
        unknown = {"sh": {"typeset", "declare"}, "ksh": {"local", "declare"}}
        unknown["ash"] = unknown["sh"]
        if variant in unknown.get(self.dialect.name, ()):
            state.status = 127
            return {"next": state}
        letters, off, targets = self._read_arguments(variant, arguments, state, line)
        if self.dialect.name != "ksh":
            state.status = 0
        odd = set(letters) - set(_LETTERS.get((self.dialect.name, variant), letters))
        if odd:
            return self._refused(odd, state, line)
        if set(letters) & set("fFp") or not targets:
            if state.output is not None:
                hole = Hole("unsupported", f"what `{variant}` prints", self.place(line))
                state.output = (*state.output, unknown_as(hole))
            return {"next": state}
        if variant == "nameref" or ("n" in letters and variant != "export"):
            letters = letters.replace("n", "") + "\0"
        if "T" in letters and self.dialect.name == "zsh":
            names = [t[0] if isinstance(t, list) else t for t in targets]
            exported = variant == "export" or "x" in letters
            self.tie(names, state, line, exported=exported)
        for target in targets:
            self._declare_one(variant, letters, off, target, state, line)
        if self.dialect.name == "ksh":
            state.status = 0  # each value there is expanded when its turn comes, `$?` too
        return {"next": state}

    def _refused(self, odd: set[str], state: State, line: int) -> Outcomes:
        """Fold a declaration with options that the shell does not have."""
        if self.dialect.name in {"bash", "zsh"}:
            state.status = 2 if self.dialect.name == "bash" else 1
            return {"next": state}
        detail = f"the option `{min(odd)}` of a declaration"
        raise Doubt(Hole("unsupported", detail, self.place(line)))

    def _read_arguments(
        self, variant: str, arguments: list[Any], state: State, line: int
    ) -> tuple[str, str, list[Any]]:
        """Give the letters of options with `-` and with `+`, and what is declared."""
        letters, off = "", ""
        targets: list[Any] = []
        for argument in arguments:
            if _is_assign(argument) and not self._has_braces(argument):
                targets.append(self._expanded(argument, state, line))
                continue
            if _is_assign(argument):
                # bash makes several words of `A=x{1,2}` before it looks for names.
                argument = [argument[0] + argument[1], *argument[2]]  # noqa: PLW2901
            fields, doubt = self.fields([argument], state, line)
            if doubt is not None and not (len(fields) == 1 and _named(fields[0])):
                self._anything(variant, doubt, state, line)
                continue
            for field in fields:
                if isinstance(field, str) and field[:1] in {"-", "+"} and not targets:
                    letters += field[1:] if field[0] == "-" else ""
                    off += field[1:] if field[0] == "+" else ""
                else:
                    targets.append(field)
        return letters, off, targets

    def _has_braces(self, argument: list[Any]) -> bool:
        parts = argument[2] or []
        plain = parts and not is_array(parts) and argument[3] is None
        return bool(
            plain
            and self.dialect.name == "bash"
            and any(isinstance(part, str) and "{" in part for part in parts)
        )

    def _expanded(self, argument: list[Any], state: State, line: int) -> list[Any]:
        """Give an assignment with its value expanded: all are, before any is carried out."""
        name, op, value, index = argument
        if not value or is_array(value) or self.dialect.name == "ksh":
            return argument
        return [name, op, [["value", self.value_of(value, state, line)]], index]

    def _anything(self, variant: str, doubt: Hole, state: State, line: int) -> None:
        """Let all that `export $(...)` may name be unknown: variables, nothing else."""
        hole = Hole(doubt.cause, f"`{variant}` of names that are not known", self.place(line))
        for name in list(state.variables):
            state.taint(name, hole)
        state.hole = hole
        state.status = hole

    def _declare_one(  # noqa: PLR0913, PLR0917 - what a declaration says
        self, variant: str, letters: str, off: str, target: Any, state: State, line: int
    ) -> None:
        named = (target[0], None) if isinstance(target, list) else _named(target)
        if named is None:
            hole = why_not(target) if isinstance(target, Mixed) else Hole("opaque", "a name")
            self._anything(variant, hole, state, line)
            return
        name = named[0].removesuffix("+")
        if not name.replace("_", "a").isalnum() or name[:1].isdigit():
            if self.dialect.name != "bash":
                raise Doubt(Hole("opaque", f"`{name}` is no name", self.place(line)))
            state.status = 1
            return
        if self._is_local(variant, letters, state):
            if self.dialect.name == "ksh":
                # It is a local of `function f`, but no local of `f()`: unknown once the call ends.
                state.taint(name, Hole("unsupported", "`typeset` in a ksh function"))
                state.frames[-1][name] = state.variables[name]
                return
            self.local(name, state, line)
        self._mark(name, variant, letters, off, state)
        if "\0" in letters:
            self._refer(name, target, named[1], state, line)
            return
        has_value = self._give(target, named[0], named[1], state, line)
        self._publish(name, variant, letters, off, state, line)
        if not has_value and "x" not in letters and variant != "export":
            self._declare_without_value(name, state)
        if variant == "readonly" or "r" in letters:
            self._freeze(name, state)

    def _give(self, target: Any, name: str, value: Text | None, state: State, line: int) -> bool:
        """Give a declared name its value, if it has one here."""
        if isinstance(target, list):
            if target[2] is None:
                return False
            self.put_assign(target, state, line)
        elif value is None:
            return False
        elif name.endswith("+"):
            self.append(name[:-1], value, state, line)
        else:
            self.assign(name, value, state, line)
        return True

    def _refer(self, name: str, target: Any, value: Text | None, state: State, line: int) -> None:
        """Let a reference and what it refers to be unknown: setting one sets the other."""
        hole = Hole("unsupported", "a reference to another name", self.place(line))
        if isinstance(target, list) and target[2]:
            value = self.text(target[2], state, line)
        if isinstance(value, str):
            state.taint(value, hole)
        else:
            state.taint_everything(hole)
        state.taint(name, hole)

    def _publish(  # noqa: PLR0913, PLR0917 - what a declaration says
        self, name: str, variant: str, letters: str, off: str, state: State, line: int
    ) -> None:
        """Let children see a declared name, or not."""
        if variant == "export":
            self.export(name, state, line, exported="n" not in letters)
        elif "x" in letters:
            self.export(name, state, line)
        elif "x" in off:
            self.export(name, state, line, exported=False)

    def _is_local(self, variant: str, letters: str, state: State) -> bool:
        if variant == "local":
            return True
        if not state.frames or variant in {"export", "readonly", "global"}:
            return False
        if self.dialect.name == "zsh" and "x" in letters:
            return False  # GLOBAL_EXPORT
        return "g" not in letters

    def _mark(self, name: str, variant: str, letters: str, off: str, state: State) -> None:
        kinds = {kind for letter, kind in _KINDS.items() if letter in letters and letter != "r"}
        if variant == "integer":
            kinds.add("integer")
        if "U" in letters and self.dialect.name == "zsh":
            state.options[f"unique:{name}"] = True
            self._dedupe(name, state)
        if self.dialect.name == "zsh" and "T" in letters:
            return
        removed = {kind for letter, kind in _KINDS.items() if letter in off}
        if kinds or removed:
            old = state.variable(name)
            state.put(name, replace(old, kinds=(old.kinds | kinds) - removed))

    def _dedupe(self, name: str, state: State) -> None:
        tied = self.tied(name, state)
        variable = state.variable(tied or name)
        value = variable.scalar()
        if isinstance(value, str) and ":" in value and (tied or name.isupper()):
            kept = ":".join(dict.fromkeys(value.split(":")))
            if kept != value:
                self.assign(tied or name, kept, state, self.line)

    def _declare_without_value(self, name: str, state: State) -> None:
        """A zsh parameter that is declared is set, to nothing."""
        if self.dialect.name != "zsh" or self.tied(name, state) is not None:
            return
        old = state.variable(name)
        if old.is_set is False:
            state.put(name, Variable("", old.exported, old.history, True, old.kinds))

    @staticmethod
    def _freeze(name: str, state: State) -> None:
        old = state.variable(name)
        state.put(name, replace(old, kinds=old.kinds | {"readonly"}))

    # Other builtins that change names and options.

    def unset_names(self, arguments: list[Text], state: State, line: int) -> None:
        """Fold `unset`."""
        state.status = 0
        functions = variables = by_pattern = False
        for argument in arguments:
            if isinstance(argument, Mixed):
                hole = Hole("opaque", "`unset` of a name that is not known", self.place(line))
                for name in list(state.variables):
                    state.taint(name, hole)
                continue
            if argument.startswith("-") and len(argument) > 1:
                functions = functions or "f" in argument
                variables = variables or "v" in argument
                by_pattern = by_pattern or ("m" in argument and self.dialect.name == "zsh")
                continue
            if by_pattern:
                state.status = Hole("unsupported", "`unset -m`", self.place(line))
                self._unset_matching(argument, state, line)
                continue
            name, bracket, _ = argument.partition("[")
            if bracket:
                state.taint(self.tied(name, state) or name, Hole("unsupported", "`unset x[1]`"))
            elif functions:
                self._forget(state.functions, name, state)
            elif not variables and state.variable(name).is_set is False and name in state.functions:
                if self.dialect.name in {"bash", "ksh", "mksh"}:
                    self._forget(state.functions, name, state)
            else:
                self.remove(name, state, line)

    def _unset_matching(self, pattern: str, state: State, line: int) -> None:
        """Let all that `unset -m` may remove be unknown, exceptions from the pattern too."""
        hole = Hole("unsupported", "`unset -m`", self.place(line))
        wanted = compile_pattern(
            [(pattern.partition("~")[0], False)], extended=False, dialect="zsh"
        )
        for name in list(state.variables):
            try:
                if wanted.matches(name):
                    state.taint(name, hole)
            except Unsupported:
                state.taint(name, hole)

    @staticmethod
    def _forget(table: dict[str, Any], name: str, state: State) -> None:
        state.status = 0 if table.pop(name, None) is not None else 1

    def define_aliases(self, arguments: list[Text], state: State, line: int) -> None:
        """Fold `alias`."""
        state.status = 0
        for argument in arguments:
            if isinstance(argument, str) and argument.startswith(("-", "+")):
                if argument[1:] in {"g", "s", "gs"} and self.dialect.name == "zsh":
                    return
                continue
            named = _named(argument)
            if named is None:
                if isinstance(argument, Mixed):
                    state.names_hole = why_not(argument)
                elif argument not in state.aliases:
                    state.status = 1
                continue
            name, value = named
            known = state.aliases.get(name)
            if isinstance(known, tuple) and known[0] == value:
                continue  # it was in force before this line, and stays so
            state.aliases[name] = (value, self.place(line))

    def remove_aliases(self, arguments: list[Text], state: State) -> None:
        """Fold `unalias`."""
        state.status = 0
        for argument in arguments:
            if argument == "-a":
                state.aliases = {}
            elif isinstance(argument, Mixed):
                hole = why_not(argument)
                state.aliases = dict.fromkeys(state.aliases, hole)
            elif not argument.startswith("-"):
                self._forget(state.aliases, argument, state)

    def tie(
        self, arguments: list[Text], state: State, line: int, *, exported: bool = False
    ) -> None:
        """Tie an array to a variable, as zsh's `typeset -T SCALAR array` does."""
        names = [a.partition("=")[0] for a in arguments if isinstance(a, str)]
        if len(names) < 2:  # noqa: PLR2004
            return
        scalar, array = names[:2]
        if len(names) > 2 and names[2] != ":":  # noqa: PLR2004
            hole = Hole("unsupported", "a list with a separator of its own", self.place(line))
            for name in (scalar, array):
                state.taint(name, hole)
            state.tied = {**state.tied, array: f"{scalar} "}
            return
        state.tied = {**state.tied, array: scalar}
        if state.variable(scalar).is_set is False and not exported:
            old = state.variable(scalar)
            event = Event("set", "", self.place(line), old.history)
            state.put(scalar, Variable("", old.exported, event, True, old.kinds))


def _is_assign(argument: list[Any]) -> bool:
    return (
        len(argument) == 4  # noqa: PLR2004
        and isinstance(argument[0], str)
        and isinstance(argument[1], str)
        and argument[1] in {"=", "+="}
    )


def _named(text: Text) -> tuple[str, Text | None] | None:
    """Give name and value of `name=value` (value None: only a name); None if it names nothing."""
    if isinstance(text, str):
        name, equals, value = text.partition("=")
        return name, value if equals else None
    first = text.atoms[0]
    if isinstance(first, str) and "=" in first:
        name, _, start = first.partition("=")
        return name, concat((start, join_atoms(text.atoms[1:])))
    return None
