"""Which toolchain runs in the end: the local one, or one that it switches to.

https://go.dev/doc/toolchain#select, and `cmd/go/internal/toolchain/select.go`.
"""

from __future__ import annotations

import posixpath

from engine.model.record import record
from engine.precedence.go.computing import looked_up
from engine.precedence.go.folders import mod_cache
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
    """Where a toolchain is; `root` is its GOROOT, empty for one that is found on PATH."""

    path: str
    root: str


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
    """Give where a toolchain is: on PATH, else in the module cache; else it has to be downloaded.

    May raise `Refusal`, and `Unknown` where only the network can tell.
    """
    view = settings.view
    on_path = looked_up(view, choice.name)
    if on_path:
        return Found(on_path, "")
    if choice.path_only:
        raise Refusal(f'cannot find "{choice.name}" in PATH', "", choice.place)
    return _cached(choice, settings)


def _cached(choice: Choice, settings: Settings) -> Found:
    """Give a toolchain that was downloaded before.

    Go asks the checksum database about it each time, so that it is only certain to run where the
    modules come from files.
    """
    cache, proxies = mod_cache(settings), settings.known("GOPROXY")
    if not cache.startswith("/"):
        raise Refusal("the module cache is no absolute path", "GOMODCACHE")
    system, architecture = settings.binary.built("GOOS"), settings.binary.built("GOARCH")
    version = f"v0.0.1-{choice.name}.{system}-{architecture}"
    root = posixpath.join(cache, f"golang.org/toolchain@{version}")
    kept = posixpath.join(cache, "cache/download/golang.org/toolchain/@v", version)
    is_complete = (
        settings.view.kind(root) == "directory"
        and settings.view.kind(f"{kept}.partial") == "missing"
        and settings.view.kind(f"{kept}.ziphash") != "missing"
    )
    from_files = proxies.startswith("file://") and not set(proxies) & set(",|")
    if is_complete and from_files and settings.known("GOSUMDB") == "off":
        return Found(posixpath.join(root, "bin/go"), root)
    if not from_files and "off" in (settings.known("GOSUMDB"), *([] if is_complete else [proxies])):
        what = f"download {choice.name}: GOPROXY or GOSUMDB is off"
        raise Refusal(what, "", choice.place)
    where = "its checksum" if is_complete else "it"
    detail = f"{choice.name} is not on PATH, and Go asks the network for {where}"
    raise Unknown(Hole("missing", detail, choice.place))
