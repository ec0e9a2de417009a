"""The report formats, one module `as_<name>` each; a run imports only the one that it prints."""

from __future__ import annotations

from engine.discovery import discover, modules
from engine.errors import Complaint, UsageError, did_you_mean
from engine.report._base import Format, Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Format", "Layout", "format_named", "format_names", "formats"]

_PREFIX = "as_"


def format_named(name: str) -> Format:
    """Give the format of a name; only its own module is imported."""
    from importlib import import_module  # noqa: PLC0415 - keeps the package free to import

    module = f"{__name__}.{_PREFIX}{name}"
    if not name.isidentifier():
        raise _unknown(name)
    try:
        found: Format = import_module(module).FORMAT
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        raise _unknown(name) from None
    return found


def format_names() -> tuple[str, ...]:
    """Name every format, without importing any."""
    return tuple(
        name.removeprefix(_PREFIX) for name in modules(__name__) if name.startswith(_PREFIX)
    )


def formats() -> Mapping[str, Format]:
    """Give the table of every format, for lists and documentation."""
    return discover(__name__, Format)


def _unknown(name: str) -> UsageError:
    names = format_names()
    known = "the formats are " + ", ".join(f"`{known}`" for known in names)
    return UsageError(
        Complaint(f"unknown format `{name}`", advice=did_you_mean(name, names) or known)
    )
