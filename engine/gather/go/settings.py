"""Settings of the go command in force: variable, user's file, GOROOT/go.env, default."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.command import ask_go
from engine.gather.go.installation import (
    FIRST_WITH_GO_ENV,
    defaults_file,
    disguise,
    release,
    root,
    user_file,
)
from engine.gather.go.tools import first_go
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.survey import Survey

KEYS = (
    "CC", "CGO_ENABLED", "CXX", "GO111MODULE", "GOARCH", "GOAUTH", "GOBIN", "GOCACHE",
    "GOCACHEPROG", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOINSECURE", "GOMODCACHE", "GONOPROXY",
    "GONOSUMDB", "GOOS", "GOPATH", "GOPRIVATE", "GOPROXY", "GOROOT", "GOSUMDB", "GOTMPDIR",
    "GOTOOLCHAIN", "GOVCS", "GOWORK",
)  # fmt: skip

SOURCES = ("os", "env_file", "goroot", "default")

_SINCE_1_24 = frozenset(("GOAUTH", "GOCACHEPROG", "GOFIPS140"))

_DEFAULT = Provenance(origin="Go's default")


@record
class Setting:
    """A setting in force; `source` is out of `SOURCES`."""

    key: str
    value: str
    source: str
    provenance: Provenance


def setting(survey: Survey, key: str) -> Setting | Absent:
    """Give a setting in force, or why it is not known."""
    go = first_go(survey)
    if go and (hole := disguise(go)):
        return hole
    if key == "GOROOT":
        return _goroot(survey)
    given = _given(survey, key)
    if isinstance(given, Absent):
        return given
    if given and (hole := _too_new(survey, key)):
        return hole
    if given and _is_ignored(survey, given):
        given = None  # and nobody else is asked
    if given and given.value:
        return given
    default = _default(survey, key)
    if given and default == "":
        return (
            given  # an empty line in the user's file hides GOROOT/go.env, and there is no default
        )
    return default if isinstance(default, Absent) else Setting(key, default, "default", _DEFAULT)


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
    folder = _in_first(paths.value, os.path.join("bin", foreign))
    return folder or Absent("missing", "GOBIN is not set, and GOPATH has no first entry")


def _foreign(survey: Survey) -> str | Absent:
    """Give the platform that Go builds for if it is not Go's own (`windows_amd64`), else nothing.

    Go is asked for it only where somebody chose a platform.
    """
    if not any(_given(survey, key) for key in ("GOOS", "GOARCH")):
        return ""
    said = survey.once(ask_go)
    if isinstance(said, Absent):
        return said
    wanted, own = (
        "_".join(said.get(key, "") for key in keys)
        for keys in (("GOOS", "GOARCH"), ("GOHOSTOS", "GOHOSTARCH"))
    )
    return "" if wanted == own else wanted


def _is_ignored(survey: Survey, given: Setting) -> bool:
    """Say whether Go passes over a setting and works by its default."""
    if given.key == "CGO_ENABLED":
        return given.value not in {"0", "1"}
    version = release(survey)
    return given.key == "GOTOOLCHAIN" and version is not None and version < FIRST_WITH_GO_ENV


def _too_new(survey: Survey, key: str) -> Absent | None:
    """Give why a setting does not count: the `go` that runs is older than its key."""
    version = release(survey)
    if key not in _SINCE_1_24 or (version is not None and version >= (1, 24)):
        return None
    if version is None:
        return Absent("not_collected", f"the version of Go decides about {key}, and is not known")
    return Absent("unsupported", f"this version of Go has no {key}")


def _in_first(paths: str, below: str) -> str:
    """Give a folder in the first entry of GOPATH; nothing where that is empty, as Go has it."""
    first = paths.partition(":")[0]
    return os.path.normpath(os.path.join(first, below)) if first else ""


def _given(survey: Survey, key: str) -> Setting | Absent | None:
    """Give what somebody set; an empty variable counts as unset, an empty line does not."""
    if value := survey.variable(key):
        return Setting(key, value, "os", Provenance(origin=f"environment variable {key}"))
    file = survey.once(user_file)
    if file.go_reads_on:
        return file.hole
    if entry := file.content.last(key):
        return Setting(key, entry.value, "env_file", file.provenance(entry.line))
    defaults = survey.once(defaults_file)
    if isinstance(defaults, Absent):
        return defaults
    if defaults is None:
        return None
    path, content = defaults
    # In this file, unlike in the user's, the first of two lines with one key counts.
    first = next((entry for entry in content.entries if entry.key == key), None)
    return (
        Setting(key, first.value, "goroot", Provenance(None, "GOROOT/go.env", path, first.line))
        if first
        else None
    )


def _goroot(survey: Survey) -> Setting | Absent:
    found = survey.once(root)
    if found is None:
        return Absent("missing", "no `go` is on PATH and GOROOT is not set")
    if isinstance(found, Absent):
        return found
    return Setting("GOROOT", found.path, found.source, found.provenance)


def _default(survey: Survey, key: str) -> str | Absent:
    """Give the value of a key that nobody set."""
    if key in _EMPTY:
        return ""
    if key in _BEFORE_GO_ENV:
        version = release(survey)
        if version is None:
            return Absent(
                "not_collected", "the default depends on the version of Go, which is not known"
            )
        return _BEFORE_GO_ENV[key] if version < FIRST_WITH_GO_ENV or key == "GOTOOLCHAIN" else ""
    if key in _COMPUTED:
        return _COMPUTED[key](survey)
    answer = survey.once(ask_go)
    if isinstance(answer, Absent):
        return answer
    return answer.get(key, Absent("unsupported", f"this version of Go has no {key}"))


def _home(survey: Survey, *below: str) -> str | Absent:
    home = survey.variable("HOME")
    return os.path.join(home, *below) if home else Absent("missing", "HOME is not set")


def _default_gopath(survey: Survey) -> str | Absent:
    """Give `go` at home; Go drops it again where HOME is relative."""
    found = _gopath_at_home(survey)
    return found if isinstance(found, Absent) or os.path.isabs(found) else ""


def _gopath_at_home(survey: Survey) -> str | Absent:
    found = _home(survey, "go")
    own = survey.once(root)
    # A GOROOT in ~/go cannot be GOPATH as well, and then there is none.
    same = (
        not isinstance(found, Absent)
        and own is not None
        and not isinstance(own, Absent)
        and own.path == found
    )
    return "" if same else found


def _default_cache(survey: Survey) -> str | Absent:
    if cache := survey.variable("XDG_CACHE_HOME"):
        is_usable = os.path.isabs(cache)
        return (
            os.path.join(cache, "go-build")
            if is_usable
            else Absent("unsupported", "XDG_CACHE_HOME is relative")
        )
    darwin = survey.host.platform.startswith("darwin/")
    return _home(survey, "Library/Caches/go-build" if darwin else ".cache/go-build")


def _default_modcache(survey: Survey) -> str | Absent:
    found = setting(survey, "GOPATH")
    if isinstance(found, Absent):
        return found
    paths = found.value or _gopath_at_home(survey)  # it is settled before Go drops a relative one
    return paths if isinstance(paths, Absent) else _in_first(paths, "pkg/mod")


def _as_private(survey: Survey) -> str | Absent:
    found = setting(survey, "GOPRIVATE")
    return found if isinstance(found, Absent) else found.value


_EMPTY = frozenset(
    (
        "GO111MODULE",
        "GOBIN",
        "GOCACHEPROG",
        "GOFLAGS",
        "GOINSECURE",
        "GOPRIVATE",
        "GOTMPDIR",
        "GOVCS",
        "GOWORK",
    )
)
_BEFORE_GO_ENV = {
    "GOPROXY": "https://proxy.golang.org,direct",
    "GOSUMDB": "sum.golang.org",
    # Older versions never switch, newer ones do not where the packager took the line out of go.env.
    "GOTOOLCHAIN": "local",
}
_COMPUTED: dict[str, Callable[[Survey], str | Absent]] = {
    "GOPATH": _default_gopath,
    "GOCACHE": _default_cache,
    "GOMODCACHE": _default_modcache,
    "GONOPROXY": _as_private,
    "GONOSUMDB": _as_private,
}
