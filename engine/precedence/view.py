"""What a program sees when it starts: its environment, its directory, and the files around it."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent, Redacted
from engine.model.record import record
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    hole_about,
    is_empty,
    split_text,
    text_of,
    unknown_as,
    why_not,
    why_not_variable,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from engine.precedence.values import Text
    from engine.precedence.world import World


class Unknown(Exception):  # noqa: N818 - it says what is the matter
    """Something that has to be known here and is not."""

    def __init__(self, hole: Hole) -> None:
        """Take the cause."""
        super().__init__(hole)
        self.hole = hole


@record
class Start:
    """Who starts a program: with a shell's own PATH, under which account.

    `path` is where it is looked for, `tilde` whether a `~` in that means the home, as it does for
    bash alone. `stranger` is the account if it is another one than that of which the facts say
    what it may do; `is_root` whether that may do everything.
    """

    path: Text | None
    tilde: bool = False
    stranger: str = ""
    is_root: bool = False


class View:
    """An environment over a world; what was looked at is kept, for others who see the same."""

    def __init__(
        self,
        world: World,
        variables: Callable[[str], Text | None],
        directory: str,
        *,
        changed: frozenset[str] | None = frozenset(),
        start: Start | None = None,
    ) -> None:
        """Take the world, what gives a variable (None: it is not set), and the directory.

        `changed` are files and folders that something changed since the facts were gathered; None
        stands for any. Without `start`, whoever starts the program is like the program itself.
        """
        self.world = world
        self.directory = directory
        self._changed = changed
        self._start = start
        self.read: dict[str, Text | None] = {}
        """The variables that were looked at, with what they had."""
        self._variables = variables

    def changed(self, changes: Mapping[str, Text | None]) -> View:
        """Give the view of a program that is started with some variables set or removed."""
        view = self.__class__(
            self.world,
            lambda name: changes[name] if name in changes else self.text(name),
            self.directory,
            changed=self._changed,
            start=self._start,
        )
        view.read = self.read
        return view

    def looks_like(self, other: View) -> bool:
        """Say whether all that was looked at through another view is the same here."""
        return (
            self.directory == other.directory
            and self._changed == other._changed
            and self._start == other._start
            and all(self._variables(name) == value for name, value in other.read.items())
        )

    # The environment.

    def text(self, name: str) -> Text | None:
        """Give a variable, of which a part may not be known; None if it is not set."""
        value = self._variables(name)
        self.read.setdefault(name, value)
        return value

    def variable(self, name: str) -> str | Hole | None:
        """Give a variable's known value, why it is not known, or None if it is not set."""
        value = self.text(name)
        return why_not(value) if isinstance(value, Mixed) else value

    def given(self, name: str) -> Text | None:
        """Give a variable that is set and not empty, as many programs ask for it."""
        value = self.text(name)
        if isinstance(value, Mixed) and is_empty(value) is None:
            return unknown_as(why_not(value))
        return value or None

    # Files.

    def absolute(self, path: str) -> str:
        """Give a path as seen from the directory, without `.` and doubled slashes."""
        whole = posixpath.join(self.directory, path)
        return "/" + "/".join(name for name in whole.split("/") if name not in {"", "."})

    def file(self, path: str) -> Mapping[str, Any] | Absent:
        """Give what is known of a path: its kind, the path without links, what one may do."""
        where = self.absolute(path)
        if self._changed is None or self.world.leads_into(where, self._changed):
            return Absent("opaque", "a start-up file may have changed it")
        found = self.world.file(where)
        stranger = self._start.stranger if self._start is not None else ""
        return self._for_another(found, stranger) if stranger else found

    def _for_another(
        self, found: Mapping[str, Any] | Absent, stranger: str
    ) -> Mapping[str, Any] | Absent:
        """Give what is left of what the facts say, where they say it of another account."""
        if isinstance(found, Absent):
            # What is closed to the one account need not be so to the other.
            is_closed = found.cause == "permission"
            why = f"what {stranger} sees there: {found.detail}"
            return Absent("not_collected", why) if is_closed else found
        if found.get("kind") == "missing":
            return found
        if self._start is None or not self._start.is_root:
            return Absent("not_collected", f"what {stranger} may do with it")
        return {key: value for key, value in found.items() if key not in _RIGHTS or value is True}

    def names(self, path: str) -> tuple[str, ...] | Absent:
        """Give the names in a folder."""
        where = self.absolute(path)
        if any(self.world.leads_into(one, frozenset((where,))) for one in self._changed or ()):
            return Absent("opaque", "a start-up file may have changed what is in it")
        return self.world.names(where)

    def here(self) -> str | Hole:
        """Give the name that a program has for its directory: PWD, where that leads there."""
        given = self.variable("PWD")
        if given == self.directory:
            return self.directory
        entry = self.file(self.directory)
        if isinstance(entry, Absent):
            return hole_about(self.directory, entry)
        real = str(entry.get("target", self.directory))
        if isinstance(given, Hole):
            if real == self.directory:
                return real
            return Hole("ambiguous", f"whether programs call it `{self.directory}` or `{real}`")
        if given is None or not given.startswith("/"):
            return real
        other = self.file(given)
        if isinstance(other, Absent):
            return Hole(other.cause, f"PWD, `{given}`: {other.detail}")
        is_same = other.get("kind") == "directory" and other.get("target", given) == real
        return given if is_same else real

    def script(self, path: str, syntax: str) -> list[Any] | Absent:
        """Give a file's content, read in a syntax."""
        return self.world.script(self.absolute(path), syntax)

    def kind(self, path: str) -> str:
        """Give what a path is (`missing` if nothing is there); may raise `Unknown`."""
        entry = self.file(path)
        if isinstance(entry, Absent):
            raise Unknown(hole_about(path, entry))
        return str(entry["kind"])

    def resolved(self, path: str) -> str:
        """Give the path without links of something that is there; may raise `Unknown`."""
        entry = self.file(path)
        if isinstance(entry, Absent):
            raise Unknown(hole_about(path, entry))
        return str(entry.get("target", self.absolute(path)))

    def runs(self, path: str) -> bool | Hole:
        """Say whether a path is a file that may be executed."""
        entry = self.file(path)
        if isinstance(entry, Absent):
            return hole_about(path, entry)
        if entry["kind"] != "file":
            return False
        may = entry.get("executable")
        return may if isinstance(may, bool) else Hole("not_collected", f"`{path}`: who may run it")

    def started(self, name: str) -> str | Hole | None:
        """Give the file of a name for whoever starts the program, or None."""
        if self._start is None:
            return self.which(name)
        path = self._start.path
        if path is None:
            detail = "PATH is not set, and not everybody looks at the same places then"
            return Hole("opaque", detail)
        if path == "":
            # For some that is the directory itself, for others nothing at all.
            if self.runs(name) is False:
                return None
            return Hole("ambiguous", f"an empty PATH, and a `{name}` here")
        for folder in split_text(path, ":"):
            if isinstance(folder, Mixed):
                return why_not_variable("PATH", folder)
            hole = self._at_home(folder, name) if folder.startswith("~") else None
            if hole is not None:
                return hole
            found = self.which(name, folder or ".")
            if found is not None:
                return found
        return None

    def _at_home(self, folder: str, name: str) -> Hole | None:
        """Say why nobody knows what a `~` on PATH leads to: bash expands it, others do not."""
        if self._start is None or not self._start.tilde:
            return None
        home, (user, _, below) = self.given("HOME"), folder.partition("/")
        if user != "~" or not isinstance(home, str):
            return Hole("opaque", f"what bash takes `{folder}` in PATH for")
        runs = self.runs(posixpath.join(home, below, name))
        if runs is False:
            return None
        detail = f"bash finds `{name}` in `{folder}`, and programs that look in PATH do not"
        return runs if isinstance(runs, Hole) else Hole("ambiguous", detail)

    def which(self, name: str, path: Text | None = None) -> str | Hole | None:
        """Give the first file of a name on PATH, or None; a relative folder's is given as it is."""
        text = self.text("PATH") if path is None else path
        for folder in split_text(text, ":") if text else ():
            if isinstance(folder, Mixed):
                return why_not_variable("PATH", folder)
            found = posixpath.join(folder or ".", name)
            runs = self.runs(found)
            if isinstance(runs, Hole):
                return runs
            if runs:
                return found
        return None


_RIGHTS = frozenset(("readable", "writable", "executable"))


def literal_text(word: list[Any]) -> Text:
    """Give the text of a word in which nothing is computed, secrets included."""
    parts: list[Text] = []
    for part in word:
        if isinstance(part, (str, Redacted)):
            parts.append(text_of(part))
        elif part[0] == "q":
            parts.append(text_of(part[1]))
        else:
            parts.append(unknown_as(Hole("opaque", "a text that is not kept")))
    return concat(parts)
