"""What GOFLAGS does to `go env` itself: a few of its flags apply there too."""

from __future__ import annotations

from engine.model.record import record
from engine.precedence.go.words import WordsError, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.precedence.go.settings import Settings

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
_FALSE = frozenset(("0", "f", "F", "FALSE", "false", "False"))
_SINCE = {
    "json": (1, 0), "u": (1, 0), "w": (1, 0), "n": (1, 20), "x": (1, 20), "changed": (1, 23),
}  # fmt: skip
_FIRST_WITH_QUOTES = (1, 20)


@record
class Flags:
    """The flags that apply to `go env`, and why it refuses them."""

    values: Mapping[str, bool] = {}
    error: str = ""

    def is_set(self, name: str) -> bool:
        """Say whether a flag is on."""
        return self.values.get(name, False)


def flags_of(settings: Settings) -> Flags:
    """Give the flags of GOFLAGS that apply to `go env`; a text that cannot be split has none."""
    text, release = settings.known("GOFLAGS"), settings.binary.release
    try:
        words = split(text) if release >= _FIRST_WITH_QUOTES else text.split()
    except WordsError:
        return Flags()
    values: dict[str, bool] = {}
    for word in words:
        if word.startswith("="):
            continue
        name, has_value, value = word.partition("=")
        # Whatever stands first is dropped, a dash or not.
        name = name.removeprefix("-")[1:] if name.startswith("--") else name[1:]
        if name == "C" and release >= _FIRST_WITH_QUOTES:
            return Flags(values, "-C is no flag for GOFLAGS")
        if release < _SINCE.get(name, (99, 0)):
            continue
        if has_value and value not in _TRUE | _FALSE:
            return Flags(values, f'invalid boolean value "{value}" for flag -{name}')
        values[name] = not has_value or value in _TRUE
    return Flags(values)
