"""Which toolchain runs in the end: the local one, or one that it switches to.

https://go.dev/doc/toolchain#select, and `cmd/go/internal/toolchain/select.go`.
"""

from __future__ import annotations

import posixpath

from engine.model.record import record
from engine.precedence.go.computing import looked_up
from engine.precedence.go.folders import mod_cache, refuse_module_in_gopath
from engine.precedence.go.modules import may_switch, toolchain_lines
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.releases import (
    first_toolchain,
    is_newer,
    is_same_version,
    version_in,
)
from engine.precedence.go.settings import FIRST_WITH_GO_ENV
from engine.precedence.values import Hole
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.settings import Settings
    from engine.precedence.state import Place
    from engine.precedence.view import View

SWITCHED_TO = "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION"
"""The variable by which a toolchain knows that it was switched to."""


@record
class Choice:
    """A toolchain by name, why it was chosen, and whether only PATH is searched for it."""

    name: str
    place: Place | None
    reason: str
    path_only: bool


@record
class Found:
    """Where a toolchain is: `path`, `module_cache`, or `network` if it has to be downloaded.

    `command` is its go command; `root` its GOROOT, empty for one that is found on PATH.
    """

    where: str
    command: str = ""
    root: str = ""


def chosen(settings: Settings) -> Choice | None:
    """Give the toolchain to switch to, None if the local one goes on; may raise `Refusal`."""
    if settings.binary.release < FIRST_WITH_GO_ENV or not may_switch(settings):
        return None
    setting = settings.get("GOTOOLCHAIN")
    given = settings.known("GOTOOLCHAIN")
    if not given or setting is None:
        return None  # a packager took the line out of go.env
    name, mode = _default(given, settings.binary.version)
    local = settings.binary.version
    choice = Choice(name, setting.place, "GOTOOLCHAIN", mode == "path")
    if mode:
        choice = _upgraded(choice, settings)
    wanted = settings.view.variable(SWITCHED_TO)
    if isinstance(wanted, Hole):
        raise Unknown(wanted)
    if wanted and wanted != local:
        raise Refusal(f"toolchain {local} invoked to provide {wanted}", SWITCHED_TO)
    if wanted or choice.name in {"local", local}:
        return None
    if not choice.name.startswith("go1") and "-go1" not in choice.name:
        raise Refusal(f'invalid GOTOOLCHAIN "{choice.name}"', "GOTOOLCHAIN")
    return choice


def _default(given: str, local: str) -> tuple[str, str]:
    """Give the toolchain that GOTOOLCHAIN names, and how upgrades may be found."""
    if given in {"auto", "path"}:
        return local, given
    least, plus, suffix = given.partition("+")
    if least == "local":
        least = local
    elif not version_in(least):
        detail = f': invalid minimum toolchain "{least}"' if plus else ""
        raise Refusal(f'invalid GOTOOLCHAIN "{given}"{detail}', "GOTOOLCHAIN")
    if plus and suffix not in {"auto", "path"}:
        message = f'invalid GOTOOLCHAIN "{given}": only version suffixes are +auto and +path'
        raise Refusal(message, "GOTOOLCHAIN")
    return least, suffix


def _upgraded(choice: Choice, settings: Settings) -> Choice:
    """Give what the lines of go.work or go.mod make of a choice: never an older one."""
    lines = toolchain_lines(settings)
    least = version_in(choice.name)
    line = lines.get("toolchain")
    if line is not None and line.text == "default":
        return choice
    if line is not None and line.text:
        version = version_in(line.text)
        if not version:
            raise Refusal(f'invalid toolchain "{line.text}" in {line.place.file}', "", line.place)
        is_same = settings.binary.release <= FIRST_WITH_GO_ENV and is_same_version(version, least)
        if is_newer(version, least) or is_same:
            choice = Choice(line.text, line.place, "toolchain", choice.path_only)
            least = version
    line = lines.get("go")
    if line is not None and is_newer(line.text, least):
        choice = Choice(first_toolchain(line.text), line.place, "go", choice.path_only)
    return choice


def located(choice: Choice, settings: Settings) -> Found:
    """Give where a toolchain is: on PATH, in the module cache, or else on the network.

    May raise `Refusal`, and `Unknown`.
    """
    on_path = looked_up(settings.view, choice.name)
    if on_path:
        return Found("path", on_path)
    if choice.path_only:
        raise Refusal(f'cannot find "{choice.name}" in PATH', "", choice.place)
    system, architecture = settings.binary.built("GOOS"), settings.binary.built("GOARCH")
    module = f"golang.org/toolchain@v0.0.1-{choice.name}.{system}-{architecture}"
    cache, proxies = mod_cache(settings), settings.known("GOPROXY")
    if not cache.startswith("/"):
        key = "GOMODCACHE" if settings.text("GOMODCACHE") else "GOPATH"
        raise Refusal(_no_cache(cache), key)
    is_there = _is_complete(module, cache, settings.view)
    from_files = proxies.startswith("file://") and not set(proxies) & set(",|")
    database = settings.known("GOSUMDB")
    if is_there and (
        (from_files and database == "off") or _was_checked(module, cache, database, settings.view)
    ):
        root = posixpath.join(cache, module)
        refuse_module_in_gopath(settings)
        _require_unpacked(root, settings.view)
        return Found("module_cache", posixpath.join(root, "bin/go"), root)
    if not from_files and "off" in (database, *([] if is_there else [proxies])):
        what = f"download {choice.name}: GOPROXY or GOSUMDB is off"
        raise Refusal(what, "", choice.place)
    return Found("network")


def _no_cache(cache: str) -> str:
    if not cache:
        return "module cache not found: neither GOMODCACHE nor GOPATH is set"
    return f'GOMODCACHE entry is relative; must be absolute path: "{cache}"'


def _is_complete(module: str, cache: str, view: View) -> bool:
    path, _, version = module.partition("@")
    kept = posixpath.join(cache, "cache/download", path, "@v", version)
    return (
        view.kind(posixpath.join(cache, module)) == "directory"
        and view.kind(f"{kept}.partial") == "missing"
        and view.kind(f"{kept}.ziphash") != "missing"
    )


def _require_unpacked(root: str, view: View) -> None:
    """Make sure that nothing is left to do for Go, which names some files back at the first run.

    Modules cannot hold a go.mod further down, so the toolchain's own come as `_go.mod`.
    """
    sizes = [_size(posixpath.join(root, "src", name), view) for name in ("go.mod", "_go.mod")]
    if sizes[0] == sizes[1]:
        return
    if sizes[1] is None:
        raise Refusal(f"stat {root}/src/_go.mod: no such file or directory")
    raise Unknown(Hole("opaque", f"Go has still to put the files of {root} in order"))


def _size(path: str, view: View) -> int | None:
    if view.kind(path) != "file":
        return None
    size = view.file(path).get("size")  # type: ignore[union-attr]
    if not isinstance(size, int):
        raise Unknown(Hole("not_collected", f"`{path}`: how long it is"))
    return size


def _was_checked(module: str, cache: str, database: str, view: View) -> bool:
    """Say whether the answer of the checksum database about a toolchain is kept.

    Go looks at it each time that it runs one out of the module cache.
    """
    name = database.split("+", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    kept = posixpath.join(cache, "cache/download/sumdb", name, "lookup", module)
    return bool(name) and name != "off" and view.kind(kept) == "file"
