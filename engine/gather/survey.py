"""One gathering: the host, the subject, and whatever several collectors need to know once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.host import Host
    from engine.gather.redact import Redaction

    T = TypeVar("T")

SUBJECTS = ("workstation", "repository")


class Survey:
    """What collectors work with: a host, a subject out of `SUBJECTS`, a directory, a redaction."""

    def __init__(self, host: Host, *, subject: str, directory: str, redaction: Redaction) -> None:
        """Take all of it; `directory` is absolute."""
        self.host = host
        self.subject = subject
        self.directory = directory
        self.redaction = redaction
        self._known: dict[object, object] = {}

    def once(self, ask: Callable[[Survey], T]) -> T:
        """Give what a function finds out about this survey, asking only the first time."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        return self._known[ask]  # type: ignore[return-value]

    def variable(self, name: str) -> str:
        """Give an environment variable as Go reads it: one that is empty counts as unset."""
        return self.host.environment.get(name, "")
