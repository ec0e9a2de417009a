"""What VS Code and its Go extension put in place of `${...}` in settings, launches and tasks.

Sources: `configurationResolverExpression.ts` and `variableResolver.ts` in `src/vs/workbench/
services/configurationResolver/common/` of microsoft/vscode; `substituteEnv` and `resolvePath` in
`extension/src/util.ts` of golang/vscode-go.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Part, Reference
from engine.gather.dotenv._values import plain
from engine.gather.vscode.scopes import scope_of
from engine.gather.vscode.tree import Setting
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.vscode.tree import Spot
    from engine.model.json_value import Json

Parts: TypeAlias = "tuple[Part, ...]"

WINDOW = "window"
"""The scope of `${env:X}`: the variables of the window, which its extensions have as well."""

_ASKED = ("command", "defaultBuildTask", "input")
_UNKNOWN = {
    **dict.fromkeys(
        ("columnNumber", "file", "fileBasename", "fileBasenameNoExtension", "fileDirname",
         "fileDirnameBasename", "fileExtname", "fileWorkspaceFolder",
         "fileWorkspaceFolderBasename", "lineNumber", "relativeFile", "relativeFileDirname",
         "selectedText"),
        Absent("opaque", "it depends on what is open in the editor"),
    ),
    **dict.fromkeys(
        ("execInstallFolder", "execPath", "extensionInstallFolder"),
        Absent("not_collected", "it depends on where VS Code is installed"),
    ),
    **dict.fromkeys(_ASKED, Absent("opaque", "VS Code asks a command or the user for it")),
}  # fmt: skip
_FOLDERS = {
    "cwd": True, "workspaceFolder": True, "workspaceRoot": True,
    "workspaceFolderBasename": False, "workspaceRootFolderName": False,
}  # fmt: skip
"""Variables of the folder: whether they are its path, or its name."""

_ENV = re.compile(r"\$\{env:([^}]+)\}")
_FOLDER = re.compile(r"\$\{workspace(?:Folder|Root)\}")
_FOLDER_NAME = re.compile(r"\$\{workspaceFolderBasename\}")


class _Refusal(Exception):  # noqa: N818 - it says what VS Code does, and is no fault of ours
    """VS Code cannot replace a variable, and so replaces none in this text."""


@record
class Scene:
    """What variables are replaced with: the folder that is open, the user's home, the settings."""

    folder: str
    home: str | Absent
    settings: Spot


def in_terminal(text: str, scene: Scene) -> Parts:
    """Give what a text of a terminal's settings becomes.

    One that holds a variable without a value stays as it is. `${userHome}` is such a one: where an
    environment is given to look variables up in, VS Code knows no home.
    """
    try:
        return _replaced(text, scene, is_launch=False)
    except _Refusal:
        return plain((text,))


def in_launch(text: str, scene: Scene) -> Parts:
    """Give what a text of a launch configuration or of a task becomes; VS Code may ask for more."""
    try:
        return _replaced(text, scene, is_launch=True)
    except _Refusal:
        return (Absent("unsupported", "VS Code has no value for a variable in it, and refuses"),)


def in_go(text: str, scene: Scene, *, with_env: bool = True) -> Parts:
    """Give what a text of the Go extension's settings becomes: a few variables, and a leading `~`.

    A variable that is not set comes to nothing. `with_env` says whether `${env:X}` is one.
    """
    if not text.strip():
        return plain((text,))
    parts: list[Part] = []
    end = 0
    for match in _ENV.finditer(text) if with_env else ():
        parts += [text[end : match.start()], Reference(match[1].strip(), WINDOW)]
        end = match.end()
    parts.append(text[end:])
    return _at_home(plain(tuple(_with_folder(part, scene) for part in parts)), scene.home)


def text_of(parts: Parts) -> str | Absent:
    """Give a value as a text, or why it is none: what it depends on."""
    for part in parts:
        if isinstance(part, Absent):
            return part
        if isinstance(part, Reference):
            return Absent("not_collected", f"it depends on `{part.variable}`")
    return "".join(map(str, parts))


def as_javascript(value: Json) -> str | Absent:
    """Give the text that JavaScript makes of a value that is none."""
    if isinstance(value, Absent):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and 1e-4 <= abs(value) < 1e15:  # noqa: PLR2004 - plain digits
        return repr(value)
    if isinstance(value, str):
        return value
    return Absent("wrong_type", "it is no text, and what becomes of it is not followed")


def _replaced(text: str, scene: Scene, *, is_launch: bool) -> Parts:
    parts: list[Part] = []
    at = 0
    while (start := text.find("${", at)) >= 0:
        end = _closing(text, start + 2)
        if end is None:
            parts.append(text[at : start + 2])
            at = start + 2
            continue
        parts.append(text[at:start])
        parts += _value(text[start : end + 1], scene, is_launch=is_launch)
        at = end + 1
    return plain((*parts, text[at:]))


def _closing(text: str, at: int) -> int | None:
    """Give where the bracket is closed that was opened before; brackets within it count."""
    depth = 1
    for index in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return None


def _value(literal: str, scene: Scene, *, is_launch: bool) -> Parts:
    name, _, argument = literal[2:-1].partition(":")
    if "${" in argument or "${" in name:
        return (Absent("unsupported", "a variable stands within another one"),)
    if name in _UNKNOWN and (is_launch or name not in _ASKED):
        return (_UNKNOWN[name],)
    if name in {"env", "config"}:
        if not argument:
            raise _Refusal
        return (Reference(argument, WINDOW),) if name == "env" else _setting(argument, scene)
    own = posixpath.basename(scene.folder)
    if name in _FOLDERS:
        if argument not in {"", own}:
            raise _Refusal
        return _put(scene.folder if _FOLDERS[name] else own)
    if name == "userHome":
        if not is_launch:
            raise _Refusal
        return _put(scene.home)
    return ("/",) if name in {"pathSeparator", "/"} else (literal,)


def _setting(key: str, scene: Scene) -> Parts:
    spot = scene.settings.at(*key.split("."))
    leaf = spot.leaf
    if isinstance(leaf, Absent):
        return (leaf,)
    if not isinstance(leaf, Setting) or leaf.value is None or scope_of(key) is None:
        return (Absent("not_collected", "it depends on a setting that is not looked up"),)
    return _put(as_javascript(leaf.value))


def _put(value: str | Absent) -> Parts:
    """Give a value to put in place; JavaScript would take a dollar in it for something else."""
    if isinstance(value, str) and "$" in value:
        return (Absent("unsupported", "a dollar stands in what is put in place of a variable"),)
    return (value,)


def _with_folder(part: Part, scene: Scene) -> Part:
    if not isinstance(part, str) or not (_FOLDER.search(part) or _FOLDER_NAME.search(part)):
        return part
    if "$" in scene.folder or "\\" in scene.folder:
        return Absent("unsupported", "a dollar stands in what is put in place of a variable")
    part = _FOLDER.sub(scene.folder, part)
    return _FOLDER_NAME.sub(posixpath.basename(scene.folder), part)


def _at_home(parts: Parts, home: str | Absent) -> Parts:
    """Put the home in place of a leading `~`, and shorten the whole as a path, as it does."""
    if not parts or not isinstance(parts[0], str) or not parts[0].startswith("~"):
        return parts
    if isinstance(home, Absent):
        return (home,)
    if len(parts) > 1:
        return (Absent("unsupported", "it begins with `~` and depends on variables"),)
    return (_joined(home, parts[0][1:]),)


def _joined(folder: str, rest: str) -> str:
    """Join two pieces of a path as node's `path.join` does: one slash for many, no `.` and `..`."""
    whole = f"{folder}/{rest}" if rest else folder
    path = posixpath.normpath(whole)
    path = path.removeprefix("/") if path.startswith("//") else path
    return path + "/" if whole.endswith("/") and path != "/" else path
