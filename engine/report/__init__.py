"""The report formats, one module `as_<name>` each; a run imports only the one that it prints."""

from __future__ import annotations

from engine.discovery import discover, modules
from engine.errors import Complaint, UsageError, did_you_mean
from engine.report._base import Format, Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["Format", "Layout", "format_named", "format_names", "format_of", "formats", "names_of"]

_PREFIX = "as_"


def format_named(name: str) -> Format:
    """Give the format of a name; only its own module is imported."""
    found: Format = format_of(__name__, name)
    return found


def format_names() -> tuple[str, ...]:
    """Name every format, without importing any."""
    return names_of(__name__)


def format_of(package: str, name: str) -> Any:
    """Give the format of a name out of a package of formats."""
    from importlib import import_module  # noqa: PLC0415 - keeps the package free to import

    module = f"{package}.{_PREFIX}{name}"
    if not name.isidentifier():
        raise _unknown(name, package)
    try:
        return import_module(module).FORMAT
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        raise _unknown(name, package) from None


def names_of(package: str) -> tuple[str, ...]:
    """Name every format of a package, without importing any."""
    return tuple(
        name.removeprefix(_PREFIX) for name in modules(package) if name.startswith(_PREFIX)
    )


def formats() -> Mapping[str, Format]:
    """Give the table of every format, for lists and documentation."""
    return discover(__name__, Format)


def _unknown(name: str, package: str) -> UsageError:
    names = names_of(package)
    known = "the formats are " + ", ".join(f"`{known}`" for known in names)
    return UsageError(
        Complaint(f"unknown format `{name}`", advice=did_you_mean(name, names) or known)
    )
