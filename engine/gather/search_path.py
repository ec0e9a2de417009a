"""PATH as the machine sees it, entry by entry."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError, Status
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    @property
    def identity(self) -> object:
        """Which folder it is, whatever it is called; one that is not there is its name."""
        return self.folder if isinstance(self.status, HostError) else self.status.identity


def entries(survey: Survey) -> tuple[Entry, ...]:
    """Give the entries of PATH in order."""
    path = survey.variable("PATH")
    return tuple(
        _entry(survey, text, position)
        for position, text in enumerate(path.split(":") if path else ())
    )


def folder_at(survey: Survey, text: str) -> str:
    """Give the absolute path of a folder, as it is meant in the directory.

    Each `..` stays, since behind a link it leads elsewhere than its spelling says.
    """
    names = os.path.join(survey.directory, text).split("/")
    return "/" + "/".join(name for name in names if name not in {"", "."})


def _entry(survey: Survey, text: str, position: int) -> Entry:
    folder = folder_at(survey, text)
    try:
        return Entry(text, position, folder, survey.host.status(folder))
    except HostError as error:
        return Entry(text, position, folder, error)


@record
class Command:
    """A program that PATH leads to, and the entry that does."""

    entry: Entry
    path: str


def commands(survey: Survey, name: str) -> Iterator[Command]:
    """Give the programs of a name in the order in which they are found."""
    for entry in survey.once(entries):
        path = os.path.join(entry.folder, name)
        try:
            is_program = survey.host.status(path).kind == "file" and survey.host.can_execute(path)
        except HostError:
            continue  # whoever looks for a program passes over what it cannot look at
        if is_program:
            yield Command(entry, path)
