"""The environment variables that Go knows."""

from __future__ import annotations

VARIABLES = frozenset((
    "CGO_CFLAGS", "CGO_CFLAGS_ALLOW", "CGO_CFLAGS_DISALLOW", "CGO_CPPFLAGS", "CGO_CPPFLAGS_ALLOW",
    "CGO_CPPFLAGS_DISALLOW", "CGO_CXXFLAGS", "CGO_CXXFLAGS_ALLOW", "CGO_CXXFLAGS_DISALLOW",
    "CGO_ENABLED", "CGO_FFLAGS", "CGO_FFLAGS_ALLOW", "CGO_FFLAGS_DISALLOW", "CGO_LDFLAGS",
    "CGO_LDFLAGS_ALLOW", "CGO_LDFLAGS_DISALLOW", "GO111MODULE", "GO386", "GOAMD64", "GOARCH",
    "GOARM", "GOARM64", "GOAUTH", "GOBIN", "GOCACHE", "GOCACHEPROG", "GOCOVERDIR", "GODEBUG",
    "GOENV", "GOENV_ROOT", "GOEXE", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOGC", "GOGCCFLAGS",
    "GOHOSTARCH", "GOHOSTOS", "GOINSECURE", "GOMAXPROCS", "GOMEMLIMIT", "GOMIPS", "GOMIPS64",
    "GOMOD", "GOMODCACHE", "GONOPROXY", "GONOSUMCHECK", "GONOSUMDB", "GOOS", "GOPACKAGESDRIVER",
    "GOPATH", "GOPLSCACHE", "GOPPC64", "GOPRIVATE", "GOPROXY", "GORACE", "GORISCV64", "GOROOT",
    "GOSUMDB", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTMPDIR", "GOTOOLCHAIN", "GOTOOLDIR",
    "GOTRACEBACK", "GOVCS", "GOVERSION", "GOWASM", "GOWORK", "GO_EXTLINK_ENABLED",
))  # fmt: skip
"""Those of the go command and of the programs around it that begin with `GO` or `CGO_`."""


def is_unknown_to_go(name: str) -> bool:
    """Say whether a variable looks like one of Go's and is none that we know."""
    return name.startswith(("GO", "CGO_")) and name not in VARIABLES
