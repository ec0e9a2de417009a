"""`tr`, `cut`, `head` and their kin: what they make of an input that is known."""

from __future__ import annotations

import re
import string

from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES = {
    "[:upper:]": string.ascii_uppercase,
    "[:lower:]": string.ascii_lowercase,
    "[:digit:]": string.digits,
    "A-Z": string.ascii_uppercase,
    "a-z": string.ascii_lowercase,
    "0-9": string.digits,
}
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", "\\r": "\r", "\\0": "\0"}
_RANGE = re.compile(r"(\d+)|(\d+)-(\d*)|-(\d+)")
# A basic regular expression that Python reads alike, once what is special to it alone is escaped.
_PLAIN_EXPRESSION = re.compile(
    r"\^?(?:\[\^?[\w /:=-]+\]\*?|\\[./*$^\[\]]|[\w /:;,=@#%&~!\"'<>-]|\.\*?)+\$?"
)
_ONLY_PYTHONS = frozenset("+?(){}|")


def filtered(name: str, arguments: list[str], given: str) -> str:
    """Give what a program makes of its standard input."""
    if not given.isascii():
        raise Unsupported(f"`{name}` of a text that is not ASCII")
    return FILTERS[name](arguments, given)


def _lines(given: str) -> list[str]:
    return given.removesuffix("\n").split("\n") if given else []


def _shown(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _tr(arguments: list[str], given: str) -> str:
    options, sets = _taken(arguments, "tr")
    if options == "d" and len(sets) == 1:
        drops = _set(sets[0])
        return "".join(letter for letter in given if letter not in drops)
    if options or len(sets) != 2 or not sets[1]:  # noqa: PLR2004
        raise Unsupported("options of tr")
    first, second = _set(sets[0]), _set(sets[1])
    if len(second) > len(first):
        raise Unsupported("a set of tr that is too long")
    second += second[-1] * (len(first) - len(second))
    # Of a character that is listed twice the last one counts.
    return given.translate(dict(zip(map(ord, first), second, strict=True)))


def _set(written: str) -> str:
    if written in _CLASSES:
        return _CLASSES[written]
    found, at = "", 0
    while at < len(written):
        step = 2 if written[at] == "\\" else 1
        letter = written[at : at + step]
        if step > 1 and letter not in _ESCAPES:
            raise Unsupported(f"`{written}` as a set of tr")
        found += _ESCAPES.get(letter, letter)
        at += step
    if "-" in found[1:-1] or "[" in found:
        raise Unsupported(f"`{written}` as a set of tr")
    return found


def _taken(arguments: list[str], name: str) -> tuple[str, list[str]]:
    """Give the letters of options that have no value, and what follows them."""
    options, rest = "", list(arguments)
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        if not rest[0][1:].isalpha():
            raise Unsupported(f"options of {name}")
        options += rest.pop(0)[1:]
    return options, rest


def _cut(arguments: list[str], given: str) -> str:
    values = _valued(arguments, "dfc", "cut")
    if "f" in values and "c" not in values:
        mark = values.get("d", "\t")
        if len(mark) != 1:
            raise Unsupported("a delimiter of cut")
        lines = [
            mark.join(_chosen(line.split(mark), values["f"])) if mark in line else line
            for line in _lines(given)
        ]
    elif "c" in values and "f" not in values:
        lines = ["".join(_chosen(list(line), values["c"])) for line in _lines(given)]
    else:
        raise Unsupported("options of cut")
    return _shown(lines)


def _chosen(items: list[str], written: str) -> list[str]:
    wanted: set[int] = set()
    for part in written.split(","):
        match = _RANGE.fullmatch(part)
        if match is None or part == "0":
            raise Unsupported(f"`{part}` as a range of cut")
        only, first, last, until = match.groups()
        start = int(only or first or "1")
        end = int(only or until or last or len(items))
        wanted.update(range(start, end + 1))
    return [item for number, item in enumerate(items, 1) if number in wanted]


def _valued(arguments: list[str], letters: str, name: str) -> dict[str, str]:
    """Read options that each have a value, beside it or in the next word."""
    values: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if len(word) < 2 or word[0] != "-" or word[1] not in letters:  # noqa: PLR2004
            raise Unsupported(f"options of {name}")
        if not word[2:] and not rest:
            raise Unsupported(f"options of {name}")
        values[word[1]] = word[2:] or rest.pop(0)
    return values


def _count(arguments: list[str], name: str) -> int:
    if len(arguments) == 1 and arguments[0][1:].isdigit() and arguments[0][0] == "-":
        return int(arguments[0][1:])
    number = _valued(arguments, "n", name).get("n", "10")
    if not number.isdigit():
        raise Unsupported(f"options of {name}")
    return int(number)


def _head(arguments: list[str], given: str) -> str:
    return "".join(given.splitlines(keepends=True)[: _count(arguments, "head")])


def _tail(arguments: list[str], given: str) -> str:
    count = _count(arguments, "tail")
    lines = given.splitlines(keepends=True)
    return "".join(lines[max(len(lines) - count, 0) :])


def _wc(arguments: list[str], given: str) -> str:
    counts = {"-l": given.count("\n"), "-w": len(given.split()), "-c": len(given)}
    if len(arguments) != 1 or arguments[0] not in counts:
        raise Unsupported("options of wc")
    return f"{counts[arguments[0]]}\n"


def _uniq(arguments: list[str], given: str) -> str:
    if arguments:
        raise Unsupported("options of uniq")
    lines = _lines(given)
    return _shown([line for at, line in enumerate(lines) if not at or line != lines[at - 1]])


def _sed(arguments: list[str], given: str) -> str:
    words = arguments[1:] if arguments[:1] == ["-e"] else arguments
    if len(words) != 1 or not words[0].startswith("s") or len(words[0]) < 4:  # noqa: PLR2004
        raise Unsupported("what sed does")
    mark = words[0][1]
    if mark.isalnum() or mark in "\\ \n":
        raise Unsupported("what sed does")
    parts = words[0][2:].replace(f"\\{mark}", "\0").split(mark)
    if len(parts) != 3 or parts[2] not in {"", "g"} or set(parts[1]) & set("&\\\n"):  # noqa: PLR2004
        raise Unsupported("what sed does")
    pattern, other = (part.replace("\0", mark) for part in parts[:2])
    if not _PLAIN_EXPRESSION.fullmatch(pattern) or ("\0" in parts[0] and mark in ".*[]^$"):
        raise Unsupported(f"the regular expression `{pattern}` of sed")
    expression = re.compile("".join(f"\\{c}" if c in _ONLY_PYTHONS else c for c in pattern))
    if expression.match(""):
        raise Unsupported(f"the regular expression `{pattern}` of sed")
    times = 0 if parts[2] else 1
    lines = [expression.sub(lambda _: other, line, count=times) for line in _lines(given)]
    return _shown(lines) if given.endswith("\n") else "\n".join(lines)


FILTERS: dict[str, Callable[[list[str], str], str]] = {
    "tr": _tr,
    "cut": _cut,
    "head": _head,
    "tail": _tail,
    "wc": _wc,
    "uniq": _uniq,
    "sed": _sed,
}
