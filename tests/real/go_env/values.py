"""What people, and nobody, would write for each variable that go reads.

Three drawers a variable: plain values; odd ones, that go takes all the same; and bad ones, most of
which make `go env` itself fail. Every path is below the folder of the case, because go creates
some of what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.real.go_env.case import GO, ROOT


@dataclass(frozen=True)
class Drawers:
    """The values of one variable."""

    plain: tuple[str, ...]
    odd: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


def _of(plain, odd=(), bad=()):
    return Drawers(tuple(plain), tuple(odd), tuple(bad))


_PATTERNS = _of(
    ["*.corp.example.com", "example.org/x,example.net/*", "none", "golang.org/toolchain"],
    ["*", "[", " a , b ", "${GOPRIVATE}", '"*.example.com"'],
)
_COMPILER = _of(
    ["gcc", "clang", "cc -m64", f"{ROOT}/cc/gcc", "zig cc -target x86_64-linux"],
    [f"'{ROOT}/c c/gcc' -O2", '"gcc"', "gcc '", "a=b", "$CC"],
    ["'gcc", "./gcc", "cc/gcc -m32", '"'],
)
_FLAGS = _of(
    ["-O2 -g", "-O0", "-I/usr/include -DX=1", "-g -O2 -fPIC"],
    [
        "",
        "  ",
        "'-DX=a b' -g",
        '"-DX=\'q\'" -g',
        '-DX="a b"',
        "-I~/inc $CFLAGS",
        "''  -g ''",
        "\t-O1\t",
        "'-DA=\"x\"' \"-DB='y'\"",
        "'a'b",
    ],
    ["'-O2", '-g "'],
)  # fmt: skip
_SWITCH = _of(["0", "1"], ["2", "true", "", " 1", "01"])

VALUES = {
    "GO111MODULE": _of(["on", "off", "auto", ""], [], ["bogus", " on", "ON", "1"]),
    "GOFLAGS": _of(
        ["-mod=mod", "-v", "-mod=vendor -trimpath", "-tags=a,b", "-buildvcs=false", "-modcacherw"],
        [
            "'-ldflags=-X=a=b c' -race", "-modfile=alt.mod", "-x", "-n", "-json=false", "'-v", "=u",
            "v", "-n=true", '"-tags=a b"', "--v --n=0", "-u=false", "-w=F", "-u -u=0", " ", "-help",
            "-overlay=o.json", "-insecure", "-C", "---x", "-=1", "-mod=bogus", "-json", "xx",
        ],
        [
            "-u", "-w", "--u", "au", "-C=/x", "-n=foo", "-u=yes", "-ldflags=-s -w", "-json=no",
            "'-w'",
        ],
    ),
    "GOPROXY": _of(
        ["https://proxy.example.com,direct", "off", "direct", "https://goproxy.example.io|direct"],
        [
            f"file://{ROOT}/proxy", ",", " ", '"https://q.example.com"', "$GOPROXY", "~/p", "",
            "https://user:pa%24s@proxy.example.com", "none", "https://a=b.example.com/?x=1",
        ],
    ),
    "GOSUMDB": _of(["off", "sum.golang.org", "sum.golang.google.cn"], ["", "x y z", " off", "OFF"]),
    "GOPRIVATE": _PATTERNS,
    "GONOPROXY": _PATTERNS,
    "GONOSUMDB": _PATTERNS,
    "GOINSECURE": _PATTERNS,
    "GOVCS": _of(["*:git", "private:git,public:off"], ["bogus", "*:all ", "", "\udcff\udcc3:git"]),
    "GOAUTH": _of(["netrc", "off", "git dir"], ["", "netrc;off", "nowhere -x"]),
    "GOCACHEPROG": _of([f"{ROOT}/cc/prog --x", ""], ["nowhere", "'a b' c"]),
    "GOTMPDIR": _of([f"{ROOT}/tmp"], ["", "tmp", f"{ROOT}/tmp/"], [f"{ROOT}/missing", "~/tmp"]),
    "TMPDIR": _of(
        [f"{ROOT}/tmp", f"{ROOT}/tmp/"],
        [f"{ROOT}/project", f"{ROOT}/project/.", ".", f"{ROOT}/link", f"{ROOT}/project/sub/"],
        [f"{ROOT}/missing"],
    ),
    "GOPATH": _of(
        [f"{ROOT}/gopath", f"{ROOT}/gp1:{ROOT}/gp2", f"{ROOT}/home/go", f"{ROOT}/gopath/"],
        [
            f":{ROOT}/gopath", f"{ROOT}/g::{ROOT}/h", f"{ROOT}", f"{ROOT}/x:{ROOT}/pro", GO, ":",
            f"{ROOT}/project", f"{ROOT}/x:{ROOT}/project/sub", f"{ROOT}/a/../gopath", f"{GO}/", "",
            f"{ROOT}/gp1:", f"{ROOT}/a b", f"{ROOT}/ä", f"{ROOT}/gopath/~x", f"{ROOT}//gopath",
            f"{ROOT}/sdk",
        ],
        ["rel", "~/go", "$HOME/go", f"{ROOT}/a:rel", f"{ROOT}/a:~b", f'"{ROOT}/gopath"'],
    ),
    "GOBIN": _of(
        [f"{ROOT}/gobin", f"{ROOT}/home/bin"],
        ["bin", "~/bin", "", f"{ROOT}/gobin/", " "],
    ),
    "GOMODCACHE": _of([f"{ROOT}/modcache"], ["rel", "", f"{ROOT}/modcache/", "~/m", f"{ROOT}/m c"]),
    "GOCACHE": _of(
        [f"{ROOT}/cache", f"{ROOT}/home/.cache/go-build"],
        ["off", "rel/x", "", f"{ROOT}/cache/", "~/c", "OFF", " off", f"{ROOT}/home/file"],
    ),
    "GOROOT": _of(
        [GO, ""],
        [
            f"{GO}/", f"{ROOT}/empty", f"{ROOT}/sdk2", f"{ROOT}/sdk2/", f"{ROOT}//sdk2", ".",
            f"{ROOT}/home/go", f"{ROOT}/sdk",
        ],
        [f"{ROOT}/missing", "~/sdk", f"{ROOT}/home/file"],
    ),
    "GOEXPERIMENT": _of(
        ["", "none", "boringcrypto", "arenas", "loopvar", "nocoverageredesign", "fieldtrack"],
        [
            "noregabi,,none", "regabiargs,noregabiwrappers", "rangefunc", "aliastypeparams",
            "synctest", "greenteagc,jsonv2", "swissmap", "unified", "nodwarf5", "simd", "cacheprog",
            ",",
        ],
        ["bogus", " arenas", "Arenas", "nonone"],
    ),
    "GOFIPS140": _of(
        ["off", "latest", ""],
        ["v1.0.0", "inprocess", "certified", "v1.26.0"],
        ["bogus", "v1.9.9", "v2.0.0", "../x", "OFF", "v1.0.0-c2097c7c"],
    ),
    "GODEBUG": _of(
        ["http2client=0", "madvdontneed=1,asyncpreemptoff=1", "", "netdns=go"],
        ["execerrdot=0", "bogus", "toolchaintrace=1", "fips140=on", "x=1,execerrdot=0"],
        ["fips140=bogus"],
    ),
    "CGO_ENABLED": _SWITCH,
    "CC": Drawers(_COMPILER.plain, _COMPILER.odd, (*_COMPILER.bad, " ")),
    "CXX": Drawers(("g++", "clang++ -m64", f"{ROOT}/cc/g++"), (*_COMPILER.odd, " "), _COMPILER.bad),
    "FC": Drawers(("gfortran",), (" ", "f77 -x"), ("./f", "'f")),
    "AR": _of(["ar", "llvm-ar"], [" ", "'a b' c", "'ar", "x/ar", ""]),
    "GCCGO": _of(
        ["gccgo", "gccgo-12"],
        [f"{ROOT}/cc/gcc", "gcc", "gcc -x", "./gcc", "../cc/gcc", " ", "", f"{ROOT}/cc", "cc/gcc"],
    ),
    "PKG_CONFIG": _of(
        ["pkg-config", "pkgconf --static"],
        ["'/a b/pkg-config' -x", "", "''", "x'y", "./pkg-config"],
        [" ", "'pkg"],
    ),
    "CGO_CFLAGS": _FLAGS,
    "CGO_CPPFLAGS": _FLAGS,
    "CGO_CXXFLAGS": _FLAGS,
    "CGO_FFLAGS": _FLAGS,
    "CGO_LDFLAGS": _FLAGS,
    "CGO_CFLAGS_ALLOW": _of([".*", "-f.*"], ["[", "(?<=x)"]),
    "CGO_LDFLAGS_DISALLOW": _of(["-L.*"], ["*"]),
    "GOWORK": _of(
        ["off", "auto", "", f"{ROOT}/project/go.work"],
        [
            f"{ROOT}/missing/go.work", f"{ROOT}/project", f"{ROOT}/project//go.work",
            f"{ROOT}/other.work",
        ],
        ["go.work", "OFF", "~/go.work", " off"],
    ),
    "GO386": _of(["sse2", "softfloat"], ["387", "", " "]),
    "GOAMD64": _of(["v1", "v2", "v3", "v4"], [""], ["v5", "V1", "v1 "]),
    "GOARM": _of(
        ["5", "6", "7"],
        ["7,softfloat", "6,hardfloat", ""],
        ["8", "7,hard", "7,hardfloat,softfloat", "7,softfloat,hardfloat"],
    ),
    "GOARM64": _of(
        ["v8.0", "v9.0"],
        ["v8.1,lse", "v9.5,crypto,lse", "v8.0,lse,lse"],
        ["v10.0", "v8", "v8.0,x"],
    ),
    "GOMIPS": _of(["hardfloat", "softfloat"], [""], ["hard"]),
    "GOMIPS64": _of(["hardfloat", "softfloat"], [""], ["hard"]),
    "GOPPC64": _of(["power8", "power9"], ["power10"], ["power7"]),
    "GORISCV64": _of(["rva20u64", "rva22u64"], ["rva23u64"], ["rva21u64"]),
    "GOWASM": _of(["satconv", "signext,satconv"], ["", ",", "satconv,,"], ["bulk", " satconv"]),
    "GOPACKAGESDRIVER": _of(["off", f"{ROOT}/cc/driver"], [""]),
    "GO_EXTLINK_ENABLED": _of(["0", "1"]),
    "GOMEMLIMIT": _of(["1GiB", "off"], ["", "1024"], ["banana", "1GB"]),
}  # fmt: skip

DERIVED = {
    "GOMOD": (f"{ROOT}/x/go.mod", "off"),
    "GOVERSION": ("go9.9",),
    "GOHOSTOS": ("plan9",),
    "GOHOSTARCH": ("mips",),
    "GOEXE": (".bat",),
    "GOTOOLDIR": (f"{ROOT}/tools",),
    "GOTELEMETRY": ("off", "on"),
    "GOTELEMETRYDIR": (f"{ROOT}/t",),
    "GOGCCFLAGS": ("-x",),
    "GONOSUMCHECK": ("1",),
    "GOCOVERDIR": (f"{ROOT}/missing",),
    "GOROOT_FINAL": (f"{ROOT}/final",),
    "GOTRACEBACK": ("x",),
    "LANG": ("de_DE.UTF-8",),
}
"""What go works out by itself, or does not know: setting it changes nothing."""

PLATFORMS = (
    ("linux", "amd64"), ("linux", "arm64"), ("linux", "386"), ("linux", "arm"),
    ("linux", "riscv64"), ("linux", "mips"), ("linux", "mips64le"), ("linux", "ppc64le"),
    ("linux", "s390x"), ("linux", "loong64"), ("windows", "amd64"), ("windows", "arm64"),
    ("darwin", "arm64"), ("darwin", "amd64"), ("js", "wasm"), ("wasip1", "wasm"),
    ("freebsd", "amd64"), ("android", "arm"), ("android", "arm64"), ("ios", "arm64"),
    ("openbsd", "amd64"), ("aix", "ppc64"), ("plan9", "386"), ("netbsd", "arm"),
)  # fmt: skip
NO_PLATFORMS = (
    ("linux", "bogus"), ("bogus", "amd64"), ("darwin", "386"), ("windows", "mips"),
    ("linux", "wasm"), ("Linux", "amd64"), ("linux", "x86_64"),
)  # fmt: skip

GO_LINES = ("1.18", "1.20", "1.21", "1.21.0", "1.16", "1.22.10", "1.24", "1.19.8", "1")
ODD_GO_LINES = (
    "1.22rc1", "1.26.6 extra", "bogus", '"1.22"', "1.21.0 // why", "1.20//why", "v1.21", "1.021",
    "2", "1.22.10.1", "1.21-custom", "", "99999999999999999999.1", "1.21beta1", "1.22.01",
)  # fmt: skip
MISSING_LINES = ("1.99", "1.99.9", "1.98rc1")
"""Versions that nobody has: go looks for them on PATH, in the module cache, then in the network."""
