"""What a format of drawings is: a name and a pure function from a picture to text."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.report._base import Layout
    from engine.report.graph._picture import Picture


@record
class Drawing:
    """One way to draw a graph; what `render` gives ends with a line break."""

    name: str
    summary: str
    render: Callable[[Picture, Layout], str]
