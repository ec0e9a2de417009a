"""Closing the world: what start-up files ask for is looked up, until they ask for nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import Account, HostError
from engine.gather.permissions import Permissions
from engine.gather.scripts import shallow
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES, read_all
from engine.model.facts import Absent, PartialMap
from engine.precedence.world import snippet_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.survey import Resolved, Survey
    from engine.model.json_value import Json, JsonObject

ROUNDS = 40
FILES = 2000
FILE_BYTES = 1 << 20
ALL_BYTES = 8 << 20
SNIPPETS = 2000
NAMES = 50_000

_NEVER_ASKED = Absent("not_collected", "nobody looked for it")
_NO_FILE = Absent("missing", "there is no such file")
# What these name differs from process to process.
_OF_EACH_PROCESS = ("/proc/self", "/proc/thread-self", "/dev/fd", "/dev/stdin", "/dev/stdout",
                    "/dev/stderr", "/dev/tty")  # fmt: skip

# cron reads crontabs for their owners, who may not do so themselves.
_READ_BY_ROOT = ("/var/spool/cron/", "/etc/cron.d/")
# Shells without a reader of their own.
_READ_AS = {"ash": "sh", "dash": "sh"}
_ROOT = Account("root", 0, 0, frozenset((0,)), "/root", None)


class _Files(PartialMap):
    """Files by path, looked up when somebody asks for them."""

    __slots__ = ("_look_up",)

    def __init__(self, look_up: Callable[[str], JsonObject | Absent]) -> None:
        super().__init__({})
        self.more = _NEVER_ASKED
        self._look_up = look_up

    def get(self, path: Json, default: Json = None) -> Json:
        if path not in self:
            if len(self) >= FILES:
                self.more = Absent("too_large", f"more than {FILES} files were asked for")
                return default
            self[path] = self._look_up(path)
        return self[path]


class _Entry(PartialMap):
    """What is known of a path; its names and scripts are looked up when somebody asks for them."""

    __slots__ = ("_names", "_read")

    def __init__(
        self, content: JsonObject, names: Callable[[], Json], read: Callable[[str], Json]
    ) -> None:
        super().__init__(content)
        self._names = names
        self._read = read

    def get(self, key: Json, default: Json = None) -> Json:
        if key == "names" and key not in self:
            self[key] = self._names()
        if key == "scripts" and key not in self:
            self[key] = _Scripts(self._read)
        return super().get(key, default)


class _Scripts(PartialMap):
    """A file's content by syntax, read when somebody asks for it."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], Json]) -> None:
        super().__init__({})
        self._read = read

    def get(self, syntax: Json, default: Json = None) -> Json:  # noqa: ARG002 - it is always known
        if syntax not in self:
            self[syntax] = self._read(syntax)
        return self[syntax]


class Closing:
    """Files, scripts and snippets, as far as they were asked for.

    Files are looked up while contexts are resolved; a text that is evaluated is known by its
    fingerprint only, so it is read afterwards, for the next round.
    """

    def __init__(self, survey: Survey, account: Account) -> None:
        """Take whose eyes to look through."""
        self._host = survey.host
        self._permissions = Permissions(survey.host, account)
        self._roots = Permissions(survey.host, _ROOT)
        self._parser = Shfmt(survey.launch.cache)
        self._left, self._names_left = ALL_BYTES, NAMES
        self._asked: set[tuple[str, str]] = set()
        self.files = _Files(self._looked_up)
        self.snippets = PartialMap({})
        self.snippets.more = _NEVER_ASKED
        self.rounds = 0

    def close(self, survey: Survey, root: JsonObject) -> Resolved | None:
        """Resolve until nothing new is wanted, or a bound is met; give the last resolution.

        Whatever was not answered stays unknown.
        """
        resolve = survey.launch.resolve
        root["files"], root["snippets"] = self.files, self.snippets
        resolution = None
        while resolve is not None and self.rounds < ROUNDS:
            self.rounds += 1
            resolution = resolve(root)
            texts = {(each[1], each[2]) for each in resolution.wanted if each[0] == "snippet"}
            if not texts - self._asked:
                break
            self._read_snippets(sorted(texts - self._asked))
        return resolution

    def _looked_up(self, path: str) -> JsonObject | Absent:
        if not path.startswith("/"):
            return Absent("unsupported", "it is relative to an unknown folder")
        if any(path == each or path.startswith(each + "/") for each in _OF_EACH_PROCESS):
            return Absent("opaque", "it names something else in each process")
        eyes = self._roots if path.startswith(_READ_BY_ROOT) else self._permissions
        try:
            seen = eyes.at(path)
        except HostError as error:
            if error.cause != "missing":
                return error.hole()
            return _Entry({"kind": "missing"}, list, lambda _: _NO_FILE)
        kind, readable = seen.status.kind, seen.readable
        entry = _Entry(
            {
                "kind": kind,
                "readable": readable,
                "writable": seen.writable,
                "executable": seen.executable,
            },
            lambda: self._names(path, kind, readable=readable),
            lambda syntax: self._script(path, syntax, kind, readable=readable),
        )
        if seen.path != _plain(path):
            entry["target"] = seen.path
        if kind == "file":
            entry["size"] = seen.status.size
        return entry

    def _names(self, path: str, kind: str, *, readable: bool) -> Json:
        if kind != "directory":
            return []
        if not readable:
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

    def _script(self, path: str, syntax: str, kind: str, *, readable: bool) -> Json:
        if _READ_AS.get(syntax, syntax) not in SYNTAXES:
            return Absent("unsupported", f"nobody reads the syntax `{syntax}`")
        if kind != "file":
            return Absent("unsupported", f"it is {kind}, not a file")
        if not readable:
            return Absent("permission", "the user may not read it")
        try:
            content = self._host.read(path, limit=FILE_BYTES)
        except HostError as error:
            return error.hole()
        if len(content) > self._left:
            return Absent("too_large", f"start-up files have more than {ALL_BYTES} bytes in all")
        self._left -= len(content)
        return self._read([(content, syntax)])[0]

    def _read_snippets(self, wanted: list[tuple[str, str]]) -> None:
        """Read texts that are evaluated, all at once."""
        self._asked.update(wanted)
        texts: list[tuple[bytes, str]] = []
        places: list[tuple[JsonObject, str]] = []
        for text, syntax in wanted:
            of_syntax = self.snippets.setdefault(syntax, PartialMap({}))
            key, content = snippet_key(text), text.encode("utf-8", "surrogateescape")
            if _READ_AS.get(syntax, syntax) not in SYNTAXES:
                of_syntax[key] = Absent("unsupported", f"nobody reads the syntax `{syntax}`")
            elif len(content) > self._left or len(self._asked) > SNIPPETS:
                of_syntax[key] = Absent("too_large", "too much text is evaluated")
            else:
                self._left -= len(content)
                texts.append((content, syntax))
                places.append((of_syntax, key))
        for (holder, key), script in zip(places, self._read(texts), strict=True):
            holder[key] = script

    def _read(self, texts: list[tuple[bytes, str]]) -> list[Json]:
        """Read texts at once; where one breaks a reader, each by itself."""
        asked = [(content, _READ_AS.get(syntax, syntax)) for content, syntax in texts]
        try:
            scripts: list[Json] = list(read_all(asked, self._parser))
        except Exception:  # noqa: BLE001 - whatever somebody wrote, the other files are read
            scripts = [_read_alone(text, self._parser) for text in asked]
        # As a document will have it, so that both are resolved alike.
        return [script if isinstance(script, Absent) else shallow(script) for script in scripts]


def _read_alone(text: tuple[bytes, str], parser: Shfmt) -> Json:
    try:
        return read_all([text], parser)[0]
    except Exception as error:  # noqa: BLE001
        return Absent("unsupported", f"its reader broke: {type(error).__name__}")


def _plain(path: str) -> str:
    """Give a path without what does not lead anywhere: `//`, `/./`, a `/` at the end."""
    return "/" + "/".join(name for name in path.split("/") if name not in {"", "."})
