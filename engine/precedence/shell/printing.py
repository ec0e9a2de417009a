"""What `echo` and `printf` print."""

from __future__ import annotations

import re

from engine.precedence.shell.escapes import decoded, unescaped
from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 100_000
_WIDEST = 1000
_OPTIONS = {"bash": "neE", "ash": "neE", "sh": "n", "zsh": "neE", "ksh": "ne", "mksh": "neE"}
_READS_ESCAPES = {"sh", "zsh", "mksh"}
_CONVERSION = re.compile(r"%([-+ #0]*)(\*|[0-9]*)(?:\.(\*|[0-9]*))?(.?)", re.DOTALL)
_NUMBER = re.compile(r"[ \t\n]*([-+]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))", re.ASCII)
_BASES = {"o": "o", "x": "x", "X": "X", "d": "d", "i": "d", "u": "d"}


def echo(arguments: Sequence[str], dialect: str = "bash") -> str:
    """Give what `echo` prints, its last line break with it."""
    words = list(arguments)
    options = ""
    letters = _OPTIONS[dialect]
    while words and re.fullmatch(f"-[{letters}]+", words[0]):
        if dialect == "sh" and (options or words[0] != "-n"):
            break
        options += words.pop(0)[1:]
    if dialect in {"zsh", "ksh", "ash"} and words and words[0].startswith("-"):
        raise Unsupported(f"`echo {words[0]}` of {dialect}")
    reads = dialect in _READS_ESCAPES
    for option in options:
        reads = {"e": True, "E": False}.get(option, reads)
    text = " ".join(words)
    if not reads:
        return text if "n" in options else text + "\n"
    output, ended = unescaped(text, "echo", dialect)
    return decoded(output if ended or "n" in options else output + b"\n")


def printf(form: str, arguments: Sequence[str], dialect: str = "bash") -> str:
    """Give what `printf` prints: the format again and again, until no argument is left."""
    given = list(arguments)
    if form == "--":
        if not given:
            raise Unsupported("printf without a format")
        form = given.pop(0)
    elif form.startswith("-"):
        raise Unsupported("options of printf")
    run = _Printf(given, dialect)
    while True:
        before = len(run.arguments)
        run.once(form)
        if run.ended or not run.arguments or len(run.arguments) == before:
            return decoded(b"".join(run.parts))
        if run.size > _MOST:
            raise Unsupported("`printf` that prints too much")


class _Printf:
    """The output so far, and the arguments that are left."""

    def __init__(self, arguments: list[str], dialect: str) -> None:
        self.arguments = arguments[::-1]
        self.dialect = dialect
        self.parts: list[bytes] = []
        self.size = 0
        self.ended = False

    def once(self, form: str) -> None:
        at = 0
        while not self.ended and (start := form.find("%", at)) >= 0:
            self.put(unescaped(form[at:start], "format", self.dialect)[0])
            match = _CONVERSION.match(form, start)
            if match is None:
                raise Unsupported("a conversion of printf")
            self.put(self.converted(match))
            at = match.end()
        if not self.ended:
            self.put(unescaped(form[at:], "format", self.dialect)[0])

    def put(self, part: bytes) -> None:
        self.parts.append(part)
        self.size += len(part) + 1

    def converted(self, match: re.Match[str]) -> bytes:
        flags, _, _, kind = match.groups()
        if match[0] == "%%":
            return b"%"
        width, precision = self.measure(match[2]), self.measure(match[3])
        if width is not None and width < 0:
            flags, width = flags + "-", -width
        if precision is not None and precision < 0:
            precision = None
        if max(width or 0, precision or 0) > _WIDEST:
            raise Unsupported("a field of printf that is too wide")
        odd = kind == "i" or (kind == "b" and bool(width or precision is not None))
        if odd and self.dialect not in {"bash", "sh"}:
            raise Unsupported(f"`{match[0]}` of printf")
        if kind in _BASES:
            return _padded(self.digits(kind, flags, precision), flags, width, precision)
        if kind not in {"s", "b", "c"} or set(flags) - {"-"}:
            raise Unsupported(f"`{match[0]}` of printf")
        return self.text(kind, flags, width, precision)

    def text(self, kind: str, flags: str, width: int | None, precision: int | None) -> bytes:
        argument = self.arguments.pop() if self.arguments else ""
        if kind == "b":
            output, self.ended = unescaped(argument, "%b", self.dialect)
        else:
            output = argument.encode()
        if kind == "c":
            if not argument or precision is not None:
                raise Unsupported("`%c` of printf for nothing")
            output = argument[0].encode()
        if not output.isascii() and (width or precision is not None or kind == "c"):
            raise Unsupported("the width of characters that are not ASCII")
        if precision is not None:
            output = output[:precision]
        return output.ljust(width or 0) if "-" in flags else output.rjust(width or 0)

    def measure(self, written: str | None) -> int | None:
        """Read a width or a precision."""
        if written != "*":
            if written and len(written) > len(str(_WIDEST)):
                raise Unsupported("a field of printf that is too wide")
            return int(written or "0") if written is not None else None
        if self.dialect not in {"bash", "sh"}:
            raise Unsupported(f"`*` in a format of {self.dialect}")
        return self.number()

    def digits(self, kind: str, flags: str, precision: int | None) -> str:
        """Give a number with its sign or prefix."""
        value = self.number()
        if kind not in {"d", "i"} and value < 0:
            if self.dialect not in {"bash", "sh"}:
                raise Unsupported(f"`%{kind}` of a number below zero")
            value %= 1 << 64
        digits = format(abs(value), _BASES[kind]) if value or precision != 0 else ""
        digits = digits.rjust(precision or 0, "0")
        if "#" in flags and kind == "o" and not digits.startswith("0"):
            return "0" + digits
        if "#" in flags and kind in "xX" and value:
            return f"0{kind}{digits}"
        if value < 0:
            return "-" + digits
        if kind in {"d", "i"} and ("+" in flags or " " in flags):
            return ("+" if "+" in flags else " ") + digits
        return digits

    def number(self) -> int:
        if not self.arguments:
            return 0
        text = self.arguments.pop()
        plain = self.dialect in {"bash", "sh"}
        if plain and text[:1] in {"'", '"'} and len(text) == 2 and text.isascii():  # noqa: PLR2004
            return ord(text[1])
        match = _NUMBER.fullmatch(text)
        if match is None or not (plain or re.fullmatch("0|-?[1-9][0-9]*", text)):
            raise Unsupported(f"`{text}` as a number of printf")
        size = int(match[2] or match[3] or match[4], 16 if match[2] else 8 if match[3] else 10)
        if size >= 1 << 63:
            raise Unsupported(f"`{text}` as a number of printf")
        return -size if match[1] == "-" else size


def _padded(text: str, flags: str, width: int | None, precision: int | None) -> bytes:
    if "-" in flags:
        return text.ljust(width or 0).encode()
    if "0" not in flags or precision is not None:
        return text.rjust(width or 0).encode()
    start = re.match(r"[-+ ]?(?:0[xX])?", text)
    head = start[0] if start else ""
    return (head + text[len(head) :].rjust((width or 0) - len(head), "0")).encode()
