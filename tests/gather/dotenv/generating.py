"""Files of settings made of what programs read in different ways."""

from __future__ import annotations

import random

CLIENTS = ({"HOST": "h", "EMPTY": "", "A": "outer"}, {}, {"A": "", "B": "x y", "HOST": "$A"})
_NAMES = ("A", "B", "C", "HOST", "EMPTY", "GONE", "A_1", "a.b", "x-y", "1A", "É", "A B", "")
_PIECES = (
    *("a", "b", "1", "é", "x y", "=", ":", ",", "/", "~", "a#b", "#", " #", " # c", "\t#", ";"),
    *("'", '"', "`", "''", '""', '"x"', "'x'", "`x`", '"x y"', "'x # y'", '"x\\"y"', "'it\\'s'"),
    *("\\", "\\\\", "\\n", "\\r", "\\t", "\\$", "\\'", '\\"', "\\`", "\\a", "\\c", "\\0", "\\0101"),
    *(
        "$",
        "$$",
        "$A",
        "$B",
        "$HOST",
        "${A}",
        "${HOST}",
        "${GONE}",
        "${EMPTY}",
        "$GONE",
        "$1",
        "${",
    ),
    *("${A:-d}", "${EMPTY:-d}", "${EMPTY-d}", "${GONE:-d}", "${GONE-d e}", "${A:+s}", "${GONE+s}"),
    *("${GONE:-${A}}", "${A:-{x}}", "${A:-}", "${GONE:?no}", "${A?no}", "$(echo x)", "`echo x`"),
    *("}", "{", "{}", "${}", "${A", "${A:x}", "${A-b:-c}", "$A$B", "$A_1", "${a.b}", "%", "*", "!"),
    *(" ", "  ", "\t", "\v", "\xa0", "\u2028", "\ufeff", "\x85", "\r", "\\\n", "\n", "\x01"),
)
_SEPARATORS = ("=",) * 12 + (" = ", "= ", " =", ": ", ":", "", " ", "==", "=\t", "\n=")
_BEFORE = ("",) * 12 + (
    " ",
    "\t",
    "export ",
    "export  ",
    "export\t",
    "exports ",
    "# ",
    "#",
    "'",
    "\xa0",
)
_ENDS = ("\n",) * 10 + ("\r\n", "\r", "\n\n", "\n  \n", "", " \n", "\t\n", "\\\n", "\u2028")


def files(seed, count):
    """Give files, each with the environment of the program that reads it."""
    chance = random.Random(seed)
    for _ in range(count):
        text = "".join(_line(chance) for _ in range(chance.randint(1, 5)))
        content = ("\ufeff" * (chance.random() < 0.03) + text).encode()
        if chance.random() < 0.03:
            at = chance.randint(0, len(content))
            odd = chance.choice((b"\xff", b"\0", b"\xe2\x80", b"\xed\xa0\x80", b"\xef\xbf\xbe"))
            content = content[:at] + odd + content[at:]
        yield content, chance.choice(CLIENTS)


def _line(chance):
    kind = chance.random()
    if kind < 0.05:
        return chance.choice(
            ("# c\n", "; c\n", "\n", "# c \\\n", "[s]\n", "A\n", "GONE\n", "HOST\n")
        )
    name = chance.choice(_NAMES[:7] if chance.random() < 0.85 else _NAMES)
    value = "".join(chance.choice(_PIECES) for _ in range(chance.randint(0, 4)))
    quote = chance.choice(("", "", "", '"', '"', "'", "`"))
    parts = (chance.choice(_BEFORE), name, chance.choice(_SEPARATORS), quote, value, quote)
    return "".join((*parts, chance.choice(("", "", "", " # c", " x", "#")), chance.choice(_ENDS)))
