"""The .wslconfig of the Windows user, where it is certain whose counts, and what it sets here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.wsl.config_file import parse
from engine.gather.wsl.settings import Effective, boolean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.host import Host
    from engine.gather.wsl.wslenv import Shared

# Each setting's names on the Windows side (WslCoreConfig.h), and its default.
KEYS = {
    "safe_mode": (("wsl2.safemode",), False),
    "gui_applications": (("wsl2.guiapplications",), True),
    "auto_proxy": (("wsl2.autoproxy", "experimental.autoproxy"), True),
}
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def place(wslenv: tuple[Shared, ...], environment: Mapping[str, str]) -> str | None:
    """Give the path of the file; None unless Windows itself has told where its user's folder is.

    Folders under `/mnt/c/Users` tell who has an account, not who started this session.
    """
    told = any(one.name == "USERPROFILE" and one.translated and one.reaches_linux for one in wslenv)
    folder = environment.get("USERPROFILE", "")
    return os.path.join(folder, ".wslconfig") if told and os.path.isabs(folder) else None


def read(host: Host, path: str) -> dict[str, Effective]:
    """Give what the file sets, or the defaults if there is none; may raise `HostError`."""
    try:
        content = host.read(path)
    except HostError as error:
        if error.cause != "missing":
            raise
        content = b""
    if content.startswith(_UTF16):
        raise HostError("unsupported", f"{path} is UTF-16")
    # Windows opens it as a text: line ends are made one sign, and Ctrl-Z is the end.
    text = content.removeprefix(_BOM).replace(b"\r\n", b"\n").partition(b"\x1a")[0]
    settings = parse(text, goes_on=True).settings
    values = {}
    for name, (names, default) in KEYS.items():
        first = next((one for one in settings if one.name.lower() in names), None)
        said = None if first is None else boolean(first.value)
        values[name] = (
            Effective(default) if first is None or said is None else Effective(said, first.line)
        )
    return values
