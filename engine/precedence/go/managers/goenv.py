"""goenv: a shim runs `goenv exec`, which sets GOROOT and GOPATH whatever they were.

Learnt from go-nv/goenv 2.2 and its forerunner syndbg/goenv, whose shims are the same text.
https://github.com/go-nv/goenv/blob/master/ENVIRONMENT_VARIABLES.md
"""

from __future__ import annotations

import posixpath

from engine.precedence.go.managers._asking import (
    Unsure,
    choice_of,
    folder_setting,
    folders,
    home_folder,
    is_file,
    is_there,
    kind,
    names,
    or_hole,
    setting,
    sure,
    which,
    with_path,
    without,
)
from engine.precedence.go.managers._base import Behind, Change, Choice, Home, Manager
from engine.precedence.go.managers._goenv_versions import Asked, in_force
from engine.precedence.go.managers._program import installed_below, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "goenv"
_HOOKS = ("/usr/local/etc/goenv.d", "/etc/goenv.d", "/usr/lib/goenv/hooks")


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    program = program_at(view, path)
    called = program.says(_NAME)
    if called is None:
        return _by_place(view, program.path)
    # The shim sets GOENV_ROOT itself, and runs the goenv that wrote it.
    root, goenv = called
    run = or_hole(_run)(view, root.rstrip("/"), goenv, posixpath.basename(path))
    return Behind(_NAME, run) if isinstance(run, Hole) else run


def _run(view: View, root: str, goenv: str, name: str) -> Behind:
    asked = _asked(view, root, goenv)
    found = in_force(view, asked)
    path = _path(view, asked)
    if found.version == "system":
        following = which(view, name, without(path, f"{root}/shims"))
        if following is None:
            raise Unsure("missing", f"no `{name}` stands on PATH beside goenv's shim")
        return Behind(_NAME, following, (), "system", found.source)
    folder = f"{root}/versions/{found.version}"
    binary = which(view, name, f"{folder}/bin")
    if binary is None:
        raise Unsure("opaque", f"`{folder}/bin` has no `{name}`, and goenv looks elsewhere")
    changes = [*_goroot(view, folder), *_gopath(view, found.version)]
    goroot = changes[0].value if changes[:1] == [Change("GOROOT", folder)] else None
    kept = goroot or setting(view, "GOROOT")
    changes.append(Change("PATH", f"{folder}/bin:{kept}/bin:{path}"))
    return Behind(_NAME, binary, tuple(changes), found.version, found.source)


def _asked(view: View, root: str, goenv: str) -> Asked:
    """Give which goenv a shim runs, if nobody has put anything into it."""
    libexec = posixpath.dirname(program_at(view, goenv).path)
    for part in ("goenv-exec", "goenv-version-name"):
        if not is_file(view, f"{libexec}/{part}"):
            raise Unsure("opaque", f"`{goenv}` is not known to be goenv")
    if setting(view, "GOENV_HOOK_PATH"):
        raise Unsure("opaque", "GOENV_HOOK_PATH may have hooks that change what runs")
    prefix = posixpath.dirname(libexec)
    plugins = [
        f"{folder}/{name}"
        for folder in (f"{prefix}/plugins", f"{root}/plugins")
        for name in names(view, folder)
        if not name.startswith(".")
    ]
    hooks = (f"{root}/goenv.d", f"{prefix}/goenv.d", *_HOOKS)
    for hook in (*hooks, *(f"{plugin}/etc/goenv.d" for plugin in plugins)):
        if is_there(view, hook):
            raise Unsure("opaque", f"`{hook}` may have hooks that change what runs")
    bins = [f"{plugin}/bin" for plugin in plugins]
    return Asked(
        root,
        libexec,
        tuple(folder for folder in bins if kind(view, folder) == "directory"),
        is_go_nv=is_file(view, f"{libexec}/goenv-installed"),
    )


def _path(view: View, asked: Asked) -> str:
    """Give PATH as goenv's own commands have it, which they leave to the program."""
    return sure(with_path(view, asked.libexec, *reversed(asked.plugin_bins)))


def _goroot(view: View, folder: str) -> tuple[Change, ...]:
    if setting(view, "GOENV_DISABLE_GOROOT") == "1":
        return ()
    return (Change("GOROOT", folder),)


def _gopath(view: View, version: str) -> tuple[Change, ...]:
    if setting(view, "GOENV_DISABLE_GOPATH") == "1":
        return ()
    prefix = setting(view, "GOENV_GOPATH_PREFIX") or f"{home_folder(view)}/go"
    own, before = f"{prefix}/{version}", setting(view, "GOPATH")
    if before and setting(view, "GOENV_APPEND_GOPATH") == "1":
        own = f"{own}:{before}"
    elif before and setting(view, "GOENV_PREPEND_GOPATH") == "1":
        own = f"{before}:{own}"
    return (Change("GOPATH", own),)


def _root(view: View) -> str:
    return folder_setting(view, "GOENV_ROOT") or f"{home_folder(view)}/.goenv"


def _by_place(view: View, path: str) -> Behind | None:
    return installed_below(view, _NAME, path, folder=_root, usual=r"\.?goenv", place="versions")


@or_hole
def _home(view: View) -> Home | None:
    root = _root(view)
    if kind(view, root) != "directory":
        return None
    found = folders(view, f"{root}/versions")
    return Home(root, {name: f"{root}/versions/{name}" for name in found})


@or_hole
def _choice(view: View) -> Choice | None:
    shim = f"{_root(view)}/shims/go"
    return choice_of(sure(_behind(view, shim))) if is_file(view, shim) else None


GOENV = Manager(_NAME, _behind, _home, _choice)
