"""Words of fish: substitutions, then variables, braces, the home folder and globs."""

from __future__ import annotations

from engine.model.facts import Absent, Redacted
from engine.precedence.fish.braces import MOST_WORDS, Piece, expand_braces
from engine.precedence.fish.globs import Aborted
from engine.precedence.fish.indices import positions
from engine.precedence.fish.lists import NotKnown, is_path, join_items, known, lines_of
from engine.precedence.fish.made_up import MadeUp
from engine.precedence.fish.patterns import matches_glob
from engine.precedence.outcomes import merged, printed
from engine.precedence.state import State
from engine.precedence.values import Hole, Mixed, concat, text_of, unknown, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.fish.lists import Items
    from engine.precedence.values import Text

_MADE_UP = frozenset(("status", "pipestatus", "argv", "history", "fish_pid", "hostname", "umask"))


class Words(MadeUp):
    """Expands words."""

    abort_doubt: Hole | None = None
    """Why it is not known whether a command that is substituted is there."""
    is_broken = False
    """Whether the last command could not be run at all."""
    substitutions = 0
    """How many command substitutions are under way."""

    # The pieces of the shared part.

    def text(self, word: list[Any], state: State, line: int) -> Text:
        """Give a word as one text, without splitting."""
        items, doubt = self.fields([word], state, line)
        if doubt is not None and len(items) != 1:
            return unknown_as(doubt)
        return join_items(items, " ")

    def fields(self, words: list[Any], state: State, line: int) -> Items:
        """Give the words after expansion, and why their number is not known."""
        items: list[Text] = []
        doubt: Hole | None = None
        for word in words:
            more, why = self.expand(word, state, line)
            items += more
            doubt = doubt or why
        return items, doubt

    def expand(
        self, word: list[Any], state: State, line: int, *, keeps_globs: bool = False
    ) -> Items:
        """Give all that one word stands for."""
        simple = word[0] if len(word) == 1 else None
        if isinstance(simple, str) and not set(simple) & set("{~*?"):
            return [simple], None
        doubts: list[Hole] = []
        found: list[Text] = []
        for substituted in self._substituted(word, state, line, doubts):
            for row in self._with_variables(substituted, state, line, doubts):
                for pieces in expand_braces(row):
                    more, why = self._finished(pieces, state, keeps_globs=keeps_globs)
                    found += more
                    if why is not None:
                        doubts.append(why)
        return found, doubts[0] if doubts else None

    def _finished(self, pieces: list[Piece], state: State, *, keeps_globs: bool) -> Items:
        pieces, why = self._at_home(pieces, state)
        if keeps_globs or not any(
            p.raw and isinstance(p.text, str) and set(p.text) & set("*?") for p in pieces
        ):
            return [concat(piece.text for piece in pieces)], why
        found, doubt = self.glob(pieces, state)
        return found, why or doubt

    # Substitutions: the first varies slowest.

    def _substituted(
        self, word: list[Any], state: State, line: int, doubts: list[Hole]
    ) -> list[list[Any]]:
        rows: list[list[Any]] = [[]]
        for part in word:
            if isinstance(part, list) and part[0] == "cmd":
                output = self.substitute(part[1], state, line)
                items, why = lines_of(output, self.single)
                items, why = self._indexed(items, why, part[2:], state, line)
                if why is not None:
                    doubts.append(why)
                rows = [[*row, Piece(item)] for row in rows for item in items]
                self._bounded(rows)
            else:
                rows = [[*row, part] for row in rows]
        return rows

    def substitute(self, script: list[Any], state: State, line: int) -> Text:
        """Run a command substitution, in this very shell, and give what it prints."""
        before, given = state.output, state.input
        outer, self.abort_doubt = self.abort_doubt, None
        state.output = ()
        self.is_broken = False
        self.substitutions += 1
        try:
            with self.scope() as scope:
                outcomes = self.leave(scope, self.checking(script, state))
        finally:
            self.substitutions -= 1
        leaves = set(outcomes) - {"next", "return"}
        after = merged(outcomes)
        output = printed(after)
        self.adopt(state, after)
        state.output, state.input = before, given
        self.line = line
        self.abort_doubt = outer or self.abort_doubt
        if leaves:
            # `exit` in a substitution leaves the file as well.
            if len(outcomes) > 1:
                self.abort_doubt = self.abort_doubt or state.doubt
            else:
                raise Aborted(next(iter(leaves)), state.status)
        if self.is_broken:
            # fish runs no command with the output of one that is not there, or has no matches.
            if not isinstance(state.status, Hole):
                raise Aborted("next", state.status)
            self.abort_doubt = self.abort_doubt or state.status
        self.is_broken = False
        return output

    @staticmethod
    def adopt(state: State, after: State) -> None:
        """Let a state be another in place."""
        if after is not state:
            for slot in State.__slots__:
                setattr(state, slot, getattr(after, slot))

    # Variables: the last varies slowest.

    def _with_variables(
        self, parts: list[Any], state: State, line: int, doubts: list[Hole]
    ) -> list[list[Piece]]:
        rows: list[list[Piece]] = [[]]
        for part in parts:
            choices = self._choices(part, state, line, doubts)
            rows = [[*row, choice] for choice in choices for row in rows]
            self._bounded(rows)
        return rows

    def _choices(self, part: Any, state: State, line: int, doubts: list[Hole]) -> list[Piece]:
        if isinstance(part, Piece):
            return [part]
        if isinstance(part, str):
            return [Piece(part, raw=True)]
        if isinstance(part, Redacted):
            return [Piece(text_of(part))]
        if part[0] == "q":
            return [Piece(text_of(part[1]))]
        if part[0] == "dq":
            return [Piece(concat(self._quoted(inner, state, line) for inner in part[1]))]
        items, why = self._variable(part, state, line)
        if why is not None:
            doubts.append(why)
        return [Piece(item, variable=True) for item in items]

    def _quoted(self, part: Any, state: State, line: int) -> Text:
        """Give what a part of a quotation becomes: always one text."""
        if isinstance(part, (str, Redacted)):
            return text_of(part)
        if part[0] == "q":
            return text_of(part[1])
        if part[0] == "cmd":
            output = self.substitute(part[1], state, line)
            if len(part) > 2:  # noqa: PLR2004 - it has an index
                items, why = lines_of(output, self.single)
                items, why = self._indexed(items, why, part[2:], state, line)
                return unknown_as(why) if why is not None else join_items(items, " ")
            return _without_newlines(output)
        items, why = self._variable(part, state, line)
        separator = ":" if self._joins_by_colon(part, state) else " "
        if why is not None and not items:
            return unknown_as(why)
        return join_items(items, separator)

    def _joins_by_colon(self, part: list[Any], state: State) -> bool:
        if part[0] != "var" or part[1] in _MADE_UP:
            return False
        return is_path(part[1], self.find(part[1], state)[1].kinds)

    def _variable(self, part: list[Any], state: State, line: int) -> Items:
        """Give the elements of `$name[..]` or `$$name`."""
        if part[0] == "var":
            items, why = self.items(part[1], state)
            return self._indexed(items, why, part[2:], state, line)
        more = part[2] if part[0] == "param" else {"unknown": part[0]}
        if "nested" not in more:
            hole = Hole("unsupported", f"`{more.get('unknown', '')}`", self.place(line))
            return [unknown_as(hole)], hole
        names, why = self._variable(more["nested"], state, line)
        if why is not None:
            return [unknown_as(why)], why
        found: list[Text] = []
        for name in names:
            items, doubt = self.items(known(name), state)
            index = [more["indices"]] if "indices" in more else []
            items, doubt = self._indexed(items, doubt, index, state, line)
            if doubt is not None:
                return [unknown_as(doubt)], doubt
            found += items
        return found, None

    def _indexed(
        self, items: list[Text], why: Hole | None, index: list[Any], state: State, line: int
    ) -> Items:
        if not index:
            return items, why
        texts: list[str] = []
        for text in index[0]:
            if isinstance(text, str):
                texts.append(text)
                continue
            more, doubt = self.expand(text, state, line)
            if doubt is not None:
                return [unknown_as(doubt)], doubt
            texts += [known(item) for item in more]
        if not texts:
            raise NotKnown(Hole("unsupported", "an index that is empty"))
        if why is not None:
            return self._indexed_unsurely(items, why, texts)
        return [items[place - 1] for place in positions(texts, len(items))], None

    @staticmethod
    def _indexed_unsurely(items: list[Text], why: Hole, texts: list[str]) -> Items:
        """Give the elements before a hole, which are where they are whatever it holds."""
        sure = next((n for n, item in enumerate(items) if isinstance(item, Mixed)), len(items))
        if len(texts) == 1 and texts[0].isdigit() and 1 <= int(texts[0]) <= sure:
            return [items[int(texts[0]) - 1]], None
        return [unknown_as(why)], why

    @staticmethod
    def _bounded(rows: list[Any]) -> None:
        if len(rows) > MOST_WORDS:
            raise NotKnown(Hole("too_large", f"a word that makes more than {MOST_WORDS}"))

    # The home folder.

    def _at_home(self, pieces: list[Piece], state: State) -> tuple[list[Piece], Hole | None]:
        first = pieces[0] if pieces else None
        if first is None or not first.raw or not isinstance(first.text, str):
            return pieces, None
        if not first.text.startswith("~"):
            return pieces, None
        name, slash, rest = first.text[1:].partition("/")
        if not slash and len(pieces) > 1:
            return pieces, Hole("unsupported", "`~` with a name that is computed")
        home = self._home(name, state)
        if home is None:
            return pieces, None
        return [Piece(home), Piece(slash + rest, raw=True), *pieces[1:]], None

    def _home(self, name: str, state: State) -> Text | None:
        if not name:
            items, _ = self.items("HOME", state)
            return (
                items[0] if items else unknown("opaque", "HOME is not set", self.place(self.line))
            )
        if not name.replace("-", "").replace("_", "").isalnum():
            return None
        home = self.world.fact("users", name, "home")
        if isinstance(home, Absent):
            return None if home.certain else unknown(home.cause, home.detail, self.place(self.line))
        return str(home)

    def matches(self, text: Text, pattern: list[Any], state: State, line: int) -> bool | Hole:
        """Say whether a text matches one of what a pattern word stands for."""
        found: bool | Hole = False
        wanted, doubt = self.expand(pattern, state, line, keeps_globs=True)
        for item in wanted:
            if isinstance(item, Mixed):
                doubt = doubt or why_not(item)
            elif isinstance(text, Mixed):
                if item == "*":
                    return True
                doubt = doubt or why_not(text)
            elif matches_glob(item, text):
                return True
        return doubt if doubt is not None else found


def _without_newlines(text: Text) -> Text:
    if isinstance(text, str):
        return text.rstrip("\n")
    last = text.atoms[-1]
    if isinstance(last, str):
        return concat((Mixed(text.atoms[:-1]), last.rstrip("\n")))
    return text
