"""Ways by which a Go comes onto a machine that leave nothing but the place where it lies."""

from __future__ import annotations

import re

from engine.precedence.go.managers._asking import or_hole, plain
from engine.precedence.go.managers._base import Behind, Manager
from engine.precedence.go.managers._program import ordinary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View


def _at(name: str, pattern: str) -> Manager:
    """Tell a way by where a file, or what it leads to, lies; the last group is the version."""
    place = re.compile(pattern)

    @or_hole
    def behind(view: View, path: str) -> Behind | None:
        found = place.search(plain(view, path)) or place.search(path)
        if found is None:
            return None
        version = found[1] if place.groups else ""
        return ordinary(view, name, path, version or "")

    return Manager(name, behind, by_place_alone=True)


GIMME = _at("gimme", r"/\.gimme/versions/(go[^/]+?)\.[a-z]+\.\w+/")
HOMEBREW = _at("homebrew", r"/Cellar/go(?:@[^/]*)?/([^/]+)/|/linuxbrew/|\A/opt/homebrew/")
NIX = _at("nix", r"\A/nix/store/")
TOOLCHAIN = _at("toolchain", r"/golang\.org/toolchain@v[\d.]+-(go[^/]+?)\.\w+-\w+/")
DISTRIBUTION = _at("distribution", r"\A/(?:usr/)?(?:s?bin|lib\w*|share)/")
