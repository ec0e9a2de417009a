"""What the go command checks before it answers anything, and refuses."""

from __future__ import annotations

import posixpath
import re

from engine.model.facts import Absent
from engine.precedence.go.cgo import own_compilers, require_patterns
from engine.precedence.go.computing import goarch, goos, looked_up, split_or_refuse
from engine.precedence.go.flags import flags_of
from engine.precedence.go.folders import (
    gocache,
    refuse_module_in_gopath,
    runtime_root,
    written_gopath,
)
from engine.precedence.go.modules import go_work, has_modules
from engine.precedence.go.platforms import ARCHITECTURE_KEYS, is_pair
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import FIRST_WITH_GO_ENV, cleaned, known
from engine.precedence.go.words import split
from engine.precedence.values import Hole, hole_about
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.settings import Setting, Settings
    from engine.precedence.state import Place

_FIRST_WITH_FIPS = (1, 24)
_EXPERIMENTS = re.compile(
    "|none|(no)?(boringcrypto|fieldtrack|heapminimum512kib|preemptibleloops|regabi|regabiargs|"
    "regabiwrappers|staticlockranking)"
)
"""Those that every version from 1.19 to 1.27 knows."""
_FIRST_WITH_CACHE_PROGRAM = (1, 24)
_FIRST_WITH_FIPS_CANDIDATES = (1, 26)
_FIPS = r"off|latest|inprocess|certified|v[0-9]+\.[0-9]+\.[0-9]+(-.{8})?"
_FIPS_CANDIDATES = r"off|latest|inprocess|certified|v1\.[0-9]+\.[0-9]+(-.{8}|-rc[0-9]+)?"
_MEMORY = re.compile(r"off|[0-9]+([KMGT]i)?B?")
_MODES = frozenset(("", "on", "off", "auto"))


def refusal(settings: Settings) -> Refusal | Hole | None:
    """Give why the command refuses to work, None if it works, or why that is not known."""
    doubt: Hole | None = None
    for check in _CHECKS:
        try:
            check(settings)
        except Refusal as found:
            return found
        except Unknown as error:
            doubt = doubt or error.hole
    return doubt


def _root(settings: Settings) -> None:
    setting = settings.get("GOROOT")
    root = known(setting.value) if setting is not None else ""
    if not root:
        message = "cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set"
        raise Refusal(message)
    if settings.view.kind(root) != "directory":
        raise Refusal(f"cannot find GOROOT directory: {root}", "GOROOT", _place(setting))


def _paths(settings: Settings) -> None:
    setting = written_gopath(settings)
    value = known(setting.value)
    is_old = settings.binary.release <= FIRST_WITH_GO_ENV
    root = runtime_root(settings) if is_old else settings.known("GOROOT")
    if value and root and cleaned(value) == cleaned(root):
        return
    for entry in value.split(":"):
        if entry.startswith("~"):
            message = f"GOPATH entry cannot start with shell metacharacter '~': \"{entry}\""
            raise Refusal(message, "GOPATH", setting.place)
        if entry and not entry.startswith("/") and setting.origin != "default":
            message = f'GOPATH entry is relative; must be absolute path: "{entry}"'
            raise Refusal(message, "GOPATH", setting.place)


def _flags(settings: Settings) -> None:
    """Refuse what GOFLAGS does to `go env` itself."""
    flags = flags_of(settings)
    place = _place(settings.get("GOFLAGS"))
    if flags.error:
        raise Refusal(flags.error, "GOFLAGS", place)
    for name in ("u", "w"):
        if flags.is_set(name):
            raise Refusal(f"cannot use -json with -{name}", "GOFLAGS", place)


def _build_settings(settings: Settings) -> None:
    """Refuse what only the variable, and no file, is checked for."""
    for about in dict.fromkeys(ARCHITECTURE_KEYS.values()):
        value, pattern = settings.view.given(about.key), about.pattern(settings.binary.release)
        if value is not None and pattern is not None and not re.fullmatch(pattern, known(value)):
            raise Refusal(f"invalid {about.key}", about.key)


def _experiments(settings: Settings) -> None:
    for name in settings.known("GOEXPERIMENT").split(","):
        if not _EXPERIMENTS.fullmatch(name):
            detail = f"whether this version of Go knows the experiment `{name}`"
            raise Unknown(Hole("unsupported", detail, _place(settings.get("GOEXPERIMENT"))))


def _fips(settings: Settings) -> None:
    if settings.binary.release < _FIRST_WITH_FIPS:
        return
    setting = settings.get("GOFIPS140")
    value = settings.known("GOFIPS140")
    pattern = _FIPS if settings.binary.release < _FIRST_WITH_FIPS_CANDIDATES else _FIPS_CANDIDATES
    # Only the variable is held to the pattern, not the files.
    if settings.view.given("GOFIPS140") == value and not re.fullmatch(pattern, value):
        raise Refusal("invalid GOFIPS140", "GOFIPS140")
    if set("/\\") & set(value) or ".." in value:
        raise Refusal(f"invalid GOFIPS140 version {value}", "GOFIPS140", _place(setting))
    if value not in {"", "off", "latest"}:
        detail = f"whether GOFIPS140={value} can be unpacked"
        raise Unknown(Hole("unsupported", detail, _place(setting)))


def _module_mode(settings: Settings) -> None:
    mode = settings.known("GO111MODULE")
    if mode not in _MODES:
        message = f"unknown environment setting GO111MODULE={mode}"
        raise Refusal(message, "GO111MODULE", _place(settings.get("GO111MODULE")))
    if has_modules(settings):
        refuse_module_in_gopath(settings)
    go_work(settings)


def _compilers(settings: Settings) -> None:
    for key in ("CC", "CXX", "FC"):
        setting = settings.get(key)
        value = known(setting.value) if setting is not None else ""
        is_checked = settings.binary.release >= FIRST_WITH_GO_ENV
        if not value or (key != "CC" and not is_checked):
            continue
        words = split_or_refuse(value, key)
        if not words and key == "CC":
            require_patterns(settings)
            raise Refusal("CC holds no command", key, _place(setting))
        if words and is_checked and words[0][0:1] != "/" and "/" in words[0]:
            message = f"{key} environment variable is relative; must be absolute path: {words[0]}"
            raise Refusal(message, key, _place(setting))


def _lists(settings: Settings) -> None:
    require_patterns(settings)
    for name in ("CFLAGS", "CPPFLAGS", "CXXFLAGS", "FFLAGS", "LDFLAGS"):
        split_or_refuse(settings.known(f"CGO_{name}"), f"CGO_{name}")
    command = settings.known("PKG_CONFIG")
    if command and not split_or_refuse(command, "PKG_CONFIG"):
        message = "PKG_CONFIG holds no command"
        raise Refusal(message, "PKG_CONFIG", _place(settings.get("PKG_CONFIG")))


def _temporary(settings: Settings) -> None:
    if settings.binary.release >= FIRST_WITH_GO_ENV and flags_of(settings).is_set("n"):
        return
    setting = settings.get("GOTMPDIR")
    given = settings.known("GOTMPDIR") or settings.view.given("TMPDIR") or "/tmp"  # noqa: S108 - Go's own default
    folder = known(given)
    entry = settings.view.file(folder)
    if isinstance(entry, Absent):
        raise Unknown(hole_about(folder, entry))
    if entry["kind"] != "directory" or entry.get("writable") is False:
        message = f"creating work dir: nothing can be made in {folder}"
        raise Refusal(message, "GOTMPDIR", _place(setting))


def _cache(settings: Settings) -> None:
    """Refuse a build cache that cannot be used, where there is a compiler of C to ask about."""
    if settings.binary.release < FIRST_WITH_GO_ENV or flags_of(settings).is_set("n"):
        return
    require_patterns(settings)
    words = split(settings.known("CC")) or [own_compilers(settings)[0]]
    if "/" in words[0]:
        runs = settings.view.runs(words[0])
        if isinstance(runs, Hole):
            raise Unknown(runs)
        is_there = runs
    else:
        is_there = bool(looked_up(settings.view, words[0]))
    if not is_there:
        return
    setting = gocache(settings)
    folder = known(setting.value)
    if folder == "off":
        message = "build cache is disabled by GOCACHE=off, but required as of Go 1.12"
        raise Refusal(message, "GOCACHE", setting.place)
    _require_room(folder, settings, setting)
    program = settings.known("GOCACHEPROG")
    if program and settings.binary.release >= _FIRST_WITH_CACHE_PROGRAM:
        detail = f"what `{program}` answers"
        raise Unknown(Hole("opaque", detail, _place(settings.get("GOCACHEPROG"))))


def _require_room(folder: str, settings: Settings, setting: Setting) -> None:
    """Refuse a folder that neither is there nor can be made."""
    view, here = settings.view, settings.view.absolute(folder)
    while view.kind(here) == "missing" and here != "/":
        here = posixpath.dirname(here)
    entry = view.file(here)
    if isinstance(entry, Absent):
        raise Unknown(hole_about(here, entry))
    if entry["kind"] != "directory" or entry.get("writable") is False:
        raise Refusal(f"failed to initialize build cache at {folder}", "GOCACHE", setting.place)


def _runtime(settings: Settings) -> None:
    """Refuse what the runtime of Go itself does not take."""
    limit = settings.view.given("GOMEMLIMIT")
    if limit is not None and not _MEMORY.fullmatch(known(limit)):
        raise Refusal(f"malformed GOMEMLIMIT: {limit}", "GOMEMLIMIT")
    debug = settings.view.given("GODEBUG")
    if debug is None or settings.binary.release < _FIRST_WITH_FIPS:
        return
    for each in known(debug).split(","):
        name, _, value = each.partition("=")
        if name == "fips140" and value not in {"off", "on", "only", "debug"}:
            raise Refusal(f"unknown GODEBUG setting fips140={value}", "GODEBUG")


def _platform(settings: Settings) -> None:
    system, architecture = goos(settings), goarch(settings)
    pair = f"{known(system.value)}/{known(architecture.value)}"
    is_known = is_pair(pair)
    if is_known is None:
        raise Unknown(Hole("unsupported", f"whether this version of Go builds for {pair}"))
    if not is_known:
        message = f"unsupported GOOS/GOARCH pair {pair}"
        raise Refusal(message, "GOOS", system.place or architecture.place)


def _place(setting: Setting | None) -> Place | None:
    return setting.place if setting is not None else None


_CHECKS = (
    _runtime, _root, _paths, _flags, _build_settings, _experiments, _fips, _module_mode, _compilers,
    _lists, _temporary, _platform, _cache,
)  # fmt: skip
"""In the command's own order; each may raise `Refusal`, or `Unknown`."""
