"""The syntax of fish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.fish.reader import read_fish
from engine.gather.syntaxes._base import Syntax

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script


def _read(data: bytes, _parser: Shfmt) -> Script:
    return read_fish(data)


FISH = Syntax("fish", _read)
