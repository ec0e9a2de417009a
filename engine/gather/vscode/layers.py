"""All settings that count for a folder in one editor, laid over each other as VS Code lays them.

Whether a workspace is trusted is not known, and need not be: in one that is not, the Go extension
does not run, and neither terminals nor tasks nor the debugger start, unless the user allows
terminals there; then what a workspace may set only with trust is ambiguous. What stands in a
*.code-workspace file is ambiguous too, since the folder may be opened by itself or by that file.
Policies of an administrator have no say in these settings. What settings sync would bring is in
the user's file already; what an extension sets as a default is not known, and none is known to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.vscode.scopes import FILES, RESTRICTED, scope_of
from engine.gather.vscode.sources import Source, folders_of
from engine.gather.vscode.tree import Branch, Setting, Spot, Tree, tree_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.vscode.tree import Keep

_TERMINAL = ("terminal", "integrated")
_ALL_PROFILES = ("workbench", "settings", "applyToAllProfiles")
_UNTRUSTED = Absent(
    "ambiguous", "it counts only in a trusted workspace, and terminals start in others as well"
)
_ONE_WAY = Absent(
    "ambiguous", "it counts where the folder is opened, and not where its workspace file is"
)
_SYSTEMS = {"linux": "linux", "darwin": "osx", "windows": "windows"}


@record
class Layers:
    """The files of settings, by who sets them; what is not known of one is a hole."""

    user: Source | Absent
    application: Source | None = None
    machine: Source | None = None
    folder: Source | Absent | None = None
    workspaces: tuple[Source | Absent, ...] = ()


def system_of(platform: str) -> str | None:
    """Give what VS Code calls a platform: `linux`, `osx`, `windows`."""
    return _SYSTEMS.get(platform.partition("/")[0])


def settings_of(layers: Layers, folder: str, system: str) -> Spot:
    """Give the settings that count."""
    user, application = _user_layers(layers)
    below = [_layer(layers.machine, "machine"), user, application, _defaults(system)]
    is_anywhere = Spot(*below).at(*_TERMINAL, "allowInUntrustedWorkspace").leaf
    is_untrusted = isinstance(is_anywhere, Setting) and is_anywhere.value is True
    ours = [
        each
        for each in layers.workspaces
        if isinstance(each, Absent) or each.hole or folder in folders_of(each)
    ]
    above = [_ambiguous(each) for each in ours]
    of_folder = _layer(layers.folder, "workspace", _keep_in_folder(is_untrusted, bool(ours)))
    return Spot(*above, of_folder, *below)


def _user_layers(layers: Layers) -> tuple[Branch, Branch]:
    if layers.application is None:
        return _layer(layers.user, "user"), None
    listed = Spot(_layer(layers.application, "user")).at(*_ALL_PROFILES).leaf
    value = listed.value if isinstance(listed, Setting) else None
    everywhere = frozenset(map(str, value)) if isinstance(value, list) else frozenset()

    def in_profile(key: str, _: bool) -> bool | None:
        return False if key in everywhere else _counts(key, "profile")

    def in_application(key: str, _: bool) -> bool:
        return key in everywhere or bool(_counts(key, "application"))

    return (
        _layer(layers.user, "user", in_profile),
        _layer(layers.application, "user", in_application),
    )


def _layer(source: Source | Absent | None, kind: str, keep: Keep | None = None) -> Branch:
    if source is None or isinstance(source, Absent):
        return source
    if source.hole is not None:
        return source.hole
    root = source.root if source.kind == "settings" else source.table("settings")
    if root is None:
        return None
    return tree_of(root, kind, source.path, keep or (lambda key, _: _counts(key, kind)))


def _counts(key: str, kind: str) -> bool | None:
    scope = scope_of(key)
    return None if scope is None else scope in FILES[kind]


def _keep_in_folder(is_untrusted: bool, is_in_workspace: bool) -> Keep:
    def keep(key: str, _: bool) -> bool | Absent | None:
        counts = _counts(key, "workspace")
        if counts and is_untrusted and key in RESTRICTED:
            return _UNTRUSTED
        if counts and is_in_workspace and not _counts(key, "folder"):
            return _ONE_WAY
        return counts

    return keep


def _ambiguous(workspace: Source | Absent) -> Branch:
    if isinstance(workspace, Absent) or workspace.hole is not None:
        return workspace if isinstance(workspace, Absent) else workspace.hole
    why = Absent("ambiguous", f"{workspace.path} sets it, and counts only if that is opened")
    tree = _layer(workspace, "workspace")
    return _blurred(tree, why) if isinstance(tree, dict) else tree


def _blurred(tree: Tree, why: Absent) -> Tree:
    return {
        name: _blurred(branch, why) if isinstance(branch, dict) else why
        for name, branch in tree.items()
    }


def _defaults(system: str) -> Tree:
    """Give VS Code's own values of what is read here, and those of the Go extension."""

    def leaf(value: object) -> Setting:
        return Setting(value, "default")

    login = {"args": leaf(["-l"])} if system == "osx" else {}
    shells: Tree = {name: {"path": leaf(name), **login} for name in ("bash", "zsh", "fish")}
    shells |= {name: {"path": leaf(name)} for name in ("tmux", "pwsh")}
    profiles: Tree = shells if system != "windows" else {}
    return {
        "application": {"shellEnvironmentResolutionTimeout": leaf(10)},
        "terminal": {
            "integrated": {
                "inheritEnv": leaf(True),
                "shellIntegration": {"enabled": leaf(True)},
                "detectLocale": leaf("auto"),
                "allowInUntrustedWorkspace": leaf(False),
                "profiles": {system: profiles},
            }
        },
        "go": {
            "inferGopath": leaf(False),
            "terminal": {"activateEnvironment": leaf(True)},
            "useLanguageServer": leaf(True),
        },
    }
