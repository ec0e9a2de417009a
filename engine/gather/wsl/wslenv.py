"""WSLENV: which variables cross between Windows and Linux, and what becomes of paths in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

Direction: TypeAlias = Literal["both", "to_linux", "to_windows", "none"]

_SPACES = " \t\n\v\f\r"
_DIRECTIONS: dict[tuple[bool, bool], Direction] = {
    (False, False): "both", (True, False): "to_linux",
    (False, True): "to_windows", (True, True): "none",
}  # fmt: skip


@record
class Shared:
    """One variable of WSLENV: its flags as they stand there, and where it gets."""

    name: str
    flags: str
    translated: bool
    direction: Direction

    @property
    def reaches_linux(self) -> bool:
        """Whether Windows' value gets here."""
        return self.direction in {"both", "to_linux"}


def shared(value: str) -> Iterator[Shared]:
    """Give the variables that a value of WSLENV names, in order.

    So reads `UtilParseWslEnv` in src/linux/init/util.cpp: an entry with a flag that it does not
    know crosses nowhere, and neither does one that is both for `u` and for `w`.
    """
    for entry in value.rstrip(_SPACES).split(":"):
        name, _, flags = entry.partition("/")
        if name:
            direction = _DIRECTIONS["u" in flags, "w" in flags]
            known = not flags.strip("pluw")
            translated = "p" in flags or "l" in flags
            yield Shared(name, flags, translated, direction if known else "none")
