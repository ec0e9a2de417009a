"""Programs that read settings of their own, told in each launch context: one module a program.

Each module has one value of `Program`, named like the module; packs say which are `tracked`.
"""

from __future__ import annotations

from engine.discovery import discover, modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.precedence.programs._base import Program


def program_names() -> tuple[str, ...]:
    """Name the programs, without loading any."""
    return modules(__name__)


def programs() -> Mapping[str, Program]:
    """Give the programs by name."""
    from engine.precedence.programs._base import Program  # noqa: PLC0415 - many runs need none

    return discover(__name__, Program)
