"""YAML, as far as its readers agree on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import LoadError
from engine.gather.formats._base import Format, FormatError
from engine.loading.foreign_yaml import read_foreign_yaml

if TYPE_CHECKING:
    from engine.loading.nodes import Node

_BOUNDS = ("nested more than", "holds more than")


def read_yaml(data: bytes, file: str) -> Node:
    """Give the one document of a YAML file."""
    try:
        return read_foreign_yaml(data, file)
    except LoadError as error:
        found = error.complaints[0]
        line, column = (found.place.line, found.place.column) if found.place else (None, None)
        cause = "too_large" if any(bound in found.what for bound in _BOUNDS) else "parse_error"
        # A complaint may quote the file, and a password that begins with `*` reads like an alias.
        what = found.what if "`" not in found.what else "this is not YAML that can be read"
        raise FormatError(what, line, column, cause) from None


YAML = Format("yaml", read_yaml)
