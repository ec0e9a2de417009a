"""Settings of the go command in force for the process that gathers, by Go's own order.

What they come to is the business of `engine/precedence/go`; here is who is asked, and where.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go import env_file
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
    from engine.gather.go.env_file import EnvFile
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
_NEWEST = (1, 27)


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
        return resolved.Settings(view, _nobody(survey))
    found = behind(view, go.path)
    if isinstance(found, Hole) or isinstance(found.binary, Hole):
        return (found if isinstance(found, Hole) else found.binary).absent()  # type: ignore[union-attr]
    inner = after(view, found.changes)
    try:
        return resolved.Settings(inner, binary_at(inner, found.binary))
    except Unknown as error:
        return error.hole.absent()


def _nobody(survey: Survey) -> Binary:
    """Give what stands for the go command where there is none: what depends on it is not told."""
    system = survey.host.platform.partition("/")[0]
    return Binary("", "", _NEWEST, {"-trimpath": "true", "GOOS": system})


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
    if not settings.binary.path and (hole := _of_some_version(settings, key, found)):
        return hole
    if key == "GOTOOLCHAIN" and not found.value:
        return Setting(key, "local", "default", _DEFAULT)  # nobody says that it may switch
    value = "" if key == "GOBIN" and found.origin == "default" else found.value
    return Setting(key, value, found.origin, _provenance(key, found))


def _of_some_version(
    settings: resolved.Settings, key: str, found: resolved.Setting
) -> Absent | None:
    """Give why a setting is not known where no go command says of which version it is."""
    if key in _SINCE_1_24:
        return Absent("not_collected", f"the version of Go decides about {key}, and is not known")
    if found.origin != "os" and (hole := _two_places(settings)) is not None:
        return hole
    if key == "GOROOT" and found.origin == "default":
        return Absent("missing", "no `go` is on PATH and GOROOT is not set")
    if found.origin == "goroot" or (found.origin == "default" and key in _OF_VERSION):
        return Absent("not_collected", "it depends on the version of Go, which is not known")
    return None


def _two_places(settings: resolved.Settings) -> Absent | None:
    """Give why the place of the user's file depends on the version, None if it does not."""
    config = settings.view.given("XDG_CONFIG_HOME")
    if settings.view.given("GOENV") is not None or not isinstance(config, str) or config[0] == "/":
        return None
    why = "XDG_CONFIG_HOME is relative, which counts for some versions of Go only"
    return Absent("ambiguous", f"{why}, and which of them runs is not known")


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


def user_file(survey: Survey) -> EnvFile:
    """Give the file that `go env -w` writes, line by line."""
    settings = survey.once(local_settings)
    if isinstance(settings, Absent):
        try:
            # What the command is does not move the file, as long as its version does not.
            settings = resolved.Settings(survey.once(host_view), _nobody(survey))
        except HostError as error:
            return env_file.user_file(survey, error.hole())
    try:
        path = resolved.known(settings.user_path())
    except Unknown as error:
        return env_file.user_file(survey, error.hole.absent())
    if not settings.binary.path and (hole := _two_places(settings)) is not None:
        return env_file.user_file(survey, hole)
    return env_file.user_file(survey, path)


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
