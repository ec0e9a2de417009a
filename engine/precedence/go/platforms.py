"""What depends on the platform that Go builds for: compilers, cgo, and a key by architecture."""

from __future__ import annotations

from engine.model.record import record

_FIRST_WITH_CLANG = (1, 21)
_CLANG = frozenset(("darwin", "ios", "freebsd", "openbsd"))


@record
class ArchitectureKey:
    """The key that `go env` prints for an architecture, since when, and its defaults.

    `defaults` are pairs of a first version and the default since then, newest first; what stands
    there is that of Go's own releases. `allowed` is a pattern of what the variable may be, from
    that of a version on; None where Go does not check it.
    """

    key: str
    defaults: tuple[tuple[tuple[int, int], str], ...]
    since: tuple[int, int] = (1, 0)
    allowed: tuple[tuple[tuple[int, int], str], ...] = ()
    checked_until: tuple[int, int] = (9, 9)

    def default(self, release: tuple[int, int]) -> str | None:
        """Give the default of a version, None where it is not known."""
        return _of(self.defaults, release)

    def pattern(self, release: tuple[int, int]) -> str | None:
        """Give the pattern of values that a version takes, None if it takes any."""
        is_checked = self.since <= release < self.checked_until
        return _of(self.allowed, release) if is_checked else None


def _of(table: tuple[tuple[tuple[int, int], str], ...], release: tuple[int, int]) -> str | None:
    return next((value for since, value in table if release >= since), None)


_ANY = (1, 0)
_FLOATS = ((_ANY, "hardfloat|softfloat"),)
# Since 1.23 the check of GOARM64 forgets what the checks before it found.
_FORGOTTEN = (1, 23)
_ARM = ArchitectureKey(
    "GOARM",
    (((1, 24), "7"), ((1, 22), "7,hardfloat"), ((1, 21), "7")),
    allowed=(((1, 22), "[567](,hardfloat)?(,softfloat)?"), (_ANY, "[567]")),
    checked_until=_FORGOTTEN,
)
_MIPS = ArchitectureKey("GOMIPS", ((_ANY, "hardfloat"),), allowed=_FLOATS)
_MIPS64 = ArchitectureKey("GOMIPS64", ((_ANY, "hardfloat"),), allowed=_FLOATS)
_PPC64 = ArchitectureKey(
    "GOPPC64",
    ((_ANY, "power8"),),
    allowed=(((1, 20), "power8|power9|power10"), (_ANY, "power8|power9")),
)
ARCHITECTURE_KEYS = {
    "386": ArchitectureKey("GO386", (((1, 21), "sse2"),)),
    "amd64": ArchitectureKey(
        "GOAMD64", ((_ANY, "v1"),), allowed=((_ANY, "v[1-4]"),), checked_until=_FORGOTTEN
    ),
    "arm": _ARM,
    "arm64": ArchitectureKey(
        "GOARM64",
        ((_ANY, "v8.0"),),
        since=(1, 23),
        allowed=((_ANY, r"(v8\.[0-9]|v9\.[0-5])(,lse|,crypto)*"),),
    ),
    "mips": _MIPS,
    "mips64": _MIPS64,
    "mips64le": _MIPS64,
    "mipsle": _MIPS,
    "ppc64": _PPC64,
    "ppc64le": _PPC64,
    "riscv64": ArchitectureKey(
        "GORISCV64",
        ((_ANY, "rva20u64"),),
        since=(1, 23),
        allowed=(((1, 25), "rva20u64|rva22u64|rva23u64"), (_ANY, "rva20u64|rva22u64")),
    ),
    "wasm": ArchitectureKey("GOWASM", ((_ANY, ""),), allowed=((_ANY, "((satconv|signext)?,?)*"),)),
}

_CGO = frozenset((
    "aix/ppc64", "android/386", "android/amd64", "android/arm", "android/arm64", "darwin/amd64",
    "darwin/arm64", "dragonfly/amd64", "freebsd/386", "freebsd/amd64", "freebsd/arm",
    "freebsd/arm64", "illumos/amd64", "ios/amd64", "ios/arm64", "linux/386", "linux/amd64",
    "linux/arm", "linux/arm64", "linux/loong64", "linux/mips", "linux/mips64", "linux/mips64le",
    "linux/mipsle", "linux/ppc64le", "linux/riscv64", "linux/s390x", "netbsd/386", "netbsd/amd64",
    "netbsd/arm", "netbsd/arm64", "openbsd/386", "openbsd/amd64", "openbsd/arm", "openbsd/arm64",
    "solaris/amd64", "windows/386", "windows/amd64", "windows/arm64",
))  # fmt: skip


# `go tool dist list` of every version from 1.19 to 1.27.
_PAIRS = frozenset((
    "aix/ppc64", "android/386", "android/amd64", "android/arm", "android/arm64",
    "darwin/amd64", "darwin/arm64", "dragonfly/amd64", "freebsd/386", "freebsd/amd64",
    "freebsd/arm", "freebsd/arm64", "illumos/amd64", "ios/amd64", "ios/arm64", "js/wasm",
    "linux/386", "linux/amd64", "linux/arm", "linux/arm64", "linux/loong64", "linux/mips",
    "linux/mips64", "linux/mips64le", "linux/mipsle", "linux/ppc64", "linux/ppc64le",
    "linux/riscv64", "linux/s390x", "netbsd/386", "netbsd/amd64", "netbsd/arm", "netbsd/arm64",
    "openbsd/386", "openbsd/amd64", "openbsd/arm", "openbsd/arm64", "plan9/386", "plan9/amd64",
    "plan9/arm", "solaris/amd64", "windows/386", "windows/amd64", "windows/arm64",
))  # fmt: skip
# Some versions have these and others do not, or have them as broken.
_SOMETIMES = frozenset((
    "freebsd/riscv64", "linux/sparc64", "openbsd/mips64", "openbsd/ppc64", "openbsd/riscv64",
    "wasip1/wasm", "windows/arm",
))  # fmt: skip


def is_pair(pair: str) -> bool | None:
    """Say whether Go builds for a platform such as `linux/amd64`; None where versions differ."""
    return None if pair in _SOMETIMES else pair in _PAIRS


def default_compilers(system: str, release: tuple[int, int]) -> tuple[str, str] | None:
    """Give the compilers of C and C++ that Go looks for by default, None if that is not known."""
    if system not in _CLANG:
        return ("gcc", "g++")
    # Before, it depended on where Go itself was built.
    return ("clang", "clang++") if release >= _FIRST_WITH_CLANG else None


def can_use_cgo(system: str, architecture: str) -> bool:
    """Say whether Go knows how to use C on a platform."""
    return f"{system}/{architecture}" in _CGO
