"""Callbacks of asdf's plugins for Go: what `exec-env` sets, and what `list-bin-paths` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said, unclear

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

# The plugin has written its guards in these ways over the years.
_GUARDS = (
    re.compile(r"""if \[\[ "(?P<like>unset)" == "\$\{(?P<name>\w+):-unset\}" \]\]\s*; then"""),
    re.compile(r"""if \[ "\$(?P<name>\w+)" = "(?P<like>)" \]\s*; then"""),
)
_NOT_SYSTEM = re.compile(r"""if \[ "\$\{ASDF_INSTALL_VERSION\}" != 'system' \]\s*; then""")
_EXPORT = re.compile(r"export (\w+)=\$ASDF_INSTALL_PATH((?:/[\w.\-]+)+)")
_ECHO = re.compile(r"""echo(?: -n)? "([\w./\- ]+)\"""")


def read_asdf_plugin(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give `set NAME FOLDER LIKE` and `print TEXT`; a line that does more is unclear.

    FOLDER is below the installation. The variable is only set if it is not set, is set to nothing,
    or to the text LIKE.
    """
    script: Script = []
    guards: list[tuple[str, str]] = []
    text = content.decode("utf-8", "surrogateescape")
    for number, line in enumerate(map(str.strip, text.split("\n")), start=1):
        if not line or line.startswith("#"):
            continue
        guard = next((found for each in _GUARDS if (found := each.fullmatch(line))), None)
        if guard:
            guards.append((guard["name"], guard["like"]))
        elif _NOT_SYSTEM.fullmatch(line):
            guards.append(("", ""))
        elif line == "fi" and guards:
            guards.pop()
        elif (found := _EXPORT.fullmatch(line)) and guards and guards[-1][0] == found[1]:
            script.append(said(number, "set", found[1], found[2][1:], guards[-1][1]))
        elif (found := _ECHO.fullmatch(line)) and not guards:
            script.append(said(number, "print", found[1].strip()))
        else:
            script.append(unclear(number, "the plugin does more than is known of it"))
    return script


ASDF_PLUGIN = Syntax("asdf-plugin", read_asdf_plugin, is_kept_whole=True)
