"""Settings of the go command in force for the process that gathers, by Go's own order.

What they come to is the business of `engine/precedence/go`; here is who is asked, and where.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.installation import disguise
from engine.gather.go.tools import first_go
from engine.gather.go.view import host_view
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record
from engine.precedence.go import settings as resolved
from engine.precedence.go.binary import Binary, binary_at
from engine.precedence.go.computing import goarch, goos
from engine.precedence.go.keys import key_of
from engine.precedence.go.managers import after, behind
from engine.precedence.go.refusals import Refusal
from engine.precedence.values import Hole, Mixed, why_not
from engine.precedence.view import Unknown

if TYPE_CHECKING:
    from engine.gather.survey import Survey

KEYS = (
    "CC", "CGO_ENABLED", "CXX", "GO111MODULE", "GOARCH", "GOAUTH", "GOBIN", "GOCACHE",
    "GOCACHEPROG", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOINSECURE", "GOMODCACHE", "GONOPROXY",
    "GONOSUMDB", "GOOS", "GOPATH", "GOPRIVATE", "GOPROXY", "GOROOT", "GOSUMDB", "GOTMPDIR",
    "GOTOOLCHAIN", "GOVCS", "GOWORK",
)  # fmt: skip

SOURCES = ("os", "env_file", "goroot", "default")

_OF_VERSION = frozenset(("GOPROXY", "GOSUMDB", "GOTOOLCHAIN"))
"""Their defaults stand in GOROOT/go.env, or in the command."""
_SINCE_1_24 = frozenset(("GOAUTH", "GOCACHEPROG", "GOFIPS140"))
_DEFAULT = Provenance(origin="Go's default")
_NOBODY = Binary("", "", (1, 27), {"-trimpath": "true"})
"""Stands for the go command where there is none; what depends on it is not told."""


@record
class Setting:
    """A setting in force; `source` is out of `SOURCES`."""

    key: str
    value: str
    source: str
    provenance: Provenance


def setting(survey: Survey, key: str) -> Setting | Absent:
    """Give a setting in force, or why it is not known."""
    settings = survey.once(local_settings)
    if isinstance(settings, Absent):
        return settings
    try:
        return _setting(settings, key)
    except Unknown as error:
        return error.hole.absent()
    except Refusal as error:
        return Absent("parse_error", f"the go command refuses: {error.message}")


def local_settings(survey: Survey) -> resolved.Settings | Absent:
    """Give the settings of the go command on PATH, whatever toolchain a module asks for."""
    go = first_go(survey)
    if go is not None and (hole := disguise(go)):
        return hole
    try:
        view = survey.once(host_view)
    except HostError as error:
        return error.hole()
    if go is None:
        return resolved.Settings(view, _NOBODY)
    found = behind(view, go.path)
    if isinstance(found, Hole) or isinstance(found.binary, Hole):
        return (found if isinstance(found, Hole) else found.binary).absent()  # type: ignore[union-attr]
    inner = after(view, found.changes)
    try:
        return resolved.Settings(inner, binary_at(inner, found.binary))
    except Unknown as error:
        return error.hole.absent()


def _setting(settings: resolved.Settings, key: str) -> Setting | Absent:
    compute = key_of(settings, key)
    if compute is None and key == "GOTOOLCHAIN":
        return Setting(key, "local", "default", _DEFAULT)  # older versions never switch
    if compute is None:
        return Absent("unsupported", f"this version of Go has no {key}")
    found = compute(settings)
    written = settings.get(key)
    if written is not None and written.origin == found.origin and written.value:
        found = written  # as somebody wrote it, whatever Go makes of it
    if isinstance(found.value, Mixed):
        raise Unknown(why_not(found.value))
    if settings.binary is _NOBODY and (hole := _of_some_version(settings, key, found)):
        return hole
    if key == "GOTOOLCHAIN" and not found.value:
        return Setting(key, "local", "default", _DEFAULT)  # nobody says that it may switch
    value = "" if key == "GOBIN" and found.origin == "default" else found.value
    return Setting(key, value, found.origin, _provenance(key, found))


def _of_some_version(
    settings: resolved.Settings, key: str, found: resolved.Setting
) -> Absent | None:
    """Give why a setting is not known where no go command says of which version it is."""
    if key == "GOROOT" and found.origin == "default":
        return Absent("missing", "no `go` is on PATH and GOROOT is not set")
    if key in _SINCE_1_24:
        return Absent("not_collected", f"the version of Go decides about {key}, and is not known")
    config = settings.view.given("XDG_CONFIG_HOME")
    if found.origin != "os" and isinstance(config, str) and not config.startswith("/"):
        why = "XDG_CONFIG_HOME is relative, which counts for some versions of Go only"
        return Absent("ambiguous", f"{why}, and which of them runs is not known")
    if found.origin == "goroot" or (found.origin == "default" and key in _OF_VERSION):
        return Absent("not_collected", "it depends on the version of Go, which is not known")
    return None


def _provenance(key: str, found: resolved.Setting) -> Provenance:
    origins = {
        "os": f"environment variable {key}",
        "env_file": "go env file",
        "goroot": "GOROOT/go.env",
        "default": _DEFAULT.origin,
    }
    place = found.place
    if found.origin == "default" and key == "GOROOT" and place is not None:
        return Provenance(origin=f"the place of {place.file}")
    if place is None or found.origin in {"os", "default"}:
        return Provenance(origin=origins[found.origin])
    return Provenance(None, origins[found.origin], place.file, place.line)


def gopath(survey: Survey) -> list[str] | Absent:
    """Give the entries of GOPATH."""
    found = setting(survey, "GOPATH")
    return (
        found if isinstance(found, Absent) else [entry for entry in found.value.split(":") if entry]
    )


def install_dir(survey: Survey) -> str | Absent:
    """Give the folder that `go install` fills: GOBIN, else `bin` in the first entry of GOPATH."""
    gobin, paths, foreign = setting(survey, "GOBIN"), setting(survey, "GOPATH"), _foreign(survey)
    if isinstance(gobin, Absent):
        return gobin
    if isinstance(foreign, Absent):
        return foreign
    if gobin.value:
        refusal = f"while GOBIN is set Go installs nothing for {foreign}"
        return Absent("missing", refusal) if foreign else gobin.value
    if isinstance(paths, Absent):
        return paths
    first = paths.value.partition(":")[0]
    if not first:
        return Absent("missing", "GOBIN is not set, and GOPATH has no first entry")
    return os.path.normpath(os.path.join(first, "bin", foreign))


def _foreign(survey: Survey) -> str | Absent:
    """Give the platform that Go builds for (`windows_amd64`), empty if it is Go's own."""
    settings = survey.once(local_settings)
    if isinstance(settings, Absent):
        return settings
    try:
        if settings.get("GOOS") is None and settings.get("GOARCH") is None:
            return ""
        wanted = f"{goos(settings).value}_{goarch(settings).value}"
        own = f"{settings.binary.built('GOOS')}_{settings.binary.built('GOARCH')}"
    except Unknown as error:
        return error.hole.absent()
    return "" if wanted == own else wanted
