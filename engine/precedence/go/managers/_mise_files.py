"""What mise's configuration says of Go: variables, files from the directory upwards, its own."""

from __future__ import annotations

import posixpath
import re

from engine.model.record import record
from engine.precedence.go.managers._asking import (
    Unsure,
    folder_setting,
    home_folder,
    is_file,
    is_there,
    lines,
    names,
    plain,
    setting,
    statements,
    upwards,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.precedence.go.managers._base import Source
    from engine.precedence.view import View

# In one folder, the first beats the others.
_FILES = (
    ".mise.local.toml", "mise.local.toml", ".rtx.local.toml", "mise/config.local.toml",
    ".mise/config.local.toml", ".config/mise.local.toml", ".config/mise/mise.local.toml",
    ".config/mise/config.local.toml", ".mise.toml", "mise.toml", ".rtx.toml", "mise/config.toml",
    ".mise/config.toml", ".config/mise.toml", ".config/mise/mise.toml", ".config/mise/config.toml",
    ".tool-versions",
)  # fmt: skip
_OWN_FILES = ("mise.local.toml", "config.local.toml", "mise.toml", "config.toml")
_BELOW = ("mise", ".mise", ".config")
_SYSTEM = "/etc/mise"

# What may decide and is not read: versions that were locked, and files beyond counting.
_NOT_READ = ("mise.lock", "mise.local.lock", ".miserc.toml", ".mise/conf.d", ".config/mise/conf.d")
_NOT_READ_OF_ITS_OWN = ("conf.d", "miserc.toml", "mise.lock", "config.lock")

_ELSEWHERE = (
    "MISE_ENV", "MISE_PROFILE", "MISE_CONFIG_FILE", "MISE_GLOBAL_CONFIG_FILE",
    "MISE_SYSTEM_CONFIG_FILE", "MISE_DEFAULT_CONFIG_FILENAME", "MISE_OVERRIDE_CONFIG_FILENAMES",
    "MISE_DEFAULT_TOOL_VERSIONS_FILENAME", "MISE_OVERRIDE_TOOL_VERSIONS_FILENAMES",
    "MISE_CEILING_PATHS", "MISE_IGNORED_CONFIG_PATHS", "MISE_NO_CONFIG", "MISE_DISABLE_TOOLS",
    "MISE_ENABLE_TOOLS", "MISE_SHARED_INSTALL_DIRS", "MISE_INSTALLS_DIR", "MISE_CD", "MISE_SAFE",
    "MISE_SYSTEM_DIR", "MISE_SYSTEM_CONFIG_DIR", "MISE_LOCKED", "MISE_ENV_FILE",
)  # fmt: skip
# Of any tool: mise stops at what it does not understand.
_REFUSED = re.compile(r"\A(?!(?:ref|tag|branch|rev|prefix|path|sub-[\w.\-]+):).*(?:[:/]|\.\.)")
_GO = frozenset(("go", "golang", "core:go"))
_IDIOMATIC = "idiomatic_version_file_enable_tools"
_TRUTHS = dict.fromkeys(("1", "true", "yes", "y", "on"), "true") | dict.fromkeys(
    ("0", "false", "no", "n", "off"), "false"
)


@record
class Configured:
    """The version that is wanted, if any, who says so, and settings by name."""

    wanted: str | None
    source: Source
    settings: tuple[tuple[str, tuple[str, ...]], ...]

    def sets(self, name: str, *, default: bool) -> bool:
        """Say whether mise sets a variable of Go's."""
        given = dict(self.settings).get(f"go.{name}")
        return default if given is None else given == ("true",)


def configured(view: View) -> Configured:
    """Give what is configured for Go in the directory."""
    for name in _ELSEWHERE:
        if setting(view, name):
            raise Unsure("opaque", f"{name} tells mise to read something else")
    reading = _Reading(view)
    reading.variables()
    own = folder_setting(view, "MISE_CONFIG_DIR") or _own_folder(view)
    for path in dict.fromkeys(_in_order(view, plain(view, view.directory), own)):
        reading.file(path, is_own=path.startswith((f"{own}/", f"{_SYSTEM}/")))
    _only_if_idiomatic_files_do_not_count(reading)
    return Configured(reading.wanted, reading.source, tuple(sorted(reading.settings.items())))


class _Reading:
    """Files in the order in which they beat each other; the first that names Go counts."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.wanted: str | None = None
        self.source: Source = ""
        self.settings: dict[str, tuple[str, ...]] = {}

    def variables(self) -> None:
        for name in ("MISE_GO_VERSION", "MISE_GOLANG_VERSION"):
            given = setting(self.view, name).split()
            if given and self.wanted is not None:
                raise Unsure("ambiguous", "both MISE_GO_VERSION and MISE_GOLANG_VERSION are set")
            if given:
                self._want(given[0], name)
        for name in ("set_goroot", "set_gobin", "set_gopath"):
            truth = setting(self.view, f"MISE_GO_{name.upper()}")
            if truth and truth.lower() not in _TRUTHS:
                raise Unsure("opaque", f"MISE_GO_{name.upper()} is `{truth}`")
            if truth:
                self.settings[f"go.{name}"] = (_TRUTHS[truth.lower()],)
        if tools := setting(self.view, f"MISE_{_IDIOMATIC.upper()}"):
            self.settings[_IDIOMATIC] = tuple(tools.split(","))

    def file(self, path: str, *, is_own: bool) -> None:
        if path.endswith(".tool-versions"):
            self._list(path)
            return
        for number, (op, *texts) in statements(self.view, path, "mise"):
            if op == "needs-trust" and not is_own:
                raise Unsure("opaque", f"`{path}` counts only if mise was told to trust it")
            if op == "tool":
                self._want(texts[0], (path, number))
            if op == "setting":
                self.settings.setdefault(texts[0], tuple(texts[1:]))

    def _list(self, path: str) -> None:
        named = [
            (number, line.split())
            for number, line, _ in lines(self.view, path)
            if (line.split() or [""])[0].rstrip(":") in _GO
        ]
        for number, line, _ in lines(self.view, path):
            if "{{" in line or "{%" in line:
                raise Unsure("opaque", f"`{path}` holds templates, which mise evaluates")
            if any(_REFUSED.search(word) for word in line.split()[1:]):
                raise Unsure("opaque", f"`{path}:{number}` has a version that mise may refuse")
        if len(named) > 1:
            raise Unsure("ambiguous", f"`{path}` names Go more than once")
        for number, words in named:
            if words[1:]:
                self._want(words[1], (path, number))

    def _want(self, wanted: str, source: Source) -> None:
        if self.wanted is None:
            self.wanted, self.source = wanted, source


def _in_order(view: View, here: str, own: str) -> Iterator[str]:
    """Give the files that are there."""
    for folder in (each.rstrip("/") for each in upwards(here)):
        below = [name for name in _BELOW if is_there(view, f"{folder}/{name}")]
        for name in (*_FILES, *_NOT_READ):
            first, slash, _ = name.partition("/")
            if slash and first not in below:
                continue
            path = f"{folder}/{name}"
            if name in _NOT_READ and is_there(view, path):
                raise Unsure("opaque", f"`{path}` may change what mise runs, and is not read")
            if is_file(view, path):
                yield path
    yield from _in_own_folder(view, own)
    tool_versions = f"{home_folder(view)}/.tool-versions"
    if is_file(view, tool_versions):
        yield tool_versions
    yield from _in_own_folder(view, _SYSTEM)


def _in_own_folder(view: View, folder: str) -> Iterator[str]:
    listed = names(view, folder)
    for name in _NOT_READ_OF_ITS_OWN:
        if name in listed:
            path = f"{folder}/{name}"
            raise Unsure("opaque", f"`{path}` may change what mise runs, and is not read")
    yield from (f"{folder}/{name}" for name in _OWN_FILES if name in listed)


def _own_folder(view: View) -> str:
    shared = folder_setting(view, "XDG_CONFIG_HOME") or f"{home_folder(view)}/.config"
    return f"{shared}/mise"


def _only_if_idiomatic_files_do_not_count(reading: _Reading) -> None:
    """Refuse where a `.go-version` may decide: older mise reads it unless told not to.

    A file of mise's own in the same folder or a nearer one beats it.
    """
    tools = reading.settings.get(_IDIOMATIC)
    is_on = tools is not None and "go" in tools
    is_by_variable = reading.wanted is not None and isinstance(reading.source, str)
    if is_by_variable or (tools is not None and not is_on):
        return
    nearest = reading.source[0] if isinstance(reading.source, tuple) else ""
    for folder in upwards(plain(reading.view, reading.view.directory)):
        if nearest and posixpath.dirname(nearest) == folder:
            return
        for name in (".go-version", "go.mod") if is_on else (".go-version",):
            path = f"{folder.rstrip('/')}/{name}"
            if is_there(reading.view, path):
                why = f"whether mise reads `{path}` depends on its version and settings"
                raise Unsure("opaque", why)
