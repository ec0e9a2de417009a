"""What variables are at some point of a stage: those of the image, and the build arguments.

Source: `dispatchEnv`, `dispatchArg` and `init` in BuildKit's `dockerfile2llb/convert.go`. BuildKit
lets an ARG win that follows an ENV of its name, and hands build arguments on to the stages that are
built on a stage. Measured with docker 20.10 without BuildKit and with buildah 1.28, neither does
either. So what rests on that is ambiguous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.gather.dockerfile.values import UNSET, Variable, inherited, literal, unknown
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable

Origin: TypeAlias = Literal["image", "scratch", "unknown"]

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What BuildKit puts into PATH where the base has none (`util/system/path.go`)."""

PLATFORM_ARGS = (
    "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
    "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT",
)  # fmt: skip
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")
CLIENT_ARGS = frozenset((*_PROXIES, *map(str.lower, _PROXIES), "SOURCE_DATE_EPOCH"))
"""Build arguments that docker and buildx hand on by themselves, out of their own settings."""
NO_VARIABLES = frozenset(("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"))
"""Build arguments that never become variables."""


def global_args() -> dict[str, Variable]:
    """Give the build arguments that there are before the file says anything."""
    platform = unknown("not_collected", "it depends on the platform that is built for")
    stage = unknown("not_collected", "it depends on the stage that is built")
    found = {name: Variable(platform) for name in PLATFORM_ARGS}
    return found | {"TARGETSTAGE": Variable(stage)}


class Scope:
    """The variables of one stage, as its instructions change them."""

    def __init__(self, origin: Origin, line: int) -> None:
        """Take what the stage is built on, and the line that says so."""
        self.origin: Origin = origin
        self.image: dict[str, Variable] = {}
        self.build: dict[str, Variable] = {}
        self.more: Absent | None = None
        self._declared: set[str] = set()
        if origin == "scratch":
            self.image["PATH"] = Variable((DEFAULT_PATH,), line=line)

    def child(self) -> Scope:
        """Give the scope that a stage begins with which is built on this one."""
        made = Scope(self.origin, 0)
        made.image = dict(self.image)
        made.more = self.more
        for name, variable in self.build.items():
            if name not in made.image:
                doubt = f"BuildKit hands on the ARG of line {variable.line}, other builders do not"
                parts = unknown("ambiguous", doubt)
                made.build[name] = Variable(parts, None, variable.line, variable.args)
        return made

    def lookup(self, name: str) -> Variable:
        """Give what a name stands for now."""
        found = self.build.get(name) or self.image.get(name) or self._not_ours(name)
        if name in self._declared:
            return Variable(found.parts, found.is_set, found.line, found.args | {name})
        return found

    def _not_ours(self, name: str) -> Variable:
        if self.more is not None:
            return Variable((self.more,), is_set=None)
        if self.origin == "scratch":
            return UNSET
        if self.origin == "image":
            return inherited(name)
        return Variable(unknown("not_collected", "the base image is not known"), is_set=None)

    def set_env(self, pairs: Iterable[tuple[Variable, Variable]], line: int) -> None:
        """Set variables of the image; names and values were found before any of them."""
        for name, value in pairs:
            text = literal(name.parts)
            if not text or "=" in text:
                self._anything(line)
                continue
            self.image[text] = Variable(value.parts, line=line, args=value.args | name.args)
            self.build.pop(text, None)
            self._declared.discard(text)

    def set_arg(self, name: str, value: Variable | None, line: int) -> None:
        """Declare a build argument, with its default or that of the whole file, if there is one."""
        self._declared.add(name)
        if name in NO_VARIABLES:
            return
        if name in CLIENT_ARGS:
            given = unknown("not_collected", "the client may hand on a value of its own")
            value = Variable(given, None if value is None else True)
        if value is None or value.is_set is False:
            return
        args = value.args | {name}
        env = self.image.get(name)
        if env is not None and env.parts == value.parts:
            self.build.pop(name, None)
            return
        if env is not None:
            doubt = (
                f"BuildKit takes the ARG of line {line}, other builders the ENV of line {env.line}"
            )
            value = Variable(unknown("ambiguous", doubt))
        self.build[name] = Variable(value.parts, value.is_set, line, args)

    def _anything(self, line: int) -> None:
        """Take note of a variable whose name is not known: it may be any."""
        self.more = Absent("not_collected", f"the name that line {line} sets is not known")
        for variables in (self.image, self.build):
            for name, old in variables.items():
                variables[name] = Variable((self.more,), None, old.line, old.args)
