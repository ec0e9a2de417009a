"""Go's order of settings: variable, the user's file, GOROOT/go.env; and who was shadowed."""

from __future__ import annotations

import posixpath

from engine.model.record import record, replace
from engine.precedence.go.binary import own_root
from engine.precedence.go.env_files import EnvFile, env_file
from engine.precedence.values import Hole, Mixed, unknown_as, why_not
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.binary import Binary
    from engine.precedence.state import Place
    from engine.precedence.values import Text
    from engine.precedence.view import View

FIRST_WITH_GO_ENV = (1, 21)
"""Since this version there are toolchains, and some defaults stand in GOROOT/go.env."""
_FIRST_WITH_ABSOLUTE_FOLDERS = (1, 24)
"""Since this version a relative XDG_CONFIG_HOME or XDG_CACHE_HOME counts for none."""


@record
class Setting:
    """What a key is set to, and by whom: `os`, `env_file`, `goroot`, or Go's `default`."""

    value: Text
    origin: str
    place: Place | None = None
    shadowed: tuple[Setting, ...] = ()


def known(value: Text) -> str:
    """Give a text all of which is known, or raise `Unknown`."""
    if isinstance(value, Mixed):
        raise Unknown(why_not(value))
    return value


class Settings:
    """The settings of one go command in one environment; each may raise `Unknown`."""

    def __init__(self, view: View, binary: Binary) -> None:
        """Take what the command sees, and which command it is."""
        self.view = view
        self.binary = binary
        self._user: EnvFile | None = None
        self._defaults: EnvFile | None = None

    def text(self, key: str) -> Text:
        """Give a key's value, empty if nobody set it."""
        found = self.get(key)
        return found.value if found is not None else ""

    def known(self, key: str) -> str:
        """Give a key's value if all of it is known."""
        return known(self.text(key))

    def get(self, key: str) -> Setting | None:
        """Give what somebody set, None if nobody did.

        A variable that is empty counts as unset; an empty line of the user's file hides
        GOROOT/go.env all the same.
        """
        if key == "GOROOT":
            return self.root()
        below = self._in_files(key)
        given = self.view.given(key)
        if given is None:
            return self._sure(below)
        return Setting(
            given, "os", None, tuple(each for each in below if isinstance(each, Setting))
        )

    @staticmethod
    def _sure(found: list[Setting | Hole]) -> Setting | None:
        if not found:
            return None
        first, *others = found
        if isinstance(first, Hole):
            raise Unknown(first)
        shadowed = tuple(each for each in others if isinstance(each, Setting))
        return replace(first, shadowed=shadowed)

    def _in_files(self, key: str) -> list[Setting | Hole]:
        """Give what the files say about a key, first the one that counts."""
        found: list[Setting | Hole] = []
        for origin, file in (("env_file", self.user_file), ("goroot", self.defaults_file)):
            try:
                entry = file().get(key)
            except Unknown as error:
                found.append(error.hole)
                continue
            if entry is not None:
                found.append(Setting(entry.value, origin, entry.place))
        return found

    # The files.

    def user_path(self) -> Text:
        """Give the path of the user's file as Go says it; empty if there is none."""
        given = self.view.given("GOENV")
        if given == "off":
            return ""
        return given or self.below_config("go/env")

    def below_config(self, name: str) -> str:
        """Give a path in the user's configuration folder; empty if there is no such folder."""
        return self._below("XDG_CONFIG_HOME", ".config", name)

    def _below(self, variable: str, at_home: str, name: str) -> str:
        folder = self.view.given(variable)
        if folder is None:
            home = self.view.given("HOME")
            return cleaned(posixpath.join(known(home), at_home, name)) if home else ""
        folder = known(folder)
        is_refused = self.binary.release >= _FIRST_WITH_ABSOLUTE_FOLDERS
        if is_refused and not folder.startswith("/"):
            return ""
        return cleaned(posixpath.join(folder, name))

    def below_cache(self, name: str) -> str:
        """Give a path in the user's folder for caches; empty if there is no such folder."""
        return self._below("XDG_CACHE_HOME", ".cache", name)

    def user_file(self) -> EnvFile:
        """Give the file that `go env -w` writes."""
        if self._user is None:
            path = self.user_path()
            if isinstance(path, Mixed):
                hole = why_not(path)
                self._user = EnvFile(hole=Hole(hole.cause, f"GOENV: {hole.detail}", hole.place))
            else:
                self._user = env_file(self.view, path, last_counts=True) if path else EnvFile()
        return self._user

    def defaults_file(self) -> EnvFile:
        """Give GOROOT/go.env."""
        if self._defaults is None:
            self._defaults = EnvFile()
            if self.binary.release >= FIRST_WITH_GO_ENV:
                try:
                    root = known(self.defaults_root().value)
                    if root:
                        path = posixpath.join(root, "go.env")
                        self._defaults = env_file(self.view, path, last_counts=False)
                except Unknown as error:
                    self._defaults = EnvFile(hole=error.hole)
        return self._defaults

    # GOROOT.

    def defaults_root(self) -> Setting:
        """Give the GOROOT whose go.env is read: here alone the user's file beats the variable."""
        entry = self.user_file().get("GOROOT")
        if entry is not None and entry.value != "":
            return Setting(cleaned(known(entry.value)), "env_file", entry.place)
        given = self.view.given("GOROOT")
        if given is not None:
            return Setting(cleaned(known(given)), "os")
        return Setting(own_root(self.view, self.binary), "default", self.binary.place)

    def root(self) -> Setting:
        """Give GOROOT in force; empty where there is none."""
        given = self.view.given("GOROOT")
        below: list[Setting] = []
        try:
            entry = self.user_file().get("GOROOT")
        except Unknown:
            if given is None:
                raise
        else:
            if entry is not None and entry.value != "":
                below.append(Setting(entry.value, "env_file", entry.place))
        if given is not None:
            return Setting(self._written(given), "os", None, tuple(below))
        return self.defaults_root()

    def _written(self, given: Text) -> Text:
        """Give GOROOT as Go repeats it."""
        if isinstance(given, Mixed):
            return unknown_as(why_not(given))
        return given if self.binary.release >= FIRST_WITH_GO_ENV else cleaned(given)


def cleaned(path: str) -> str:
    """Give a path as Go's `filepath.Clean` does."""
    return posixpath.normpath(path).replace("//", "/", 1) if path else "."
