"""How the value of a key comes about: what somebody set, or else what Go works out."""

from __future__ import annotations

from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import Setting, cleaned
from engine.precedence.go.words import WordsError, split
from engine.precedence.values import Hole
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.precedence.go.settings import Settings
    from engine.precedence.values import Text
    from engine.precedence.view import View

    Key = Callable[[Settings], Setting]


def set_by_somebody(settings: Settings, key: str) -> Setting | None:
    """Give what somebody set, if it is not empty."""
    found = settings.get(key)
    return found if found is not None and found.value else None


def computed(value: Text, out_of: Setting | None = None) -> Setting:
    """Give what Go worked out, perhaps out of another setting."""
    if out_of is None:
        return Setting(value, "default")
    return Setting(value, "default", out_of.place)


def or_default(key: str, default: str) -> Key:
    """Compute a key that has a fixed default."""
    return lambda settings: set_by_somebody(settings, key) or computed(default)


def split_or_refuse(value: str, key: str) -> list[str]:
    """Give the words of a setting; Go refuses one with a quote that does not end."""
    try:
        return split(value)
    except WordsError as error:
        raise Refusal(f"could not parse {key}: {error}", key) from None


def looked_up(view: View, name: str) -> str:
    """Give the file of a command as Go looks it up, empty if it finds none.

    One that a relative entry of PATH leads to is refused, and nobody looks further.
    """
    found = view.which(name)
    if isinstance(found, Hole):
        raise Unknown(found)
    if found is None or found.startswith("/"):
        return found or ""
    debug = view.variable("GODEBUG")
    if isinstance(debug, Hole):
        raise Unknown(debug)
    return cleaned(found) if "execerrdot=0" in (debug or "").split(",") else ""


def goos(settings: Settings) -> Setting:
    """Give the operating system that Go builds for."""
    return set_by_somebody(settings, "GOOS") or computed(settings.binary.built("GOOS"))


def goarch(settings: Settings) -> Setting:
    """Give the architecture that Go builds for."""
    return set_by_somebody(settings, "GOARCH") or computed(settings.binary.built("GOARCH"))
