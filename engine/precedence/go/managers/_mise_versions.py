"""Which installed version answers to what mise was asked for."""

from __future__ import annotations

import re

from engine.precedence.go.managers._asking import Unsure, folders, is_there, plain, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.managers._mise_files import Configured
    from engine.precedence.view import View

_WANTED = re.compile(r"(?:prefix:)?v?([0-9]+(?:\.[0-9]+)*)\Z")
_RELEASE = re.compile(r"[0-9]+(\.[0-9]+)*\Z")
_LATEST = "latest"


def installed(view: View, place: str, found: Configured) -> str:
    """Give the newest installed version that begins with the one that is wanted."""
    what = f"{found.wanted} ({told(found.source)})"
    wanted = _WANTED.match(found.wanted or "")
    if wanted is None and found.wanted != _LATEST:
        raise Unsure("opaque", f"mise is asked for Go {what}, which is not looked into")
    known = _whole(view, place)
    if wanted is not None:
        matching = [name for name in known if f"{name}.".startswith(f"{wanted[1]}.")]
    else:
        matching = _latest(view, place, known)
    if not matching:
        raise Unsure("missing", f"mise has no Go {what} and tries to install it")
    return wanted[1] if wanted is not None and wanted[1] in matching else matching[-1]


def _whole(view: View, place: str) -> list[str]:
    """Give the versions that are there, without mise's links from `1.22` to `1.22.10`."""
    names = [name for name in folders(view, place) if _RELEASE.match(name)]
    real = {name: plain(view, f"{place}/{name}") for name in names}
    return [
        name
        for name in names
        if not any(each.startswith(f"{name}.") and real[each] == real[name] for each in names)
        and not is_there(view, f"{place}/{name}/incomplete")
    ]


def _latest(view: View, place: str, known: list[str]) -> list[str]:
    """Give the newest version, as mise's link says where there is one."""
    link = f"{place}/{_LATEST}"
    if not is_there(view, link):
        return known
    target = plain(view, link)
    linked = [name for name in known if plain(view, f"{place}/{name}") == target]
    if len(linked) != 1:
        raise Unsure(
            "opaque", f"mise follows its link `{link}`, which leads to no version beside it"
        )
    return linked
