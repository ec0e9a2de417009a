"""What a format of answers is: a name and a pure function from an answer to text."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.report._base import Layout
    from engine.report.why._answer import Answer


@record
class WhyFormat:
    """One way to print an answer; what `render` gives ends with a line break."""

    name: str
    summary: str
    render: Callable[[Answer, Layout], str]
