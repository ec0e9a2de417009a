"""The folders of the go command: GOPATH, GOBIN, its caches, its telemetry."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent
from engine.precedence.go.binary import has_built_in_root, own_root
from engine.precedence.go.computing import computed, set_by_somebody
from engine.precedence.go.modules import has_modules
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import Setting, cleaned, known
from engine.precedence.values import Hole, Mixed, hole_about, unknown_as, why_not
from engine.precedence.view import Unknown, literal_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.settings import Settings

_FIRST_WITH_COMPUTED_GOBIN = (1, 27)
_FIRST_WITH_MODULE_IN_GOPATH = (1, 22)


def gopath(settings: Settings) -> Setting:
    """Give GOPATH; one below a relative HOME does not count."""
    found = written_gopath(settings)
    is_dropped = found.origin == "default" and not known(found.value).startswith("/")
    return computed("") if is_dropped else found


def written_gopath(settings: Settings) -> Setting:
    """Give GOPATH as it is set, or worked out of HOME."""
    given = set_by_somebody(settings, "GOPATH")
    if given is not None:
        return given
    home = settings.view.given("HOME")
    if home is None:
        return computed("")
    folder = cleaned(posixpath.join(known(home), "go"))
    return computed("" if folder == runtime_root(settings) else folder)


def refuse_module_in_gopath(settings: Settings) -> None:
    """Refuse a go.mod in GOPATH itself, as versions before 1.22 do; later ones only warn."""
    if settings.binary.release >= _FIRST_WITH_MODULE_IN_GOPATH:
        return
    first = known(gopath(settings).value).split(":")[0]
    if first and settings.view.kind(posixpath.join(first, "go.mod")) != "missing":
        raise Refusal(f"$GOPATH/go.mod exists but should not: {first}", "GOPATH")


def runtime_root(settings: Settings) -> str:
    """Give GOROOT as Go's own library knows it: the variable, else what was built in.

    Where the command was found does not count.
    """
    given = settings.view.given("GOROOT")
    if given is not None:
        return cleaned(known(given))
    return own_root(settings.view, settings.binary) if has_built_in_root(settings.binary) else ""


def mod_cache(settings: Settings) -> str:
    """Give the folder of modules."""
    return known(module_cache(settings).value)


def module_cache(settings: Settings) -> Setting:
    """Give GOMODCACHE: what is set, else a folder in the first entry of GOPATH."""
    given = set_by_somebody(settings, "GOMODCACHE")
    if given is not None:
        return given
    found = written_gopath(settings)
    if isinstance(found.value, Mixed):
        return Setting(unknown_as(why_not(found.value)), found.origin, found.place)
    first = found.value.split(":")[0]
    return computed(cleaned(posixpath.join(first, "pkg/mod")) if first else "", found)


def gobin(settings: Settings) -> Setting:
    """Give GOBIN; since 1.27 Go works out where it installs if nobody says so."""
    given = set_by_somebody(settings, "GOBIN")
    if given is not None or settings.binary.release < _FIRST_WITH_COMPUTED_GOBIN:
        return given or computed("")
    paths = gopath(settings)
    folders = known(paths.value).split(":") if paths.value else []
    if not folders:
        return computed("")
    if has_modules(settings):
        return computed(cleaned(posixpath.join(folders[0], "bin")) if folders[0] else "", paths)
    here = settings.view.here()
    if isinstance(here, Hole):
        raise Unknown(here)
    chosen = next((each for each in folders if here.startswith(each)), folders[0])
    return computed(cleaned(posixpath.join(chosen, "bin")), paths)


def gocache(settings: Settings) -> Setting:
    """Give the folder of the build cache, `off` where there is none."""
    given = set_by_somebody(settings, "GOCACHE")
    if given is not None:
        value = known(given.value)
        is_usable = value == "off" or value.startswith("/")
        return given if is_usable else Setting("off", given.origin, given.place, given.shadowed)
    return computed(settings.below_cache("go-build") or "off")


def toolchain_root(settings: Settings) -> Setting:
    """Give the folder of the tools in GOROOT."""
    root = settings.root()
    system, architecture = settings.binary.built("GOOS"), settings.binary.built("GOARCH")
    folder = f"pkg/tool/{system}_{architecture}"
    if isinstance(root.value, Mixed):
        return Setting(unknown_as(why_not(root.value)), root.origin, root.place)
    return computed(cleaned(posixpath.join(root.value, folder)), root)


def telemetry_dir(settings: Settings) -> Setting:
    """Give the folder in which Go counts its own runs."""
    given = settings.view.given("TEST_TELEMETRY_DIR")
    return computed(settings.below_config("go/telemetry") if given is None else given)


def telemetry(settings: Settings) -> Setting:
    """Give whether Go counts its own runs, and reports them."""
    folder = known(telemetry_dir(settings).value)
    if not folder:
        return computed("off")
    path = posixpath.join(folder, "mode")
    entry = settings.view.file(path)
    if isinstance(entry, Absent):
        raise Unknown(hole_about(path, entry))
    if entry["kind"] in {"missing", "directory"} or entry.get("readable") is False:
        return computed("local")
    script = settings.view.script(path, "go-telemetry")
    if isinstance(script, Absent):
        raise Unknown(hole_about(path, script))
    return computed(literal_text(script[0][3][0]))
