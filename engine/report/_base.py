"""What a report format is: a name and a pure function from reports to text."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.model.verdicts import Report


@record
class Layout:
    """What the caller knows of the page; only formats for people look at it."""

    width: int = 80
    colour: bool = False
    verbose: bool = False
    ascii: bool = False


@record
class Format:
    """One way to print the reports of a run; what `render` gives ends with a line break."""

    name: str
    summary: str
    render: Callable[[Sequence[Report], Layout], str]
