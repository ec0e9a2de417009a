"""Lists of words as Go writes them in one setting, GOFLAGS and CGO_CFLAGS among them.

`cmd/internal/quoted`: quotes count at a word's beginning only, and nothing is unescaped.
"""

from __future__ import annotations

_SPACE = " \t\n\r"


class WordsError(Exception):
    """A text that cannot be split, and why."""


def split(text: str) -> list[str]:
    """Give the words of a text."""
    words, at = [], 0
    while at < len(text):
        if text[at] in _SPACE:
            at += 1
        elif text[at] in "\"'":
            end = text.find(text[at], at + 1)
            if end < 0:
                message = f"unterminated {text[at]} string"
                raise WordsError(message)
            words.append(text[at + 1 : end])
            at = end + 1
        else:
            end = next((each for each in range(at, len(text)) if text[each] in _SPACE), len(text))
            words.append(text[at:end])
            at = end
    return words


def joined(words: list[str]) -> str:
    """Give a text that splits into these words, or where quotes cannot do that, plainly joined."""
    quoted = [_quoted(word) for word in words]
    return " ".join(words if None in quoted else quoted)  # type: ignore[arg-type]


def _quoted(word: str) -> str | None:
    if not any(character in _SPACE or character in "\"'" for character in word):
        return word
    if "'" not in word:
        return f"'{word}'"
    return f'"{word}"' if '"' not in word else None
