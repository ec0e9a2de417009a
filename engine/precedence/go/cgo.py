"""What the go command does about C: whether cgo is on, its compilers, and their flags."""

from __future__ import annotations

import re

from engine.model.record import replace
from engine.precedence.go.computing import (
    computed,
    goarch,
    goos,
    looked_up,
    or_default,
    set_by_somebody,
    split_or_refuse,
)
from engine.precedence.go.platforms import can_use_cgo, default_compilers
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import cleaned, known
from engine.precedence.go.words import joined
from engine.precedence.values import Hole, Mixed, is_empty, why_not
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.computing import Key
    from engine.precedence.go.settings import Setting, Settings

_FIRST_WITHOUT_COMPILER = (1, 20)
"""Since this version cgo is off where no C compiler is found."""
_PLAIN_PATTERN = re.compile(r"(\.[*+]?|[\w=,/^$|-])*")
_BETWEEN_FLAGS = (1, 20)
"""Before this version the default flags of C are in another order than after it."""


def cgo_enabled(settings: Settings) -> Setting:
    """Give whether cgo is on: `0` or `1`."""
    given = set_by_somebody(settings, "CGO_ENABLED")
    if given is not None and known(given.value) in {"0", "1"}:
        return given
    system, architecture = known(goos(settings).value), known(goarch(settings).value)
    own = settings.binary.built("GOOS"), settings.binary.built("GOARCH")
    if (system, architecture) != own or not can_use_cgo(system, architecture):
        return computed("0")
    if settings.binary.release < _FIRST_WITHOUT_COMPILER:
        return computed("1")
    # The variable alone counts here, whatever the files say, and whether or not it leads anywhere.
    compiler = settings.view.text("CC")
    if isinstance(compiler, Mixed) and is_empty(compiler) is None:
        raise Unknown(why_not(compiler))
    if compiler:
        return computed("1")
    return computed("1" if looked_up(settings.view, own_compilers(settings)[0]) else "0")


def own_compilers(settings: Settings) -> tuple[str, str]:
    """Give the compilers of C and C++ that Go looks for where nobody names others."""
    found = default_compilers(known(goos(settings).value), settings.binary.release)
    if found is None:
        raise Unknown(Hole("unsupported", "the default compilers of this version of Go"))
    return found


def compiler(key: str, position: int) -> Key:
    """Compute the key of a compiler, of which Go has a default."""

    def compute(settings: Settings) -> Setting:
        given = set_by_somebody(settings, key)
        if given is not None:
            return given
        return computed(own_compilers(settings)[position])

    return compute


def gccgo(settings: Settings) -> Setting:
    """Give the command of gccgo, with its folder where it is found."""
    found = or_default("GCCGO", "gccgo")(settings)
    name = known(found.value)
    if "/" in name:
        return found
    where = settings.view.which(name)
    if isinstance(where, Hole):
        raise Unknown(where)
    return replace(found, value=cleaned(where)) if where is not None else found


def flag_list(key: str) -> Key:
    """Give a list of words as Go prints it: split, and joined again."""

    def compute(settings: Settings) -> Setting:
        given = set_by_somebody(settings, key)
        require_patterns(settings)
        value = _default_flags(key, settings) if given is None else known(given.value)
        words = joined(split_or_refuse(value, key))
        return computed(words) if given is None else replace(given, value=words)

    return compute


def _default_flags(key: str, settings: Settings) -> str:
    if key == "CGO_CPPFLAGS":
        return ""
    release = settings.binary.release
    if release == _BETWEEN_FLAGS:
        raise Unknown(Hole("unsupported", f"the default of {key} in this version of Go"))
    return "-O2 -g" if release > _BETWEEN_FLAGS else "-g -O2"


def pkg_config(settings: Settings) -> Setting:
    """Give the command of pkg-config: the first word of what is set."""
    require_patterns(settings)
    found = or_default("PKG_CONFIG", "pkg-config")(settings)
    words = split_or_refuse(known(found.value), "PKG_CONFIG")
    if not words:
        raise Refusal("PKG_CONFIG holds no command", "PKG_CONFIG", found.place)
    return replace(found, value=words[0])


def require_patterns(settings: Settings) -> None:
    """Make sure that Go can read its patterns of flags; else it prints fewer keys.

    May raise `Unknown`: only those are read here that cannot be wrong.
    """
    for kind in ("CFLAGS", "CPPFLAGS", "CXXFLAGS", "FFLAGS", "LDFLAGS"):
        for key in (f"CGO_{kind}_ALLOW", f"CGO_{kind}_DISALLOW"):
            if not _PLAIN_PATTERN.fullmatch(settings.known(key)):
                raise Unknown(Hole("unsupported", f"whether {key} is a pattern"))
