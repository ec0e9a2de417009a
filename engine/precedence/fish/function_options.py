"""The options of `function`."""

from __future__ import annotations

from engine.precedence.fish.lists import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Text

_TAKES_VALUE = {
    "d": "description", "e": "on-event", "v": "on-variable", "w": "wraps", "V": "inherit-variable",
    "j": "on-job-exit", "p": "on-process-exit", "s": "on-signal", "a": "argument-names",
}  # fmt: skip
_LONG = frozenset((*_TAKES_VALUE.values(), "no-scope-shadowing", "description"))


def read_function_options(words: list[Text]) -> tuple[tuple[str, str], ...]:
    """Give the options of `function` as pairs of name and value."""
    found: list[tuple[str, str]] = []
    texts = [known(word) for word in words]
    at = 0
    names_arguments = False
    while at < len(texts):
        word = texts[at]
        at += 1
        if not word.startswith("-") or word == "-":
            if names_arguments:
                found.append(("argument-names", word))
            continue
        names_arguments = False
        long, has_value, value = word.lstrip("-").partition("=")
        if word.startswith("--"):
            name = long
        else:
            name = "no-scope-shadowing" if word[1] == "S" else _TAKES_VALUE.get(word[1], "")
            value = word[2:]
            has_value = value
        if name == "no-scope-shadowing" or name not in _LONG:
            found.append((name, ""))
            continue
        if not has_value and at < len(texts):
            value = texts[at]
            at += 1
        names_arguments = name == "argument-names"
        found.append((name, value))
    return tuple(found)
