"""What is told of a version manager: which Go stands behind a file, and where its things are."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from engine.precedence.values import Hole
    from engine.precedence.view import View

    Source: TypeAlias = "tuple[str, int] | str"
    """Who decides about a version: file and line, a variable, or nobody (empty)."""


@record
class Change:
    """What a shim does to a variable: None unsets it.

    With `only_if_unset` a variable that has a value keeps it; one that is empty counts as unset.
    """

    variable: str
    value: str | Hole | None
    only_if_unset: bool = False


@record
class Behind:
    """The Go behind a file: who manages it, the binary that runs, and what it is told.

    `binary` is without links, or says why it is not known. `version` is the manager's word for it,
    empty where there is none.
    """

    manager: str
    binary: str | Hole
    changes: tuple[Change, ...] = ()
    version: str = ""
    version_from: Source = ""


@record
class Choice:
    """The version that a manager would take in a directory, and the GOROOT that it would set.

    `goroot` is None where the manager sets none.
    """

    version: str
    version_from: Source
    goroot: str | Hole | None


@record
class Home:
    """Where a manager keeps what it installs: each version of Go by name, with its GOROOT."""

    root: str
    versions: Mapping[str, str]


@record
class Manager:
    """A version manager, or another way by which a Go comes onto a machine.

    `behind` gives None for a file that it has nothing to do with. `home` and `choice` give None
    where it is not installed, or decides nothing.
    """

    name: str
    behind: Callable[[View, str], Behind | Hole | None]
    home: Callable[[View], Home | Hole | None] | None = None
    choice: Callable[[View], Choice | Hole | None] | None = None
    by_place_alone: bool = False
    """Whether it is told by its place only, and so is asked after all others."""
