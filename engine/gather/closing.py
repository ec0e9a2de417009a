"""Closing the world: what start-up files ask for is looked up, until they ask for nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import Account, HostError
from engine.gather.permissions import Permissions
from engine.gather.scripts import shallow
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES, read_all
from engine.model.facts import Absent, PartialMap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.survey import Resolved, Survey
    from engine.model.json_value import Json, JsonObject

ROUNDS = 40
FILES = 2000
FILE_BYTES = 1 << 20
ALL_BYTES = 8 << 20
SNIPPETS = 2000
NAMES = 50_000

_NEVER_ASKED = Absent("not_collected", "nobody looked for it")
# What these name differs from process to process.
_OF_EACH_PROCESS = ("/proc/self", "/proc/thread-self", "/dev/fd", "/dev/stdin", "/dev/stdout",
                    "/dev/stderr", "/dev/tty")  # fmt: skip

# cron reads crontabs for their owners, who may not do so themselves.
_READ_BY_ROOT = ("/var/spool/cron/", "/etc/cron.d/")
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
        self._asked: set[tuple[str, ...]] = set()
        self.files = PartialMap({})
        self.files.more = _NEVER_ASKED
        self.snippets = PartialMap({})
        self.snippets.more = _NEVER_ASKED
        self.texts: dict[tuple[str, str], str] = {}
        """The text of each snippet, by syntax and key."""
        self.rounds = 0

    def close(self, survey: Survey, root: JsonObject) -> Resolved | None:
        """Resolve and answer until nothing new is wanted, or a bound is met.

        Gives the last resolution; whatever was not answered stays unknown.
        """
        resolve = survey.launch.resolve
        root["files"], root["snippets"] = self.files, self.snippets
        resolution = None
        while resolve is not None and self.rounds < ROUNDS:
            self.rounds += 1
            resolution = resolve(root)
            if not self.answer(resolution.wanted):
                break
        return resolution

    def answer(self, wanted: Iterable[tuple[str, ...]]) -> bool:
        """Answer questions; say whether there was a new one."""
        new = sorted(set(wanted) - self._asked)
        self._asked.update(new)
        texts: list[tuple[bytes, str]] = []
        places: list[tuple[JsonObject, str]] = []
        for kind, subject, *syntax in new:
            if kind == "snippet":
                self._snippet(subject, syntax[0], texts, places)
                continue
            entry = self._file(subject)
            if isinstance(entry, Absent):
                continue
            if kind == "names":
                entry["names"] = self._names(subject, entry)
            elif kind == "script":
                self._script(subject, syntax[0], entry, texts, places)
        for (holder, key), script in zip(places, self._read(texts), strict=True):
            # As a document will have it, so that both are resolved alike.
            holder[key] = script if isinstance(script, Absent) else shallow(script)
        return bool(new)

    def _file(self, path: str) -> JsonObject | Absent:
        """Give what a path is, looked up once."""
        if path not in self.files:
            if len(self.files) >= FILES:
                self.files.more = Absent("too_large", f"more than {FILES} files were asked for")
                return self.files.more
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
            if error.cause == "missing":
                return PartialMap({"kind": "missing"})
            return error.hole()
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

    def _script(
        self,
        path: str,
        syntax: str,
        entry: JsonObject,
        texts: list[tuple[bytes, str]],
        places: list[tuple[JsonObject, str]],
    ) -> None:
        scripts = entry.setdefault("scripts", PartialMap({}))
        content = self._content(path, syntax, entry)
        if isinstance(content, Absent):
            scripts[syntax] = content
        else:
            texts.append((content, syntax))
            places.append((scripts, syntax))

    def _content(self, path: str, syntax: str, entry: JsonObject) -> bytes | Absent:
        if syntax not in SYNTAXES:
            return Absent("unsupported", f"nobody reads the syntax `{syntax}`")
        if entry["kind"] != "file":
            return Absent("unsupported", f"it is {entry['kind']}, not a file")
        if not entry["readable"]:
            return Absent("permission", "the user may not read it")
        try:
            content = self._host.read(path, limit=FILE_BYTES)
        except HostError as error:
            return error.hole()
        if len(content) > self._left:
            return Absent("too_large", f"start-up files have more than {ALL_BYTES} bytes in all")
        self._left -= len(content)
        return content

    def _read(self, texts: list[tuple[bytes, str]]) -> list[Json]:
        """Read texts at once; where one breaks a reader, each by itself."""
        try:
            return list(read_all(texts, self._parser))
        except Exception:  # noqa: BLE001 - whatever somebody wrote, the other files are read
            return [_read_alone(text, self._parser) for text in texts]

    def _snippet(
        self,
        text: str,
        syntax: str,
        texts: list[tuple[bytes, str]],
        places: list[tuple[JsonObject, str]],
    ) -> None:
        from engine.precedence.world import snippet_key  # noqa: PLC0415 - one name for one thing

        key = snippet_key(text)
        of_syntax = self.snippets.setdefault(syntax, PartialMap({}))
        of_syntax.more = _NEVER_ASKED
        content = text.encode("utf-8", "surrogateescape")
        if syntax not in SYNTAXES:
            of_syntax[key] = Absent("unsupported", f"nobody reads the syntax `{syntax}`")
        elif len(content) > self._left or len(self.texts) >= SNIPPETS:
            of_syntax[key] = Absent("too_large", "too much text is evaluated")
        else:
            self._left -= len(content)
            self.texts[syntax, key] = text
            texts.append((content, syntax))
            places.append((of_syntax, key))


def _read_alone(text: tuple[bytes, str], parser: Shfmt) -> Json:
    try:
        return read_all([text], parser)[0]
    except Exception as error:  # noqa: BLE001
        return Absent("unsupported", f"its reader broke: {type(error).__name__}")


def _plain(path: str) -> str:
    """Give a path without what does not lead anywhere: `//`, `/./`, a `/` at the end."""
    return "/" + "/".join(name for name in path.split("/") if name not in {"", "."})
