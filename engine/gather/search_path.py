"""PATH as the machine sees it, entry by entry."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError, Status
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey


@record
class Entry:
    """One entry of PATH; a relative one as a command that runs in the directory sees it."""

    text: str
    position: int
    folder: str
    status: Status | HostError

    @property
    def is_relative(self) -> bool:
        """Whether it means another folder in another place."""
        return not os.path.isabs(self.text)


def entries(survey: Survey) -> tuple[Entry, ...]:
    """Give the entries of PATH in order."""
    path = survey.variable("PATH")
    return tuple(
        _entry(survey, text, position)
        for position, text in enumerate(path.split(":") if path else ())
    )


def _entry(survey: Survey, text: str, position: int) -> Entry:
    folder = os.path.normpath(os.path.join(survey.directory, text))
    try:
        return Entry(text, position, folder, survey.host.status(folder))
    except HostError as error:
        return Entry(text, position, folder, error)
