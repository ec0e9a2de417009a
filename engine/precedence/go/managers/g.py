"""g: two programs of that name, which both switch links instead of writing shims.

stefanmaric/g keeps versions in GOROOT/.versions and links what is in one of them into GOROOT;
voidint/g keeps them in ~/.g/versions and links ~/.g/go to one, which its user makes GOROOT.
"""

from __future__ import annotations

import posixpath
import re

from engine.precedence.go.managers._asking import (
    folder_setting,
    folders,
    home_folder,
    is_file,
    kind,
    or_hole,
    plain,
    setting,
)
from engine.precedence.go.managers._base import Behind, Choice, Home, Manager
from engine.precedence.go.managers._program import ordinary, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "g"


def _roots(view: View) -> tuple[tuple[str, str], ...]:
    """Give pairs of folder with versions and GOROOT, for each of the two that may be here."""
    # G_HOME counts only with G_EXPERIMENTAL, but whoever sets it has put something there.
    moved, goroot = folder_setting(view, "G_HOME"), setting(view, "GOROOT").rstrip("/")
    own = [
        (f"{root}/versions", f"{root}/go") for root in (moved, f"{home_folder(view)}/.g") if root
    ]
    linked = [(f"{goroot}/.versions", goroot)] if goroot.startswith("/") else []
    return (*own, *linked)


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    roots = or_hole(_roots)(view)
    known = () if isinstance(roots, Hole) else (re.escape(versions) for versions, _ in roots)
    places = "|".join((r".*/\.g/versions", r".*/\.versions", *known))
    found = re.match(rf"(?:{places})/([^/]+)/bin/", program_at(view, path).path)
    return ordinary(view, _NAME, path, found[1]) if found else None


@or_hole
def _home(view: View) -> Home | None:
    for versions, _ in _roots(view):
        if kind(view, versions) == "directory":
            found = folders(view, versions)
            return Home(posixpath.dirname(versions), {name: f"{versions}/{name}" for name in found})
    return None


@or_hole
def _choice(view: View) -> Choice | None:
    """Give the version that the links lead to, which is the same in every directory."""
    for versions, goroot in _roots(view):
        go = f"{goroot}/bin/go"
        if is_file(view, go) and kind(view, versions) == "directory":
            target, place = plain(view, go), plain(view, versions)
            if target.startswith(f"{place}/"):
                version = target.removeprefix(f"{place}/").partition("/")[0]
                return Choice(version, "", goroot)
    return None


G = Manager(_NAME, _behind, _home, _choice)
