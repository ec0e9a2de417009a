"""One gathering: the host, the subject, and whatever several collectors need to know once."""

from __future__ import annotations

import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.gather.collector import Fact
    from engine.gather.host import Host
    from engine.gather.redact import Redaction
    from engine.model.json_value import JsonObject

    T = TypeVar("T")

SUBJECTS = ("workstation", "repository")


class Resolved(Protocol):
    """What gathering wants to know of resolved launch contexts: what was looked for and not known.

    `visited` are the statements that were folded, each by file and line.
    """

    @property
    def wanted(self) -> set[tuple[str, ...]]:
        """The questions: `("file", path)`, `("script", path, syntax)`, ..."""
        ...

    @property
    def visited(self) -> set[tuple[str, int]]:
        """The statements that may run."""
        ...


@record
class LaunchOptions:
    """Whose launch contexts are asked for, and how they are resolved.

    `resolve` takes the root of the facts and what answers questions about files. Without it nobody
    knows which start-up files matter, so none is read. `cache` is a folder for scripts that were
    read before; only with `probe` is the user's own code run, and only with `images` are docker and
    podman. `commands` are command lines of containers that a team declares, as a person types them;
    `command_places` has the file and line of each. `image_roots` are folders with unpacked files of
    images, by what contexts call those.
    """

    user: str | None = None
    home: str | None = None
    environment: Mapping[str, str] | None = None
    environment_origin: str = "the given environment"
    plan: JsonObject | None = None
    resolve: Callable[[JsonObject, Callable[..., bool]], Resolved] | None = None
    cache: str | None = None
    probe: bool = False
    images: bool = False
    image_roots: Mapping[str, str] = MappingProxyType({})
    commands: tuple[str, ...] = ()
    command_places: Mapping[str, tuple[str, int]] = MappingProxyType({})


NO_LAUNCH = LaunchOptions()


class Survey:
    """What collectors work with: a host, a subject out of `SUBJECTS`, a directory, a redaction."""

    def __init__(
        self,
        host: Host,
        *,
        subject: str,
        directory: str,
        redaction: Redaction,
        launch: LaunchOptions = NO_LAUNCH,
    ) -> None:
        """Take all of it; `directory` is absolute."""
        self.host = host
        self.subject = subject
        self.directory = directory
        self.redaction = redaction
        self.launch = launch
        self.facts: list[Fact] = []
        """What all other collectors found, for one that is `last`."""
        self._known: dict[object, object] = {}
        self._asking: dict[object, threading.RLock] = {}

    def once(self, ask: Callable[[Survey], T]) -> T:
        """Give what a function finds out about this survey, asking only the first time.

        Whoever wants the same while it is asked waits; whoever wants something else does not.
        """
        with self._asking.setdefault(ask, threading.RLock()):
            if ask not in self._known:
                self._known[ask] = ask(self)
            return self._known[ask]  # type: ignore[return-value]

    def variable(self, name: str) -> str:
        """Give an environment variable as Go reads it: one that is empty counts as unset."""
        return self.host.environment.get(name, "")
