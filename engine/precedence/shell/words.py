"""Expansion of words: tilde, parameters, command substitution, splitting, file names."""

from __future__ import annotations

from engine.precedence.outcomes import Doubt, Leave, NoMatch, merged, printed
from engine.precedence.shell.globs import expand_glob
from engine.precedence.shell.holed import matches_holed
from engine.precedence.shell.parameter import Parameters
from engine.precedence.shell.patterns import compile_pattern
from engine.precedence.shell.pieces import (
    BREAK,
    Break,
    Piece,
    expand_braces,
    has_glob,
    joined,
    literal_in_zsh,
    split_pieces,
    unsplit,
)
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    literals,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.state import Place, State
    from engine.precedence.values import Text


class Words(Parameters):
    """Expands words the way one dialect does."""

    extended_at: Place | None = None
    """Where `extglob` was turned on."""
    in_test = False
    """Whether the pattern of `[[` is expanded, which may always be an extended one."""

    # What the rest of folding asks.

    def text(self, word: list[Any], state: State, line: int) -> Text:
        """Give a word as one text: of an assignment's value, of `case`, of `[[`."""
        return joined(self.expand(word, state, line))

    def value_of(self, word: list[Any], state: State, line: int) -> Text:
        """Give the value of an assignment, in which a tilde may also follow a colon."""
        return joined(self.expand(word, state, line, tilde_after_colon=True))

    def fields(self, words: list[Any], state: State, line: int) -> tuple[list[Text], Hole | None]:
        """Give the fields that words become, and why their number is not known."""
        found: list[Text] = []
        doubt: Hole | None = None
        for written in words:
            try:
                _refuse_braces(written, state)
                for word in expand_braces(written, self.dialect.name):
                    fields, why = self._fields_of(word, state, line)
                    found += fields
                    doubt = doubt or why
            except Unsupported as error:
                hole = Hole("unsupported", error.detail, self.place(line))
                found.append(unknown_as(hole))
                doubt = doubt or hole
        return found, doubt

    def _fields_of(
        self, word: list[Any], state: State, line: int
    ) -> tuple[list[Text], Hole | None]:
        plain = len(word) == 1 and isinstance(word[0], str) and not _SPECIAL & set(word[0])
        if plain and (self.dialect.name != "zsh" or not word[0].startswith("=")):
            return [word[0]], None
        pieces = self.expand(word, state, line)
        if self.dialect.name == "zsh":
            self._refuse_options(pieces, state)
        if many := [p.text for p in pieces if isinstance(p, Piece) and p.many]:
            return [joined(pieces)], why_not(many[0])
        if self.splits(state) or any(isinstance(p, Piece) and p.command for p in pieces):
            kept = pieces if self.splits(state) else [_kept(piece) for piece in pieces]
            fields, doubt = split_pieces(kept, self.separators(state), self.dialect.name)
        else:
            fields, doubt = unsplit(pieces)
        found: list[Text] = []
        if self.dialect.name == "zsh":
            fields = literal_in_zsh(fields, pieces)
        for field in fields:
            if self._is_glob(field) and state.options.get("noglob") is not True:
                names, why = expand_glob(self, field, state, line)
                found += names
                doubt = doubt or why
            else:
                found.append(joined(field))
        return found, doubt

    @staticmethod
    def _refuse_options(pieces: list[Piece | Break], state: State) -> None:
        """Give up where an option of zsh changes what a word becomes in a way not reckoned."""
        if state.options.get("rcexpandparam", False) is not False and len(pieces) > 1:
            raise Unsupported("lists with `rcexpandparam`")
        if state.options.get("globsubst", False) is not False and any(
            isinstance(p, Piece)
            and p.expanded
            and not p.quoted
            and any(set(text) & _SPECIAL for text in literals(p.text))
            for p in pieces
        ):
            raise Unsupported("a pattern out of a parameter, with `globsubst`")

    def _is_glob(self, field: list[Piece]) -> bool:
        if has_glob(field):
            return True
        # `folder(N)` of zsh is a pattern for its qualifiers alone.
        last = field[-1] if field and self.dialect.name == "zsh" else None
        if last is None or last.quoted or last.expanded or not isinstance(last.text, str):
            return False
        return last.text.endswith(")") and "(" in last.text

    def splits(self, state: State) -> bool:
        """Say whether unquoted expansions are split."""
        return self.dialect.splits or state.options.get("shwordsplit") is True

    @staticmethod
    def separators(state: State) -> str:
        """Give IFS; one that is not known is taken for the default."""
        ifs = state.variable("IFS").scalar()
        return ifs if isinstance(ifs, str) else " \t\n"

    def matches(self, text: Text, pattern: list[Any], state: State, line: int) -> bool | Hole:
        """Say whether a text matches a pattern word."""
        pieces = self.pattern(pattern, state, line)
        if isinstance(pieces, Hole):
            return pieces
        if isinstance(text, Mixed):
            return matches_holed(text, pieces)
        return self.match(pieces, text, state)

    def match(self, pieces: list[tuple[str, bool]], text: str, state: State) -> bool | Hole:
        """Say whether a known text matches a known pattern."""
        try:
            found: bool = self._heeding_case(pieces, state).matches(text)
        except Unsupported as error:
            return Hole("unsupported", error.detail)
        return found

    def _heeding_case(self, pieces: list[tuple[str, bool]], state: State) -> Any:
        if state.options.get("nocasematch", False) is not False:
            raise Unsupported("a pattern without regard to case")
        return self.compiled(pieces, state)

    def compiled(self, pieces: list[tuple[str, bool]], state: State) -> Any:
        """Give a pattern of this dialect."""
        extended = self.is_bash_like() or state.options.get("extendedglob") is True
        return compile_pattern(pieces, extended=extended, dialect=self.dialect.name)

    def is_bash_like(self) -> bool:
        """Say whether `[[ == ]]` and `case` take extended patterns at once."""
        return self.dialect.name in {"bash", "ksh", "mksh"}

    def pattern(self, word: list[Any], state: State, line: int) -> list[tuple[str, bool]] | Hole:
        """Give a pattern's pieces: what is quoted stands for itself."""
        pieces: list[tuple[str, bool]] = []
        for piece in self.expand(word, state, line):
            if isinstance(piece, Break):
                pieces.append((" ", True))
            elif isinstance(piece.text, Mixed):
                return why_not(piece.text)
            else:
                substitutes = state.options.get("globsubst", False)
                is_literal = piece.quoted or (
                    piece.expanded and self.dialect.name == "zsh" and substitutes is False
                )
                pieces.append((piece.text, is_literal))
        return pieces

    # Expansion.

    def expand(
        self,
        word: list[Any],
        state: State,
        line: int,
        *,
        tilde_after_colon: bool = False,
    ) -> list[Piece | Break]:
        """Give the pieces of a word after all expansions but splitting and file names."""
        pieces: list[Piece | Break] = []
        for number, part in enumerate(word):
            if isinstance(part, str):
                follows = word[number + 1] if number + 1 < len(word) else None
                pieces += self._literal(
                    part, state, first=not number, more=follows, colons=tilde_after_colon
                )
            elif not isinstance(part, list):
                pieces.append(Piece(_secret(part), quoted=True))
            else:
                pieces += self._part(part, state, line, quoted=False)
        return pieces

    def _part(
        self, part: list[Any], state: State, line: int, *, quoted: bool
    ) -> list[Piece | Break]:
        kind = part[0]
        if kind in {"q", "value"}:
            return [Piece(_secret(part[1]), quoted=True)]
        if kind == "dq":
            return self._quoted(part[1], state, line)
        if kind in {"var", "param"}:
            return self.parameter_pieces(part, state, line, quoted=quoted)
        if kind == "cmd":
            text = self.substitute(part[1], state, line)
            return [Piece(text, quoted=quoted, expanded=True, command=not quoted)]
        if kind == "arith":
            return [Piece(self.arithmetic_text(part[1], state, line), quoted, expanded=True)]
        if kind == "glob":
            if self.dialect.name == "bash" and not self.in_test:
                self._need_extglob(state, line)
            return [Piece(part[1])]
        hole = Hole("opaque", "a process substitution", self.place(line), is_some=True)
        return [Piece(unknown_as(hole), quoted=True)]

    def _need_extglob(self, state: State, line: int) -> None:
        """Leave open what bash makes of a pattern that is a mistake without `extglob`."""
        # A line is read before any of it runs.
        if state.options.get("extglob") is not True or self.extended_at == self.place(line):
            raise Doubt(Hole("unsupported", "`extglob` may be off", self.place(line)))

    def _quoted(self, parts: list[Any], state: State, line: int) -> list[Piece | Break]:
        if not parts:
            return [Piece("", quoted=True)]
        pieces: list[Piece | Break] = []
        for part in parts:
            if isinstance(part, list):
                pieces += self._part(part, state, line, quoted=True)
            else:
                pieces.append(Piece(_secret(part), quoted=True))
        return pieces

    def _literal(
        self, text: str, state: State, *, first: bool, more: Any, colons: bool
    ) -> list[Piece | Break]:
        """Give unquoted text with its tildes expanded."""
        if "$[" in text:
            return [Piece(unknown_as(Hole("unsupported", "arithmetic in `$[...]`")), quoted=True)]
        if first and text.startswith("=") and text != "=" and self.dialect.name == "zsh":
            return [self._command_named(text[1:], state, is_whole=more is None)]
        if "~" not in text:
            return [Piece(text)]
        parts = text.split(":") if colons else [text]
        pieces: list[Piece | Break] = []
        for number, part in enumerate(parts):
            if number:
                pieces.append(Piece(":"))
            is_last = number == len(parts) - 1
            name, slash, rest = part.partition("/")
            ends_here = bool(slash) or not is_last or more is None
            if name.startswith("~") and (number or first) and ends_here:
                home = self.home_of(name[1:], state)
                if home is not None:
                    pieces += [Piece(home, quoted=True), Piece(slash + rest)]
                    continue
            pieces.append(Piece(part))
        return [piece for piece in pieces if isinstance(piece, Break) or piece.text != ""]

    def _command_named(self, name: str, state: State, *, is_whole: bool) -> Piece:
        """Give the file that zsh's `=name` stands for; there has to be one."""
        if state.options.get("equals", True) is not True:
            return Piece(f"={name}")
        path = self.command_path(name, state) if is_whole and "/" not in name else None
        if path is None and is_whole and state.aliases.get(name) is None:
            raise NoMatch
        hole = Hole("unsupported", f"which command `={name}` means")
        return Piece(unknown_as(hole) if path is None else path, quoted=True)

    def home_of(self, name: str, state: State) -> Text | None:
        """Give what `~name` stands for; None if it stays as it is."""
        if not name:
            home = state.variable("HOME")
            text = home.scalar()
            if text is not None:
                return text
            if self.dialect.name in {"bash", "ksh"}:
                return self.world_text("user", "home")
            return "" if self.dialect.name == "zsh" else None
        if name in {"+", "-"}:
            return state.variable("PWD" if name == "+" else "OLDPWD").scalar()
        if not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            return None
        users = self.world.fact("users")
        if isinstance(users, dict) and name in users:
            return self.world_text("users", name, "home")
        hole = Hole("not_collected", f"the home of `{name}` is not known")
        if self.dialect.name == "zsh":
            raise Doubt(hole)
        return unknown_as(hole)

    def world_text(self, *steps: str) -> Text:
        """Give a fact that is a text."""
        found = self.world.fact(*steps)
        if isinstance(found, str):
            return found
        cause = getattr(found, "cause", "wrong_type")
        return unknown_as(Hole(cause, f"`{'.'.join(steps)}` is not known"))

    def shared(self, ended: State, state: State) -> None:
        """Take over the files that ksh opens in a subshell, which is none of its own there."""
        if self.dialect.name == "ksh":
            state.loaded, state.loaded_hole = ended.loaded, ended.loaded_hole

    def substitute(self, script: list[Any], state: State, line: int) -> Text:
        """Give what a command substitution prints, without the newlines at the end."""
        given = _only_input(script)
        if given is not None:
            # bash, ksh and zsh read the file by themselves; dash opens it for nothing.
            reader = state if self.dialect.name in {"bash", "ksh", "zsh"} else state.copy()
            try:
                text = self.open_input(self.text(given, state, line), reader, line)
            except Leave:
                state.status = self.substituted = 1
                return ""
            state.status = self.substituted = 0
            if self.dialect.name in {"sh", "ash"}:
                return ""
            return _without_newlines(text, self.place(line))
        inner = state.copy()
        inner.output = ()
        inner.doubt = None
        ended = merged(self.run(script, inner))
        self.substituted = ended.status
        if self.dialect.name not in {"sh", "ash"}:
            state.status = ended.status
        state.changed_files = ended.changed_files
        self.shared(ended, state)
        return _without_newlines(printed(ended), self.place(line))


_SPECIAL = frozenset("~*?[{(")


def _refuse_braces(word: list[Any], state: State) -> None:
    """Give up on braces under options of zsh that read them in another way."""
    if any(isinstance(part, str) and "{" in part for part in word):
        for option in ("braceccl", "ignorebraces"):
            if state.options.get(option, False) is not False:
                raise Unsupported(f"braces with `{option}`")


def _only_input(script: list[Any]) -> list[Any] | None:
    """Give the word of `$(< file)`."""
    if len(script) != 1 or script[0][0] != "cmd" or script[0][2] or script[0][3]:
        return None
    inputs = script[0][4]
    return inputs[0][1] if len(inputs) == 1 and inputs[0][0] == "<" else None


def _kept(piece: Piece | Break) -> Piece | Break:
    """Give a piece that zsh does not split, unless a command printed it."""
    if isinstance(piece, Break) or piece.command or piece.quoted:
        return piece
    return Piece(piece.text)


def _secret(part: Any) -> Text:
    """Give literal text, which may have become a secret when it was gathered."""
    return part if isinstance(part, (str, Mixed)) else Mixed(tuple(part.atoms))


def _without_newlines(text: Text, place: Any) -> Text:
    if isinstance(text, str):
        return text.rstrip("\n").replace("\0", "")
    *before, last = text.atoms
    if isinstance(last, str):
        return concat((Mixed(tuple(before)), last.rstrip("\n")))
    if isinstance(last, Hole) and last.place is None:
        last = Hole(last.cause, last.detail, place, last.is_some)
        return Mixed((*before, last))
    return text


__all__ = ["BREAK", "Words"]
