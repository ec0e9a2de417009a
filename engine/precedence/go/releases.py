"""Names and versions of Go's toolchains: what is newer than what.

https://go.dev/doc/toolchain#version
"""

from __future__ import annotations

import re

from engine.versions import version_key

_LANGUAGE = re.compile(r"\d+\.\d+")
_FIRST_WITH_PATCH = (1, 21)


def version_in(toolchain: str) -> str:
    """Give the version in a toolchain's name (`go1.22.1-acme`), empty if it is no such name."""
    if not toolchain.startswith("go") or set(toolchain) & set("/\\"):
        return ""
    version = re.split("[ \t-]", toolchain[2:], maxsplit=1)[0]
    return version if is_version(version) else ""


def is_version(text: str) -> bool:
    """Say whether a text is a version of Go, written without `go`."""
    return not text.startswith("go") and version_key(text, "go") is not None


def is_newer(version: str, other: str) -> bool:
    """Say whether a version comes after another; what is no version comes before all."""
    if not is_version(version):
        return False
    return not is_version(other) or version_key(version, "go") > version_key(other, "go")


def is_same_version(version: str, other: str) -> bool:
    """Say whether two versions are one, however they are written."""
    return is_version(version) and version_key(version, "go") == version_key(other, "go")


def first_toolchain(version: str) -> str:
    """Give the toolchain for a `go` line: of a language version the first that was released."""
    numbers = tuple(int(number) for number in version.split(".")) if _is_language(version) else ()
    return f"go{version}.0" if numbers >= _FIRST_WITH_PATCH else f"go{version}"


def _is_language(version: str) -> bool:
    return _LANGUAGE.fullmatch(version) is not None
