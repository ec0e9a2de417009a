"""The builtin `set` in all its spellings."""

from __future__ import annotations

import re

from engine.model.record import record
from engine.precedence.fish.indices import positions, wanted
from engine.precedence.fish.lists import NotKnown, is_path, items_of, known, sure
from engine.precedence.fish.scopes import UNIVERSAL
from engine.precedence.fish.words import Words
from engine.precedence.values import Hole, Mixed, is_empty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.fish.lists import Items
    from engine.precedence.state import State
    from engine.precedence.values import Text

_LONG = {
    "append": "a", "prepend": "p", "export": "x", "unexport": "u", "global": "g", "local": "l",
    "function": "f", "universal": "U", "erase": "e", "query": "q", "names": "n", "show": "S",
    "long": "L", "path": "path", "unpath": "unpath", "help": "h", "no-event": "",
}  # fmt: skip
_SCOPES = {"l": "local", "f": "function", "g": "global", "U": "universal"}
_TARGET = re.compile(r"(\w+)(?:\[(.*)\])?", re.DOTALL)
_READ_ONLY = frozenset(
    ("status", "PWD", "SHLVL", "_", "fish_pid", "history", "hostname", "pipestatus", "version",
     "FISH_VERSION")
)  # fmt: skip
INVALID, FAILED, NOT_FOUND = 2, 1, 4


@record
class Options:
    """The options of one `set`."""

    letters: frozenset[str]
    rest: tuple[Text, ...]

    @property
    def scope(self) -> str | None:
        """The scope that is named."""
        return next((_SCOPES[letter] for letter in "lfgU" if letter in self.letters), None)

    @property
    def exported(self) -> bool | None:
        """What becomes of the export; None where nothing is said."""
        return True if "x" in self.letters else False if "u" in self.letters else None

    @property
    def path(self) -> bool | None:
        """What becomes of the colons; None where nothing is said."""
        return True if "path" in self.letters else False if "unpath" in self.letters else None


def read_options(arguments: list[Text]) -> Options | None:
    """Give the options of `set`, or None if there is one it does not have."""
    letters: set[str] = set()
    for number, argument in enumerate(arguments):
        if isinstance(argument, Mixed):
            if not isinstance(argument.atoms[0], str) or argument.atoms[0].startswith("-"):
                raise NotKnown(Hole("opaque", "an option of `set` is not known"))
            return Options(frozenset(letters), tuple(arguments[number:]))
        if argument == "--":
            return Options(frozenset(letters), tuple(arguments[number + 1 :]))
        if argument.startswith("--"):
            close = [name for name in _LONG if name.startswith(argument[2:])]
            name = argument[2:] if argument[2:] in _LONG else close[0] if len(close) == 1 else None
            if name is None:
                return None
            letters.add(_LONG[name])
        elif argument.startswith("-") and argument != "-":
            if set(argument[1:]) - set("apxuglfUeqnSLh"):
                return None
            letters |= set(argument[1:])
        else:
            return Options(frozenset(letters), tuple(arguments[number:]))
    return Options(frozenset(letters), ())


class Setting(Words):
    """Runs `set`."""

    def run_set(
        self, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> int | Hole | None:
        """Run `set` and give its status; None where it leaves that alone."""
        options = read_options(arguments)
        if options is None or {"x", "u"} <= options.letters:
            return INVALID
        letters = options.letters
        if "q" in letters:
            return self._query(options, doubt, state)
        if "e" in letters:
            return self._erase(options, doubt, state, line)
        if letters & set("nSLh") or not options.rest:
            if doubt is not None and not letters & set("nSLh"):
                raise NotKnown(doubt)
            self.say_unknown(state, "a list of variables")
            return 0
        return self._set(options, doubt, state, line)

    def say_unknown(self, state: State, what: str) -> None:
        """Print what is not known."""
        raise NotImplementedError

    def _set(self, options: Options, doubt: Hole | None, state: State, line: int) -> int | None:
        target, *values = options.rest
        match = self._target(target)
        if match is None:
            return INVALID
        name = match[1]
        if name in _READ_ONLY:
            return FAILED
        key = self.key_for(name, state, options.scope)
        if options.scope is None:
            key = self._surely(key, name, state)
        if name == "argv" and key == "argv":
            key = self.key_for(name, state, "function")
        try:
            items, why = self._new_items(key, name, match[2], values, options, state)
        except NotKnown as error:
            self.write(
                key, [], state, line, doubt=error.hole, exported=options.exported,
                path=options.path, op="unknown",
            )  # fmt: skip
            return None
        if items is None:
            return INVALID
        self.write(
            key, items, state, line, doubt=doubt or why, exported=options.exported,
            path=options.path,
        )  # fmt: skip
        return None

    def _target(self, target: Text) -> re.Match[str] | None:
        """Take `NAME[index]` apart; what follows the bracket is something fish is lax about."""
        text = known(target)
        match = _TARGET.fullmatch(text)
        if match is None and "[" in text:
            raise NotKnown(self.hole("unsupported", f"`set {text}`"))
        return match

    def _surely(self, key: str, name: str, state: State) -> str:
        """Give a key to set where it is not known whether a global of this name exists.

        If none does, a function makes a local; what is seen until it ends is the same.
        """
        variable = state.variable(key)
        own = self.local_key(name, None)
        if variable.is_set is None and "@" in key and not key.endswith(UNIVERSAL):
            self.taint_behind(key, name, state, self._doubt(name, variable.value))
            return key
        if variable.is_set is not None or own == key or "@" in key:
            return key
        state.taint(key, self._doubt(name, variable.value))
        return own

    def _new_items(  # noqa: PLR0913, PLR0917 - what a `set` says
        self,
        key: str,
        name: str,
        index: str | None,
        values: list[Text],
        options: Options,
        state: State,
    ) -> tuple[list[Text] | None, Hole | None]:
        adds = options.letters & {"a", "p"}
        if index is None and not adds:
            return values, None
        variable = state.variable(key)
        old: Items
        if adds or name == "argv":
            # What is added to is what is seen, in whatever scope.
            old = self.items(name, state)
        else:
            old = items_of(name, variable) if variable.is_set is not False else ([], None)
        if variable.is_set is None:
            old = old[0], old[1] or self.hole("opaque", f"`{name}` may be set or not")
        if index is not None:
            if adds:
                raise NotKnown(self.hole("unsupported", "`set -a` with an index"))
            items = list(sure(old))
            places = wanted([index], len(items))
            if len(places) != len(values):
                return None, None
            for place, value in zip(places, values, strict=True):
                if place < 1:
                    return None, None
                items += [""] * (place - len(items))
                items[place - 1] = value
            return items, None
        first, last = (values if "p" in adds else []), (values if "a" in adds else [])
        return [*first, *old[0], *last], old[1]

    def _query(self, options: Options, doubt: Hole | None, state: State) -> int | Hole:
        if doubt is not None:
            return doubt
        missing = 0
        for target in options.rest:
            match = self._target(target)
            if match is None:
                missing += 1
                continue
            answer = self._is_set(match[1], match[2], options, state)
            if isinstance(answer, Hole):
                return answer
            missing += not answer
        return min(missing, 255)

    def _is_set(  # noqa: C901 - one question after the other
        self, name: str, index: str | None, options: Options, state: State
    ) -> bool | Hole:
        if options.scope is None and self.special(name, state) is not None:
            items, why = self.special(name, state) or ([], None)
            if index is None:
                return options.exported is None or name == "PWD"
            return why or bool(positions([index], len(items)))
        _, variable = self.find(name, state, options.scope)
        if variable.is_set is None:
            return self._doubt(name, variable.value)
        if not variable.is_set:
            return False
        if options.exported is not None:
            if variable.exported is None:
                return self._doubt(name, variable.value)
            if variable.exported is not options.exported:
                return False
        if options.path is not None and is_path(name, variable.kinds) is not options.path:
            return False
        if index is None:
            return True
        items, why = items_of(name, variable)
        if why is not None:
            first = items[0] if items else ""
            return True if index == "1" and is_empty(first) is False else why
        return len(positions([index], len(items))) == len(wanted([index], len(items)))

    def _doubt(self, name: str, value: object) -> Hole:
        if isinstance(value, Mixed):
            hole = next((atom for atom in value.atoms if isinstance(atom, Hole)), None)
            if hole is not None:
                return hole
        return self.hole("opaque", f"`{name}` may be set or not")

    def _erase(
        self, options: Options, doubt: Hole | None, state: State, line: int
    ) -> int | Hole | None:
        if doubt is not None:
            raise NotKnown(doubt)
        status: int | Hole = 0
        for target in options.rest:
            match = self._target(target)
            if match is None:
                return INVALID
            name = match[1]
            key, variable = self.find(name, state, options.scope)
            if variable.is_set is None:
                hole = self._doubt(name, variable.value)
                if match[2] is None and "@" not in key:
                    self.erase(key, state, line)
                    if state.variable(name + "@U").is_set is None:
                        status = hole
                else:
                    if "@" in key and options.scope is None and not key.endswith(UNIVERSAL):
                        self.taint_behind(key, name, state, hole)
                    state.taint(key, hole)
                status = hole
                continue
            if not variable.is_set:
                status = NOT_FOUND
                continue
            if match[2] is None:
                self.erase(key, state, line)
                continue
            items = sure(items_of(name, variable))
            gone = set(positions([match[2]], len(items)))
            kept = [item for number, item in enumerate(items, 1) if number not in gone]
            self.write(key, kept, state, line)
        return status
