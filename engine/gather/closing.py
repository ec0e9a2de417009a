"""Closing the world: whatever start-up files ask for is looked up while they are folded."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from engine.gather.host import Account, HostError
from engine.gather.permissions import Permissions
from engine.gather.scripts import shallow
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent, PartialMap
from engine.precedence.world import snippet_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.survey import Resolved, Survey
    from engine.model.json_value import Json, JsonObject

FILES = 2000
FILE_BYTES = 1 << 20
ALL_BYTES = 8 << 20
QUESTIONS = 20_000
NAMES = 50_000

_NEVER_ASKED = Absent("not_collected", "nobody looked for it")
# What these name differs from process to process.
_OF_EACH_PROCESS = ("/proc/self", "/proc/thread-self", "/dev/fd", "/dev/stdin", "/dev/stdout",
                    "/dev/stderr", "/dev/tty")  # fmt: skip

# cron reads crontabs for their owners, who may not do so themselves.
_READ_BY_ROOT = ("/var/spool/cron/", "/etc/cron.d/")
# Shells without a reader of their own.
_READ_AS = {"ash": "sh", "dash": "sh"}
_ROOT = Account("root", 0, 0, frozenset((0,)), "/root", None)


class Closing:
    """Files, scripts and snippets, as far as they were asked for."""

    def __init__(self, survey: Survey, account: Account) -> None:
        """Take whose eyes to look through."""
        self._host = survey.host
        self._permissions = Permissions(survey.host, account)
        self._roots = Permissions(survey.host, _ROOT)
        self._parser = Shfmt(survey.launch.cache)
        self._left, self._names_left = ALL_BYTES, NAMES
        self._questions = 0
        self.systems: Mapping[str, ImageClosing] = {}
        """What answers about the files of images, by name."""
        self.files = PartialMap({})
        self.files.more = _NEVER_ASKED
        self.snippets = PartialMap({})
        self.snippets.more = _NEVER_ASKED

    def close(self, survey: Survey, root: JsonObject) -> Resolved | None:
        """Resolve, and answer each question when it comes up.

        Whatever was not answered stays unknown. What was answered is kept even where resolving
        breaks, and then nobody knows what runs: that is None.
        """
        root["files"], root["snippets"] = self.files, self.snippets
        if self.systems:
            root["file_systems"] = {
                name: {"files": inside.files, "users": inside.users}
                for name, inside in self.systems.items()
            }
        resolve = survey.launch.resolve
        if resolve is None:
            return None
        try:
            return resolve(root, self.answer)
        except Exception as error:  # noqa: BLE001 - the other facts are worth having
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{os.path.basename(place.filename)}:{place.lineno}"
            why = f"resolving launch contexts broke at {where} ({type(error).__name__})"
            self.files.more = Absent("unsupported", why)
            return None

    def answer(self, question: tuple[str, ...]) -> bool:
        """Put the answer to a question into the facts; say no where a bound is met."""
        kind, subject, *syntax = question
        self._questions += 1
        if self._questions > QUESTIONS:
            return False
        if kind == "in":
            inside = self.systems.get(subject)
            return inside is not None and inside.answer(tuple(syntax))
        if kind == "snippet":
            self._snippet(subject, syntax[0])
            return True
        entry = self._file(subject)
        if isinstance(entry, dict) and kind == "names":
            entry.setdefault("names", self._names(subject, entry))
        elif isinstance(entry, dict) and kind == "script":
            scripts = entry.setdefault("scripts", PartialMap({}))
            if syntax[0] not in scripts:
                scripts[syntax[0]] = self._script(subject, syntax[0], entry)
        return entry is not None

    def _file(self, path: str) -> JsonObject | Absent | None:
        """Give what a path is, looked up once; None where too many were asked for."""
        if path not in self.files:
            if len(self.files) >= FILES:
                self.files.more = Absent("too_large", f"more than {FILES} files were asked for")
                return None
            self.files[path] = self._looked_up(path)
        found: JsonObject | Absent = self.files[path]
        return found

    def _looked_up(self, path: str) -> JsonObject | Absent:
        if not path.startswith("/"):
            return Absent("unsupported", "it is relative to an unknown folder")
        if any(path == each or path.startswith(each + "/") for each in _OF_EACH_PROCESS):
            return Absent("opaque", "it names something else in each process")
        eyes = self._roots if path.startswith(_READ_BY_ROOT) else self._permissions
        try:
            seen = eyes.at(path)
        except HostError as error:
            return self._missing(path) if error.cause == "missing" else error.hole()
        entry = PartialMap({"kind": seen.status.kind})
        if seen.path != _plain(path):
            entry["target"] = seen.path
        entry |= {
            "readable": seen.readable,
            "writable": seen.writable,
            "executable": seen.executable,
        }
        if seen.status.kind == "file":
            entry["size"] = seen.status.size
        return entry

    def _missing(self, path: str) -> JsonObject:
        """Say of what is not there where a link in its place leads, which a script may make."""
        entry = PartialMap({"kind": "missing"})
        above, name = os.path.split(_plain(path))
        try:
            folder = self._host.resolve(above)
            link = self._host.link_target(os.path.join(folder, name))
        except HostError:
            return entry
        entry["leads_to"] = os.path.normpath(os.path.join(folder, link))
        return entry

    def _names(self, path: str, entry: JsonObject) -> Json:
        if entry["kind"] != "directory":
            return []
        if not entry["readable"]:
            return Absent("permission", "the user may not list it")
        try:
            names = self._host.names_in(path)
        except HostError as error:
            return error.hole()
        self._names_left -= len(names)
        if self._names_left < 0:
            return Absent("too_large", f"folders that were listed hold more than {NAMES} names")
        if any("\ud800" <= character <= "\udfff" for name in names for character in name):
            # A document cannot hold such a name, and a list without it would be another one.
            return Absent("parse_error", "a name in it holds bytes that are not UTF-8")
        return list(names)

    def _script(self, path: str, syntax: str, entry: JsonObject) -> Json:
        if entry["kind"] != "file":
            return Absent("unsupported", f"it is {entry['kind']}, not a file")
        if not entry["readable"]:
            return Absent("permission", "the user may not read it")
        try:
            if syntax in SYNTAXES and (look := SYNTAXES[syntax].look):
                with self._host.window(path) as window:
                    return shallow(look(window.read_at))
            content = self._host.read(path, limit=FILE_BYTES)
        except HostError as error:
            return error.hole()
        return self._read(content, syntax)

    def _snippet(self, text: str, syntax: str) -> None:
        of_syntax = self.snippets.setdefault(syntax, PartialMap({}))
        of_syntax[snippet_key(text)] = self._read(text.encode("utf-8", "surrogateescape"), syntax)

    def _read(self, content: bytes, syntax: str) -> Json:
        name = _READ_AS.get(syntax, syntax)
        if name not in SYNTAXES:
            return Absent("unsupported", f"nobody reads the syntax `{syntax}`")
        if len(content) > self._left:
            return Absent("too_large", f"start-up files have more than {ALL_BYTES} bytes in all")
        self._left -= len(content)
        try:
            script = SYNTAXES[name].read(content, self._parser)
        except HostError as error:
            return error.hole()
        except Exception as error:  # noqa: BLE001 - whatever somebody wrote, the other files are read
            return Absent("unsupported", f"its reader broke: {type(error).__name__}")
        # As a document will have it, so that both are resolved alike.
        return shallow(script)


class ImageClosing(Closing):
    """Files of an image, for whichever user its containers run as."""

    def __init__(self, survey: Survey, users: Json) -> None:
        """Take a survey of the image's files, and its accounts as facts."""
        super().__init__(survey, _ROOT)
        self._strangers = Permissions(survey.host, _STRANGER)
        self.users = users

    def _looked_up(self, path: str) -> JsonObject | Absent:
        entry = super()._looked_up(path)
        if isinstance(entry, Absent) or entry["kind"] == "missing":
            return entry
        try:
            seen = self._strangers.at(path)
        except HostError:
            return _OF_SOME
        if entry["kind"] == "file" and not seen.readable:
            return _OF_SOME
        entry["writable"] = Absent("not_collected", "which user it is, is not known")
        return entry


_STRANGER = Account("nobody", 65534, 65534, frozenset((65534,)), "/", None)
_OF_SOME = Absent("ambiguous", "not every user may read it, and which one it is, is not known")


def _plain(path: str) -> str:
    """Give a path without what does not lead anywhere: `//`, `/./`, a `/` at the end."""
    return "/" + "/".join(name for name in path.split("/") if name not in {"", "."})
