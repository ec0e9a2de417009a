"""What `go env` prints for each key.

Told from `cmd/go/internal/envcmd/env.go` and what it calls, of Go 1.19 to 1.27.
"""

from __future__ import annotations

from engine.precedence.go.cgo import cgo_enabled, compiler, flag_list, gccgo, pkg_config
from engine.precedence.go.computing import computed, goarch, goos, or_default, set_by_somebody
from engine.precedence.go.folders import (
    gobin,
    gocache,
    gopath,
    module_cache,
    telemetry,
    telemetry_dir,
    toolchain_root,
)
from engine.precedence.go.modules import go_mod, go_work, has_modules
from engine.precedence.go.platforms import ARCHITECTURE_KEYS
from engine.precedence.go.settings import FIRST_WITH_GO_ENV, Setting, known
from engine.precedence.values import Hole
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.precedence.go.computing import Key
    from engine.precedence.go.platforms import ArchitectureKey
    from engine.precedence.go.settings import Settings


def keys_of(settings: Settings) -> dict[str, Key]:
    """Give the keys that this version of Go prints, for the platform that it builds for."""
    release = settings.binary.release
    table = {key: compute for key, (since, compute) in _KEYS.items() if release >= since}
    architecture = goarch(settings).value
    found = ARCHITECTURE_KEYS.get(known(architecture))
    if found is not None and release >= found.since:
        table[found.key] = _of_architecture(found)
    return table


def key_of(settings: Settings, key: str) -> Key | None:
    """Give what computes one key, None if this version of Go does not print it."""
    since, compute = _KEYS.get(key, (None, None))
    return compute if since is not None and settings.binary.release >= since else None


def all_keys() -> frozenset[str]:
    """Name the keys that some version of Go prints, on some platform."""
    return frozenset(_KEYS) | {of.key for of in ARCHITECTURE_KEYS.values()}


def raw_keys() -> dict[str, Key]:
    """Give the keys that are printed as they are set, by every version since 1.21."""
    return {key: _KEYS[key][1] for key in _RAW}


def _goenv(settings: Settings) -> Setting:
    given = settings.view.given("GOENV")
    return Setting(settings.user_path(), "default" if given is None else "os")


def _gomod(settings: Settings) -> Setting:
    if not has_modules(settings):
        return computed("")
    return computed(go_mod(settings) or "/dev/null")


def _gowork(settings: Settings) -> Setting:
    given = set_by_somebody(settings, "GOWORK")
    if given is not None and known(given.value) == "off":
        return given
    path = go_work(settings)
    return given if given is not None and given.value == path else computed(path)


def _os_only(key: str) -> Key:
    def compute(settings: Settings) -> Setting:
        given = settings.view.given(key)
        return computed("") if given is None else Setting(given, "os")

    return compute


def _or_private(key: str) -> Key:
    def compute(settings: Settings) -> Setting:
        given = set_by_somebody(settings, key)
        private = settings.get("GOPRIVATE")
        return given or (computed(private.value, private) if private is not None else computed(""))

    return compute


def _of_architecture(about: ArchitectureKey) -> Key:
    def compute(settings: Settings) -> Setting:
        given = set_by_somebody(settings, about.key)
        if given is not None:
            return given
        built = settings.binary.about.get(about.key)
        default = built or about.default(settings.binary.release)
        if default is None:
            raise Unknown(Hole("unsupported", f"the default of {about.key} in this version of Go"))
        return computed(default)

    return compute


def _raw(key: str) -> Key:
    def compute(settings: Settings) -> Setting:
        return settings.get(key) or computed("")

    return compute


def _before_go_env(key: str, default: str) -> Key:
    """Give a key whose default stands in GOROOT/go.env since 1.21."""

    def compute(settings: Settings) -> Setting:
        found = settings.get(key)
        is_old = settings.binary.release < FIRST_WITH_GO_ENV
        if found is not None and (found.value or not is_old):
            return found
        return computed(default if is_old else "")

    return compute


def _built(key: str) -> Key:
    return lambda settings: computed(settings.binary.built(key))


_ALWAYS = (1, 0)
_RAW = (
    "GOFLAGS", "GOINSECURE", "GONOPROXY", "GONOSUMDB", "GOPRIVATE", "GOPROXY", "GOSUMDB",
    "GOTMPDIR", "GOTOOLCHAIN", "GOVCS",
)  # fmt: skip
_KEYS: Mapping[str, tuple[tuple[int, int], Key]] = {
    "AR": (_ALWAYS, or_default("AR", "ar")),
    "CC": (_ALWAYS, compiler("CC", 0)),
    "CGO_CFLAGS": (_ALWAYS, flag_list("CGO_CFLAGS")),
    "CGO_CPPFLAGS": (_ALWAYS, flag_list("CGO_CPPFLAGS")),
    "CGO_CXXFLAGS": (_ALWAYS, flag_list("CGO_CXXFLAGS")),
    "CGO_ENABLED": (_ALWAYS, cgo_enabled),
    "CGO_FFLAGS": (_ALWAYS, flag_list("CGO_FFLAGS")),
    "CGO_LDFLAGS": (_ALWAYS, flag_list("CGO_LDFLAGS")),
    "CXX": (_ALWAYS, compiler("CXX", 1)),
    "GCCGO": (_ALWAYS, gccgo),
    "GO111MODULE": (_ALWAYS, _raw("GO111MODULE")),
    "GOARCH": (_ALWAYS, goarch),
    "GOAUTH": ((1, 24), or_default("GOAUTH", "netrc")),
    "GOBIN": (_ALWAYS, gobin),
    "GOCACHE": (_ALWAYS, gocache),
    "GOCACHEPROG": ((1, 24), _raw("GOCACHEPROG")),
    "GODEBUG": ((1, 23), _os_only("GODEBUG")),
    "GOENV": (_ALWAYS, _goenv),
    "GOEXE": (_ALWAYS, lambda s: computed(".exe" if known(goos(s).value) == "windows" else "")),
    "GOEXPERIMENT": (_ALWAYS, _raw("GOEXPERIMENT")),
    "GOFIPS140": ((1, 24), or_default("GOFIPS140", "off")),
    "GOFLAGS": (_ALWAYS, _raw("GOFLAGS")),
    "GOHOSTARCH": (_ALWAYS, _built("GOARCH")),
    "GOHOSTOS": (_ALWAYS, _built("GOOS")),
    "GOINSECURE": (_ALWAYS, _raw("GOINSECURE")),
    "GOMOD": (_ALWAYS, _gomod),
    "GOMODCACHE": (_ALWAYS, module_cache),
    "GONOPROXY": (_ALWAYS, _or_private("GONOPROXY")),
    "GONOSUMDB": (_ALWAYS, _or_private("GONOSUMDB")),
    "GOOS": (_ALWAYS, goos),
    "GOPACKAGESDRIVER": ((1, 27), _os_only("GOPACKAGESDRIVER")),
    "GOPATH": (_ALWAYS, gopath),
    "GOPRIVATE": (_ALWAYS, _raw("GOPRIVATE")),
    "GOPROXY": (_ALWAYS, _before_go_env("GOPROXY", "https://proxy.golang.org,direct")),
    "GOROOT": (_ALWAYS, _raw("GOROOT")),
    "GOSUMDB": (_ALWAYS, _before_go_env("GOSUMDB", "sum.golang.org")),
    "GOTELEMETRY": ((1, 23), telemetry),
    "GOTELEMETRYDIR": ((1, 23), telemetry_dir),
    "GOTMPDIR": (_ALWAYS, _raw("GOTMPDIR")),
    "GOTOOLCHAIN": (FIRST_WITH_GO_ENV, _raw("GOTOOLCHAIN")),
    "GOTOOLDIR": (_ALWAYS, toolchain_root),
    "GOVCS": (_ALWAYS, _raw("GOVCS")),
    "GOVERSION": (_ALWAYS, lambda s: computed(s.binary.version)),
    "GOWORK": (_ALWAYS, _gowork),
    "PKG_CONFIG": (_ALWAYS, pkg_config),
}
