"""asdf: a shim runs `asdf exec`, which picks a version by files, and asks a plugin for variables.

Learnt from asdf 0.15 (bash) and 0.16 to 0.20 (Go), and the plugin asdf-golang.
https://asdf-vm.com/manage/configuration.html
"""

from __future__ import annotations

import posixpath

from engine.model.record import record
from engine.precedence.go.managers._asdf_versions import Asked, in_force
from engine.precedence.go.managers._asking import (
    Unsure,
    choice_of,
    folder_setting,
    folders,
    home_folder,
    is_file,
    is_there,
    kind,
    or_hole,
    setting,
    statements,
    sure,
    which,
    with_path,
    without,
)
from engine.precedence.go.managers._base import Behind, Change, Choice, Home, Manager
from engine.precedence.go.managers._program import Program, installed_below, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.managers._base import Source
    from engine.precedence.view import View

_NAME = "asdf"
_PLUGINS = ("golang", "go")


@record
class _Shim:
    """What asdf reads in its own shim: a plugin, and the versions that have this command.

    `data` is asdf's folder; `is_bash` says that it is an asdf before 0.16, written in bash.
    """

    name: str
    data: str
    is_bash: bool
    plugin: str
    versions: tuple[str, ...]

    @property
    def plugin_folder(self) -> str:
        """The folder of the plugin."""
        return f"{self.data}/plugins/{self.plugin}"


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    program = program_at(view, path)
    if program.says(_NAME) is None:
        return _by_place(view, program.path)
    run = or_hole(_run)(view, program)
    return Behind(_NAME, run) if isinstance(run, Hole) else run


def _run(view: View, started: Program) -> Behind:
    shim = _shim(view, started)
    found = in_force(view, Asked(shim.plugin, shim.data, shim.is_bash))
    if found is None:
        raise _none_fits(shim, ())
    for version in _in_order(shim, found.versions):
        if version == "system":
            return _system(view, shim, found.source)
        if version.startswith("path:"):
            raise Unsure("opaque", f"asdf runs what is in `{version}`, which is not looked into")
        if version in shim.versions:
            return _version(view, shim, version, found.source)
    raise _none_fits(shim, found.versions)


def _in_order(shim: _Shim, versions: tuple[str, ...]) -> tuple[str, ...]:
    """Give versions as asdf tries them: since 0.16 the system's comes after all, then paths."""
    if shim.is_bash:
        return versions
    system = ("system",) if "system" in versions else ()
    paths = tuple(version for version in versions if version.startswith("path:"))
    installed = tuple(version for version in versions if version in shim.versions)
    return installed + system + paths


def _none_fits(shim: _Shim, versions: tuple[str, ...]) -> Unsure:
    if shim.is_bash:
        return Unsure("opaque", "asdf before 0.16 takes what looks alike if no version fits")
    if not versions:
        return Unsure("missing", f"asdf is told no version of {shim.plugin}, so `go` stops")
    tried = " or ".join(versions)
    return Unsure("missing", f"asdf has no {shim.plugin} {tried}, so `{shim.name}` stops")


def _shim(view: View, started: Program) -> _Shim:
    """Give the shim that asdf reads: its own of that name, wherever the started one lies."""
    called, name = started.says(_NAME) or ("", "")
    is_bash = _is_bash(view, called)
    data = _data_folder(view)
    if is_bash and setting(view, "ASDF_DATA_DIR") not in {"", data}:
        raise Unsure("opaque", f"asdf before 0.16 takes ASDF_DATA_DIR as it is written, not {data}")
    path = f"{data}/shims/{name}"
    program = started if started.path == path else program_at(view, path)
    named = [words[1:] for words in program.shim if words[0] == "asdf-plugin"]
    plugins = sorted({plugin for plugin, _ in named})
    if len(plugins) != 1:
        raise Unsure("ambiguous", f"`{path}` stands for {len(plugins)} plugins of asdf")
    shim = _Shim(name, data, is_bash, plugins[0], tuple(version for _, version in named))
    if kind(view, shim.plugin_folder) != "directory":
        raise Unsure("missing", f"asdf has no plugin {shim.plugin}, so `{name}` stops")
    return shim


def _is_bash(view: View, called: str) -> bool:
    """Say whether the asdf that a shim calls is one before 0.16."""
    found = called if called.startswith("/") else which(view, called)
    if found is None:
        raise Unsure("missing", "the shim calls `asdf`, which is not on PATH")
    program = program_at(view, found)
    if program.package.startswith("github.com/asdf-vm/asdf/"):
        return False
    # Its library stands beside it; a wrapper of somebody else has none.
    above = posixpath.dirname(posixpath.dirname(program.path))
    if program.kind == "script" and is_file(view, f"{above}/lib/commands/command-exec.bash"):
        return True
    raise Unsure("opaque", f"`{found}` is not known to be asdf")


def _system(view: View, shim: _Shim, source: Source) -> Behind:
    """Hand over to the next one on PATH, without any variable of Go's.

    Since 0.16 folders of a version without a name are put ahead of PATH.
    """
    path, shims = setting(view, "PATH"), f"{shim.data}/shims"
    if shim.is_bash and f"{shims}/" in path:
        raise Unsure("opaque", "asdf before 0.16 cuts its folder out of longer entries of PATH")
    following = which(view, shim.name, without(path, shims))
    if following is None:
        raise Unsure("missing", f"no `{shim.name}` stands on PATH behind asdf's shim")
    ways = () if shim.is_bash else _ways(view, shim, "")
    changes = (Change("PATH", with_path(view, *ways)),) if ways else ()
    return Behind(_NAME, following, changes, "system", source)


def _ways(view: View, shim: _Shim, version: str) -> tuple[str, ...]:
    folder = posixpath.join(shim.data, "installs", shim.plugin, version).rstrip("/")
    return tuple(f"{folder}/{place}" for place in _bin_folders(view, shim))


def _version(view: View, shim: _Shim, version: str, source: Source) -> Behind:
    for place, what in (("bin/exec-path", "decides which file runs"), ("shims", "has programs")):
        if is_there(view, f"{shim.plugin_folder}/{place}"):
            raise Unsure("opaque", f"`{shim.plugin_folder}/{place}` {what}")
    named = version.replace("ref:", "ref-", 1)
    folder = f"{shim.data}/installs/{shim.plugin}/{named}"
    ways = _ways(view, shim, named)
    # Since 0.16 the last folder with such a command counts, before it was the first.
    found = [which(view, shim.name, way) for way in (ways if shim.is_bash else reversed(ways))]
    binary = next((each for each in found if each is not None), None)
    if binary is None:
        raise Unsure("opaque", f"`{folder}` holds no `{shim.name}` that asdf could run")
    changes = (Change("PATH", with_path(view, *ways)), *_changes(view, shim, folder))
    return Behind(_NAME, binary, changes, version, source)


def _bin_folders(view: View, shim: _Shim) -> tuple[str, ...]:
    path = f"{shim.plugin_folder}/bin/list-bin-paths"
    if not is_file(view, path):
        return ("bin",)
    printed = [
        words[1] for _, words in statements(view, path, "asdf-plugin") if words[0] == "print"
    ]
    if len(printed) != 1 or not printed[0]:
        raise Unsure("opaque", f"it is not known what `{path}` prints")
    return tuple(printed[0].split())


def _changes(view: View, shim: _Shim, folder: str) -> tuple[Change, ...]:
    path = f"{shim.plugin_folder}/bin/exec-env"
    changes = []
    for _, (op, *texts) in statements(view, path, "asdf-plugin") if is_file(view, path) else ():
        if op != "set":
            raise Unsure("opaque", f"it is not known what `{path}` does")
        variable, place, like = texts
        # The plugin writes `unset` for a variable without a value, and then looks for that text.
        is_replaced = bool(like) and view.variable(variable) == like
        changes.append(Change(variable, f"{folder}/{place}", only_if_unset=not is_replaced))
    return tuple(changes)


def _data_folder(view: View) -> str:
    return folder_setting(view, "ASDF_DATA_DIR") or f"{home_folder(view)}/.asdf"


def _by_place(view: View, path: str) -> Behind | None:
    """Give a Go that asdf installed and that runs without a shim."""
    return installed_below(
        view, _NAME, path, folder=_data_folder, usual=r"\.?asdf", place="installs/(?:golang|go)"
    )


@or_hole
def _home(view: View) -> Home | None:
    data = _data_folder(view)
    if kind(view, data) != "directory":
        return None
    versions: dict[str, str] = {}
    for plugin in _PLUGINS:
        place = f"{data}/installs/{plugin}"
        versions |= {name: f"{place}/{name}/go" for name in folders(view, place)}
    return Home(data, versions)


@or_hole
def _choice(view: View) -> Choice | None:
    shim = f"{_data_folder(view)}/shims/go"
    return choice_of(sure(_behind(view, shim))) if is_file(view, shim) else None


ASDF = Manager(_NAME, _behind, _home, _choice)
