"""Locales: what the variables choose, what a locale's name says, and whether glibc has it."""

from __future__ import annotations

import os
import re
import struct
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.surroundings import libc
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Host, Window
    from engine.gather.survey import Survey

FOLDER = "/usr/lib/locale"
ARCHIVE = f"{FOLDER}/locale-archive"
ALIASES = "/usr/share/locale/locale.alias"
VARIABLES = ("LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES")

DEFAULT = "default"

# The header of the archive, and one of its rows (locale/locarchive.h in glibc).
_MAGIC = 0xDE020109
_HEADER = "IIIIIIII"
_ROW = "III"
_ROW_SIZE = struct.calcsize(_ROW)
_ROWS_LIMIT = 1 << 17
_NAMES_LIMIT = 8 << 20

_NAME = re.compile(
    r"(?P<language>[A-Za-z]+)(?P<territory>_[A-Za-z]+)?"
    r"(?:\.(?P<codeset>[\w-]+))?(?P<modifier>@[\w=;-]+)?"
)
_BUILT_IN = frozenset(("C", "POSIX"))


@record
class Choice:
    """The locale of a category, and the variable that chose it or `default`."""

    value: str
    source: str


def chosen(survey: Survey, category: str) -> Choice | Absent:
    """Give the locale of a category: LC_ALL, else its own variable, else LANG; empty is unset.

    That is POSIX's order (Base Definitions, chapter 8.2); what holds where none is set is the C
    library's affair.
    """
    for variable in ("LC_ALL", category, "LANG"):
        if value := survey.variable(variable):
            return Choice(value, variable)
    if not survey.host.platform.startswith("linux"):
        return Choice("C", DEFAULT)
    library = libc(survey.host)
    if isinstance(library, Absent):
        return library
    return Choice("C.UTF-8" if library == "musl" else "C", DEFAULT)


def character_set(name: str) -> str | Absent:
    """Give the character set that a locale's name says, in capitals."""
    if name in _BUILT_IN:
        return "ASCII"
    match = _NAME.fullmatch(name)
    if match is None or not match["codeset"]:
        return Absent("unsupported", f"`{name}` does not say its character set")
    return "UTF-8" if _normal(match["codeset"]) == "utf8" else match["codeset"].upper()


def is_installed(survey: Survey, name: str) -> bool | Absent:
    """Say whether the C library finds a locale; may raise `HostError`."""
    host = survey.host
    if name in _BUILT_IN:
        return True
    library = libc(host)
    if library != "glibc":
        return Absent("unsupported", "only glibc's locales are installed")
    if moved := next(filter(survey.variable, ("LOCPATH", "LOCALE_ARCHIVE")), None):
        return Absent("unsupported", f"{moved} is set, and what it names was not read")
    match = _NAME.fullmatch(name)
    if match is None:
        return Absent("unsupported", f"`{name}` is no name of a locale")
    folders = {each for each in host.names_in(FOLDER) if not each.startswith("locale-archive")}
    names = folders | archive_names(host)
    codeset = match["codeset"]
    spellings = {name} | ({_spelled(match, _normal(codeset))} if codeset else set())
    if spellings & names:
        return True
    if match["language"] == "C":
        return Absent("opaque", "newer versions of glibc have it built in, older ones do not")
    if name.lower() in _aliases(host):
        return Absent("opaque", f"`{name}` is another name for some locale in {ALIASES}")
    # glibc drops one part after another and may find a folder that says less.
    less = {_less(match, folder) for folder in folders} - {None}
    if less:
        return Absent("ambiguous", f"glibc may take {less.pop()} for `{name}`")
    return False


def archive_names(host: Host) -> frozenset[str]:
    """Give the names in glibc's archive of locales; may raise `HostError`."""
    try:
        with host.window(ARCHIVE) as window:
            return _names(window)
    except HostError as error:
        if error.cause == "missing":
            return frozenset()
        raise


def _aliases(host: Host) -> frozenset[str]:
    """Give the names, in small letters, for which the system has other ones."""
    try:
        lines = host.read(ALIASES).decode("utf-8", "replace").split("\n")
    except HostError as error:
        if error.cause == "missing":
            return frozenset()
        raise
    rows = [line.split() for line in lines]
    return frozenset(row[0].lower() for row in rows if row and not row[0].startswith("#"))


def _names(window: Window) -> frozenset[str]:
    head = window.read_at(0, 32)
    for order in "<>":
        if len(head) == struct.calcsize(order + _HEADER):
            magic, _, rows_at, _, count, names_at, size, _ = struct.unpack(order + _HEADER, head)
            if magic == _MAGIC:
                break
    else:
        raise HostError("parse_error", f"{ARCHIVE} is no archive of locales")
    if count > _ROWS_LIMIT or size > _NAMES_LIMIT:
        raise HostError("too_large", f"{ARCHIVE} holds more names than are read")
    table, texts = window.read_at(rows_at, count * _ROW_SIZE), window.read_at(names_at, size)
    if len(table) < count * _ROW_SIZE or len(texts) < size:
        raise HostError("parse_error", f"{ARCHIVE} is shorter than it says")
    found = set()
    for _, name, record_at in struct.iter_unpack(order + _ROW, table):
        if record_at and names_at <= name < names_at + size:
            text = texts[name - names_at :].partition(b"\0")[0]
            found.add(text.decode("utf-8", "replace"))
    return frozenset(found)


def _normal(codeset: str) -> str:
    """Spell a character set as glibc does in names: letters and digits only, in small letters."""
    kept = "".join(character for character in codeset if character.isalnum()).lower()
    return f"iso{kept}" if kept.isdecimal() else kept


def _spelled(match: re.Match[str], codeset: str) -> str:
    return f"{match['language']}{match['territory'] or ''}.{codeset}{match['modifier'] or ''}"


def _less(match: re.Match[str], folder: str) -> str | None:
    """Give a folder whose name says nothing but a part of what a locale's name says."""
    other = _NAME.fullmatch(folder)
    if other is None or other["language"] != match["language"]:
        return None
    same = all(other[part] in {None, match[part]} for part in ("territory", "modifier"))
    codesets = {None, match["codeset"], _normal(match["codeset"] or "")}
    return os.path.join(FOLDER, folder) if same and other["codeset"] in codesets else None
