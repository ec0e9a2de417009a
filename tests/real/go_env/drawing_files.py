"""The texts of drawn cases: the user's file, a GOROOT's go.env, go.mod and go.work."""

from __future__ import annotations

from tests.real.go_env.values import GO_LINES, MISSING_LINES, ODD_GO_LINES

JUNK = (
    "# a comment", "", "export GOPROXY=junk", " GOPROXY=junk", "\tGOSUMDB=junk", "goproxy=junk",
    "=x", "GOPROXY", "GOPROXY = junk", "unset GOPROXY", "_X=1", "éGOPROXY=junk", "FOO=bar",
    "GOENV=/x", "GOPROXY: junk", "export GOFLAGS", "Z", "A=", "GO\x00X=1", "-GOBIN=x",
    "GOVCS=\udcff\udcfe",
)  # fmt: skip

ODD_LINES = (
    "require (\n\tgo 1.21\n)", "go (\n1.99\n)", "// go 1.99", "!syntax (", "/* go", "go", "",
)  # fmt: skip
ODD_TOOLCHAINS = (
    "bogus", "go1.21.0-custom", "go1.99.9", "local", "go1", "default // x", "go1.22.10 x",
)  # fmt: skip


def env_text(chance, variable):
    """A file of `go env -w`, or what a person made of it by hand."""
    lines = ["=".join(variable()) for _ in range(chance.choice([1, 1, 2, 3, 4, 6]))]
    if chance.random() < 0.15:
        lines.append(lines[0].split("=")[0] + "=" + chance.choice(["", "again", "twice=2"]))
    if chance.random() < 0.3:
        for _ in range(chance.choice([1, 2, 4])):
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(JUNK))
    text = "\n".join(lines) + ("\n" if chance.random() < 0.9 else "")
    luck = chance.random()
    if luck < 0.03:
        text = text.replace("\n", "\r\n")
    elif luck < 0.05:
        text = "\ufeff" + text
    return text


def go_env_text(chance, value):
    """The go.env of a GOROOT: as released, as a distribution changes it, or odd."""
    lines = [
        "# The defaults.",
        "",
        "GOPROXY=https://proxy.golang.org,direct",
        "GOSUMDB=sum.golang.org",
    ]
    lines.append(chance.choice(["GOTOOLCHAIN=auto", "GOTOOLCHAIN=local", "GOTOOLCHAIN=path"]))
    if chance.random() < 0.3:
        for _ in range(chance.choice([1, 2])):
            name = chance.choice(
                ["GOFLAGS", "GOPROXY", "GOPRIVATE", "GOBIN", "GOAMD64", "CC", "GOVCS"]
            )
            lines.append(f"{name}={value(name)}")
    if chance.random() < 0.1:
        lines.append(chance.choice(["GOROOT=/x", "GOTOOLCHAIN=", "GOSUMDB=", *JUNK]))
    if chance.random() < 0.1:
        del lines[chance.randrange(len(lines))]
    return "\n".join(lines) + "\n"


def mod_text(chance, known, versions, first):
    """A go.mod or go.work; what go takes its version from is looked for line by line."""
    lines = [first, *_go_line(chance, known or versions[:1])]
    lines += _toolchain_line(chance, known or versions[:1])
    if chance.random() < 0.15:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(ODD_LINES))
    if chance.random() < 0.05:
        chance.shuffle(lines)
    text = "\n".join(lines) + "\n"
    luck = chance.random()
    if luck < 0.02:
        return "\ufeff" + text
    if luck < 0.05:
        return text.replace("\n", "\r\n")
    return "" if luck < 0.07 else text


def _go_line(chance, there):
    luck = chance.random()
    if luck < 0.55:
        yield f"go {chance.choice(GO_LINES[:4])}"
    elif luck < 0.7:
        yield f"go {_plain(chance.choice(there))}"
    elif luck < 0.78:
        yield f"go {chance.choice(GO_LINES)}"
    elif luck < 0.84:
        yield chance.choice(["go ", "go\t", "  go  ", "\vgo "]) + chance.choice(ODD_GO_LINES)
    elif luck < 0.87:
        yield f"go {chance.choice(MISSING_LINES)}"


def _toolchain_line(chance, there):
    luck = chance.random()
    if luck < 0.2:
        yield f"toolchain {chance.choice([*there, 'default'])}"
    elif luck < 0.25:
        yield f"toolchain {chance.choice(ODD_TOOLCHAINS)}"


def _plain(version):
    return version.removeprefix("go").partition("-")[0]
