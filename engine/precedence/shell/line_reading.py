"""`read`: what a line of the input puts into variables."""

from __future__ import annotations

from engine.precedence.shell.declaring import Declaring
from engine.precedence.values import Hole, Mixed, concat, first_line, join_atoms, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text


class LineReading(Declaring):
    """Reads lines."""

    def read_line(self, arguments: list[Text], state: State, line: int) -> None:
        """Fold `read`: its variables get the words of a line, as far as the input is known."""
        names = [a for a in arguments if isinstance(a, str) and not a.startswith("-")]
        options = [a for a in arguments if isinstance(a, str) and a.startswith("-")]
        simple = all(option in {"-r", "--"} for option in options)
        names = names or ["REPLY"]
        text = state.input
        parts = first_line(text) if text is not None and simple else None
        if parts is None or any(isinstance(a, Mixed) for a in arguments):
            hole = why_not(text) if isinstance(text, Mixed) else Hole("opaque", "read from input")
            self._read_unknown(names, hole.here(self.place(line)), state)
            return
        first, newline, state.input = parts
        if isinstance(first, Mixed):
            self._read_mixed(first, names, state, line)
        elif "\\" in first and "-r" not in options:
            hole = Hole("unsupported", "`read` without -r of a backslash", self.place(line))
            self._read_unknown(names, hole, state)
            return
        else:
            values = _words(first, self.separators(state), len(names))
            for name, value in zip(names, values, strict=True):
                self.assign(name, value, state, line)
        state.status = 0 if newline else 1

    @staticmethod
    def _read_unknown(names: list[str], hole: Hole, state: State) -> None:
        for name in names:
            if name.replace("_", "a").isalnum():
                state.taint(name, hole)
        state.status = hole

    def _read_mixed(self, text: Mixed, names: list[str], state: State, line: int) -> None:
        """Read a line with a hole in it: what stands before it goes into the first variables."""
        start = text.atoms[0] if isinstance(text.atoms[0], str) else ""
        words = _words(start, self.separators(state), len(names))
        rest = join_atoms(text.atoms[1:]) if start else text
        at = next(
            (n for n, word in enumerate(words) if n + 1 == len(words) or not any(words[n + 1 :])), 0
        )
        for number, name in enumerate(names):
            if number < at:
                self.assign(name, words[number], state, line)
            elif number == at:
                self.assign(name, concat((words[number], rest)), state, line)
            else:
                state.taint(name, why_not(rest).here(self.place(line)))


def _words(text: str, ifs: str, count: int) -> list[str]:
    """Give the words that `read` puts into so many variables; the last takes the rest."""
    white = "".join(c for c in ifs if c in " \t\n")
    rest = text.strip(white) if white else text
    found: list[str] = []
    while len(found) < count - 1:
        at = next((n for n, c in enumerate(rest) if c in ifs), None)
        if at is None:
            found.append(rest)
            rest = ""
            continue
        found.append(rest[:at])
        after = rest[at:]
        stripped = after.lstrip(white)
        if stripped[:1] and stripped[0] in ifs and stripped[0] not in white:
            stripped = stripped[1:].lstrip(white)
        rest = stripped
    return [*found, rest]
