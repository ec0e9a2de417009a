"""Which installed version answers to what mise was asked for."""

from __future__ import annotations

import posixpath
import re

from engine.precedence.go.managers._asking import Unsure, folders, is_there, plain, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.managers._base import View
    from engine.precedence.go.managers._mise_files import Configured

_WANTED = re.compile(r"(?:prefix:)?v?([0-9]+(?:\.[0-9]+)*)\Z")
_RELEASE = re.compile(r"[0-9]+(\.[0-9]+)*\Z")
_LATEST = "latest"


def installed(view: View, place: str, found: Configured) -> str:
    """Give the newest installed version that begins with the one that is wanted."""
    what = f"{found.wanted} ({told(found.source)})"
    wanted = _WANTED.match(found.wanted or "")
    if wanted is None and found.wanted != _LATEST:
        raise Unsure("opaque", f"mise is asked for Go {what}, which is not looked into")
    if wanted is None and is_there(view, f"{place}/{_LATEST}"):
        raise Unsure("opaque", f"mise follows its link `{place}/{_LATEST}`")
    known = _whole(view, place)
    if wanted is not None:
        known = [name for name in known if f"{name}.".startswith(f"{wanted[1]}.")]
    if not known:
        raise Unsure("missing", f"mise has no Go {what} and tries to install it")
    return wanted[1] if wanted is not None and wanted[1] in known else known[-1]


def _whole(view: View, place: str) -> list[str]:
    """Give the versions that are there, without mise's links from `1.22` to `1.22.10`."""
    names = [name for name in folders(view, place) if _RELEASE.match(name)]
    real = {name: posixpath.basename(plain(view, f"{place}/{name}")) for name in names}
    return [
        name
        for name in names
        if real[name] not in set(names) - {name}
        and not is_there(view, f"{place}/{name}/incomplete")
    ]
