"""What the settings of the Go extension and of gopls say.

Sources: `extension/src/goEnv.ts`, `util.ts` and `testUtils.ts` of golang/vscode-go; `Set` and
`setOne` in `gopls/internal/settings/settings.go` of golang/tools.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.host import HostError
from engine.gather.vscode.environment import (
    go_tests,
    go_tools,
    gopls,
    placed,
    variables_of,
)
from engine.gather.vscode.terminal import sourced, truth
from engine.gather.vscode.tree import Setting
from engine.gather.vscode.variables import in_go, text_of
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.gather.vscode.environment import Placed
    from engine.gather.vscode.tree import Spot
    from engine.gather.vscode.variables import Scene
    from engine.model.json_value import Json, JsonObject

_ORIGIN = "VS Code's settings"
_PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY")
_NO_TEXT = Absent("wrong_type", "it is no text")
_PATHS = {"goroot": "goroot", "gopath": "gopath", "tools_gopath": "toolsGopath"}
_OUTSIDE = Absent("not_collected", "nothing outside of the repository is looked at")
_RELATIVE = Absent("opaque", "it is relative to where the extension runs")
_REFUSED = Absent("wrong_type", "gopls takes only texts, and stops at the first that is none")


def go_facts(survey: Survey, scene: Scene) -> JsonObject:
    """Give what the settings of the Go extension say of variables and of where tools are."""
    root = scene.settings.at("go")
    value: JsonObject = {
        "infer_gopath": truth(root.at("inferGopath")),
        "activate_terminal": truth(root.at("terminal", "activateEnvironment")),
        "language_server": truth(root.at("useLanguageServer")),
    }
    for key, name in _PATHS.items():
        value |= _path(survey, scene, key, root.at(name))
    value |= _goroot_is_folder(survey, scene, root.at("goroot"))
    value["goroot_env"] = placed(
        _goroot(survey, scene, root.at("goroot")), survey.redaction, _ORIGIN
    )
    value["gopath_env"] = placed(
        _of_path("GOPATH", scene, root.at("gopath")), survey.redaction, _ORIGIN
    )
    value["alternate_tools"] = _tools(survey, scene, root.at("alternateTools"))
    for key, name, make in (
        ("tools_env", "toolsEnvVars", go_tools),
        ("test_env", "testEnvVars", go_tests),
    ):
        found = variables_of(root.at(name), scene, make)
        value[key] = placed(found, survey.redaction, _ORIGIN)
    value["proxy"] = placed(_proxy(scene.settings.at("http", "proxy")), survey.redaction, _ORIGIN)
    return value


def test_env_file(scene: Scene) -> tuple[str | Absent, Setting | None] | None:
    """Give the file that `go.testEnvFile` names, and the setting that does; None without one."""
    leaf = scene.settings.at("go", "testEnvFile").leaf
    if isinstance(leaf, Absent):
        return leaf, None
    if leaf is None or not leaf.value:
        return None
    if not isinstance(leaf.value, str):
        return _NO_TEXT, leaf
    return text_of(in_go(leaf.value, scene, with_env=False)), leaf


def gopls_env(survey: Survey, scene: Scene) -> list[Json]:
    """Give what gopls sets for the go command: `env` below whatever gopls calls by a dotted name.

    Of two tables gopls takes them in an order that chance decides.
    """
    root = scene.settings.at("gopls")
    leaf = root.leaf
    if isinstance(leaf, Absent):
        return [leaf]
    found: list[Placed] = [(root.hole, None)] if root.hole else []
    tables = [name for name in root.names if name.rpartition(".")[2] == "env"]
    seen: dict[str, int] = {}
    for name in tables:
        inner = variables_of(root.at(name), scene, gopls)
        if any(isinstance(one, Assignment) and _is_refused(one) for one, _ in inner):
            return placed([(_REFUSED, None)], survey.redaction, _ORIGIN)
        for one, file in inner:
            key = one.name if isinstance(one, Assignment) else ""
            if key and key in seen:
                doubt = Absent("ambiguous", "it is set twice, in an order that chance decides")
                found[seen[key]] = (Assignment(key, (doubt,)), None)
                continue
            seen[key] = len(found)
            found.append((one, file))
    return placed(found, survey.redaction, _ORIGIN)


def _is_refused(one: Assignment) -> bool:
    return any(isinstance(part, Absent) and part.cause == "wrong_type" for part in one.parts)


def _path(survey: Survey, scene: Scene, key: str, spot: Spot) -> JsonObject:
    leaf = spot.leaf
    if isinstance(leaf, Absent):
        return {key: leaf}
    if leaf is None or not leaf.value:
        return {}
    return {key: sourced(_text(survey, scene, leaf.value), leaf)}


def _goroot_is_folder(survey: Survey, scene: Scene, spot: Spot) -> JsonObject:
    """Give whether `go.goroot` is a folder: vscode-go, goEnv.ts, setGOROOTEnvVar asks for that."""
    given = _of_path("GOROOT", scene, spot)
    return {"goroot_is_folder": _leads_to_folder(survey, given[0][0])} if given else {}


def _of_path(name: str, scene: Scene, spot: Spot) -> list[Placed]:
    leaf = spot.leaf
    if isinstance(leaf, Absent):
        return [(Assignment(name, (leaf,)), None)]
    if leaf is None or not leaf.value:
        return []
    parts = in_go(leaf.value, scene) if isinstance(leaf.value, str) else (_NO_TEXT,)
    return [(Assignment(name, parts, line=leaf.line), leaf.file)]


def _goroot(survey: Survey, scene: Scene, spot: Spot) -> list[Placed]:
    """Give what `go.goroot` does: the extension passes over one that is no folder."""
    made: list[Placed] = []
    for one, file in _of_path("GOROOT", scene, spot):
        is_folder = _leads_to_folder(survey, one)
        if isinstance(is_folder, Absent):
            why = Absent(is_folder.cause, f"whether its folder is there: {is_folder.detail}")
            made.append((Assignment("GOROOT", (why,)), file))
        elif is_folder:
            made.append((one, file))
    return made


def _leads_to_folder(survey: Survey, one: Assignment | Absent) -> bool | Absent:
    path = text_of(one.parts) if isinstance(one, Assignment) else one
    if isinstance(path, Absent):
        return path
    if survey.subject == "repository":
        return _OUTSIDE
    if not os.path.isabs(path):
        return _RELATIVE
    try:
        return survey.host.status(path).kind == "directory"
    except HostError as error:
        return False if error.cause == "missing" else error.hole()


def _tools(survey: Survey, scene: Scene, spot: Spot) -> Json:
    if not spot.is_table:
        leaf = spot.leaf
        return leaf if isinstance(leaf, Absent) else {}
    found: JsonObject = {"-": spot.hole} if spot.hole else {}
    for name in spot.names:
        leaf = spot.at(name).leaf
        if isinstance(leaf, Setting) and leaf.value:
            found[name] = sourced(_text(survey, scene, leaf.value), leaf)
        elif isinstance(leaf, Absent):
            found[name] = leaf
    return found


def _text(survey: Survey, scene: Scene, value: Json) -> Json:
    if isinstance(value, Absent):
        return value
    if not isinstance(value, str):
        return _NO_TEXT
    text = text_of(in_go(value, scene))
    return text if isinstance(text, Absent) else survey.redaction.text(text)


def _proxy(spot: Spot) -> list[Placed]:
    leaf = spot.leaf
    if isinstance(leaf, Absent):
        return [(Assignment(name, (leaf,)), None) for name in _PROXIES]
    if leaf is None or not isinstance(leaf.value, str) or not leaf.value:
        return []
    return [(Assignment(name, (leaf.value,), line=leaf.line), leaf.file) for name in _PROXIES]
