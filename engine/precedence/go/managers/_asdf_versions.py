"""Which version asdf takes: a variable, then files in the directory and all above it."""

from __future__ import annotations

import re

from engine.model.record import record
from engine.precedence.go.managers._asking import (
    Unsure,
    folder_setting,
    folders,
    home_folder,
    is_file,
    is_there,
    lines,
    setting,
    statements,
    sure,
    upwards,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.managers._base import Source
    from engine.precedence.view import View

_FILE = ".tool-versions"
_PLAIN = re.compile(r"[0-9][0-9.]*\Z")


@record
class Asked:
    """Which plugin is asked about, where asdf keeps its things, and whether it is before 0.16."""

    plugin: str
    data: str
    is_bash: bool


@record
class Found:
    """The versions to try in order, and who says so."""

    versions: tuple[str, ...]
    source: Source


def in_force(view: View, asked: Asked) -> Found | None:
    """Give the versions that asdf tries in this directory; None if nobody sets any."""
    variable = f"ASDF_{asked.plugin.upper().replace('-', '_')}_VERSION"
    if given := setting(view, variable).split():
        return Found(tuple(given), variable)
    here, home = sure(view.here()), home_folder(view)
    file, legacy = _file_name(view, asked), _legacy_files(view, asked)
    # Before 0.16 the root itself was not looked into.
    ways = [folder for folder in upwards(here) if folder != "/" or not asked.is_bash]
    for folder in (*ways, home):
        found = _in_folder(view, asked, folder.rstrip("/"), (file, *legacy))
        if found is not None:
            return found
    return None


def _file_name(view: View, asked: Asked) -> str:
    new = "" if asked.is_bash else setting(view, "ASDF_TOOL_VERSIONS_FILENAME")
    name = new or setting(view, "ASDF_DEFAULT_TOOL_VERSIONS_FILENAME")
    if "/" in name:
        raise Unsure("opaque", f"asdf is told to read `{name}` instead of {_FILE}")
    return name or _FILE


def _legacy_files(view: View, asked: Asked) -> tuple[str, ...]:
    """Name the files of other managers that asdf reads, if its settings say so."""
    legacy = ""
    for path in _settings_files(view, asked):
        said = [words for _, words in statements(view, path, "asdfrc")]
        if ("hook", f"pre_{asked.plugin}_go") in said:
            raise Unsure("opaque", f"`{path}` has a command that asdf runs before `go`")
        given = {words[1] for words in said if words[0] == "legacy_version_file"}
        if len(given) > 1:
            raise Unsure("ambiguous", f"`{path}` sets legacy_version_file in two ways")
        legacy = legacy or next(iter(given), "")
    # Since 0.16 it may be written in capitals.
    if (legacy if asked.is_bash else legacy.lower()) != "yes":
        return ()
    reads_mod = setting(view, "ASDF_GOLANG_MOD_VERSION_ENABLED") != "false"
    return (".go-version", "go.mod", "go.work") if reads_mod else (".go-version",)


def _settings_files(view: View, asked: Asked) -> tuple[str, ...]:
    """Give the files with settings, the one that counts first; before 0.16 the nearest as well."""
    own = folder_setting(view, "ASDF_CONFIG_FILE") or f"{home_folder(view)}/.asdfrc"
    near: list[str] = []
    if asked.is_bash:
        if setting(view, "ASDF_CONFIG_DEFAULT_FILE"):
            raise Unsure("opaque", "ASDF_CONFIG_DEFAULT_FILE may hold settings, and is not read")
        folders_above = (folder for folder in upwards(sure(view.here())) if folder != "/")
        near = [path for folder in folders_above if is_file(view, path := f"{folder}/.asdfrc")]
    return tuple(dict.fromkeys((*near[:1], *([own] if is_file(view, own) else []))))


def _in_folder(view: View, asked: Asked, folder: str, files: tuple[str, ...]) -> Found | None:
    own, *legacy = files
    if is_file(view, f"{folder}/{own}"):
        found = _in_list(view, asked, f"{folder}/{own}")
        if found is not None:
            return found
    for name in legacy:
        if is_there(view, f"{folder}/{name}"):
            return _in_legacy(view, asked, f"{folder}/{name}")
    return None


def _in_list(view: View, asked: Asked, path: str) -> Found | None:
    """Find the line of a plugin, as long as all versions of asdf read it in one way.

    Since 0.16 blanks around a name are cut off, before they made another name of it; no version
    takes a tab for the end of a name.
    """
    for number, line, _ in lines(view, path):
        if (line.split() or [""])[0] != asked.plugin:
            continue
        if "\t" in line or "\r" in line or (asked.is_bash and line.startswith(" ")):
            raise Unsure("opaque", f"`{path}:{number}` has blanks that asdf may misread")
        versions = tuple(line.split()[1:])
        if versions:
            return Found(versions, (path, number))
    return None


def _in_legacy(view: View, asked: Asked, path: str) -> Found:
    """Read as asdf-golang does: the newest installed version that begins so."""
    read = lines(view, path) if path.endswith(".go-version") else []
    is_plain = [(number, is_commented) for number, _, is_commented in read] == [(1, False)]
    wanted = read[0][1] if is_plain else ""
    if not _PLAIN.match(wanted):
        raise Unsure("opaque", f"asdf's plugin looks into `{path}` in a way of its own")
    # It is a pattern for grep, in which a dot stands for any character.
    installed = folders(view, f"{asked.data}/installs/{asked.plugin}")
    known = [name for name in installed if re.match(wanted, name)]
    if not known:
        raise Unsure("missing", f"asdf has no version that begins with {wanted} (`{path}`)")
    return Found((known[-1],), (path, read[0][0]))
