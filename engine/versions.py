"""Schemes of versions: how a text becomes something that sorts, or that it is no version.

- `go`: Go's own order. `go` may stand in front; then a suffix is dropped (`go1.22.1-acme`).
  `1.22 < 1.22rc1 < 1.22.0`, and before Go 1.21 `1.20` is `1.20.0`.
- `semver`: Semantic Versioning 2.0.0, with an optional `v` in front; build metadata does not count.
- `pep440`: versions of Python packages.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

LONGEST = 256
"""Longer texts are no versions; it keeps numbers within what Python converts."""


@lru_cache(maxsize=4096)
def version_key(text: str, scheme: str) -> Any:
    """Give what a version sorts by within its scheme, or None if the text is no version."""
    return SCHEMES[scheme](text) if len(text) <= LONGEST else None


_NUMBER = "(0|[1-9][0-9]*)"


@lru_cache(maxsize=1)
def _go_pattern() -> re.Pattern[str]:
    # Compiled on first use, as each costs more than the whole module.
    tail = rf"(?:\.{_NUMBER}|([a-z]+){_NUMBER}?)?"
    return re.compile(rf"{_NUMBER}(?:\.{_NUMBER}{tail})?")


_FIRST_WITH_PATCH = 21


def _go_key(text: str) -> tuple[int, int, int, str, int] | None:
    if text.startswith("go"):
        text = re.split("[ \t-]", text[2:], maxsplit=1)[0]
    match = _go_pattern().fullmatch(text)
    if match is None:
        return None
    major, minor, patch, kind, pre = match.groups()
    if minor is None:
        minor, patch = "0", "0"
    elif patch is None and kind is None and int(minor) < _FIRST_WITH_PATCH:
        patch = "0"
    # A part that is not written sorts before 0.
    return int(major), int(minor), int(patch or -1), kind or "", int(pre or -1)


@lru_cache(maxsize=1)
def _semver_pattern() -> re.Pattern[str]:
    core = rf"v?{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
    before = r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
    build = r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
    return re.compile(core + before + build)


def _semver_key(text: str) -> tuple[Any, ...] | None:
    match = _semver_pattern().fullmatch(text)
    if match is None:
        return None
    major, minor, patch, pre = match.groups()
    names = pre.split(".") if pre else []
    if any(name.isdigit() and name[0] == "0" and name != "0" for name in names):
        return None
    # Numbers sort before words, and a release after all that comes before it.
    order = [(0, int(name), "") if name.isdigit() else (1, 0, name) for name in names]
    return int(major), int(minor), int(patch), not names, order


def _pep440_key(text: str) -> Any:
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - 9 ms that few rules need

    try:
        return Version(text)
    except InvalidVersion:
        return None


SCHEMES: Mapping[str, Callable[[str], Any]] = {
    "go": _go_key,
    "pep440": _pep440_key,
    "semver": _semver_key,
}

IN_WORDS = {
    "go": "a version of Go such as `1.22.3`",
    "pep440": "a version of PEP 440 such as `1.2.3`",
    "semver": "a semantic version such as `1.2.3`",
}
