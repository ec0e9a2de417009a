"""What VS Code's own code makes of settings files, and of variables in texts.

`python -m tests.gather.vscode.answers` asks it again and records what it says. The environment
variable PRECEDENT_NODE_MODULES names a folder `node_modules` with `@codingame/monaco-vscode-api`,
which holds VS Code's sources.
"""

from __future__ import annotations

import base64
import json
import random
import subprocess
from pathlib import Path

from engine.gather.assignments import Reference
from engine.gather.jsonc.reader import read_jsonc
from engine.gather.vscode import scopes
from engine.gather.vscode.tree import Setting, Spot, tree_of
from engine.gather.vscode.variables import Scene, in_launch, in_terminal
from engine.model.facts import Absent
from tests.gather.jsonc.answers import _NODE_MODULES, missing

__all__ = ["missing"]

HERE = Path(__file__).parent
SEED = 20260103
RECORDED = 150
FOLDER, HOME = "/home/dana/shop", "/home/dana"
ENV = {"PATH": "/bin", "EMPTY": "", "a b": "blank", "{x}": "odd"}
CONFIG = {"go.goroot": "/opt/go", "go.inferGopath": True, "gopls": {"a": 1}}
KINDS = ("user", "application", "profile", "machine", "workspace", "folder")
_RECORD = HERE / "answers.json"

_KEYS = [
    "go.goroot", "go.toolsEnvVars", "go.toolsEnvVars.A", "go", "go.useLanguageServer", "http.proxy",
    "http", "terminal.integrated.env.linux", "terminal.integrated.inheritEnv", "terminal",
    "terminal.integrated", "x", "x.y", "x.y.z", "[go]", "[go][gomod]", "gopls", "gopls.env", "",
    "a..b", "security.workspace.trust.enabled",
]  # fmt: skip
_INNER = ["A", "B", "integrated", "inheritEnv", "proxy", "goroot", "env", "linux", "y", "x.y"]
_TEXTS = [
    "", "plain", "${env:PATH}", "a${env:PATH}b${env:PATH}", "${env:MISSING}x", "${env:EMPTY}",
    "${env:}", "${env}", "${env:a b}", "${env:{x}}", "${workspaceFolder}/x", "${workspaceRoot}",
    "${workspaceFolder:shop}", "${workspaceFolder:other}/${env:PATH}", "${workspaceFolderBasename}",
    "${workspaceRootFolderName}", "${cwd}", "${userHome}/go", "${pathSeparator}${/}", "${FOO}",
    "${FOO:bar}", "${", "${env:PATH", "$${env:PATH}", "}${env:PATH}{", "${command:x}", "${input:x}",
    "${config:go.goroot}/bin", "${config:go.inferGopath}", "${config:missing}", "${config:gopls}",
    "${config:}", "${file}", "${env:PATH}:${file}", "${execPath}", "${extensionInstallFolder:a}",
    "$PATH", "%PATH%", "~/x", "\\${env:PATH}", "${workspaceFolder}${workspaceFolder:shop}",
    "${ENV:PATH}", "${ env:PATH }", "${env:PATH}${userHome}", "${a{b}c}", "${env:${env:PATH}}",
]  # fmt: skip


def questions(count=RECORDED, seed=SEED):
    """Give settings files in layers, the lowest first, and texts with variables."""
    chance = random.Random(seed)
    layered = []
    for _ in range(count):
        kinds = sorted(chance.sample(KINDS, chance.randrange(1, 4)), key=KINDS.index)
        layered.append([(kind, json.dumps(_table(chance, _KEYS, 2)).encode()) for kind in kinds])
    made = ["".join(chance.choices(_TEXTS, k=chance.randrange(1, 4))) for _ in range(count)]
    return layered, _TEXTS + made


def asked(layered, texts):
    """Ask VS Code's code."""
    question = {
        "scopes": scopes._SCOPES,
        "settings": [
            [(kind, base64.b64encode(text).decode()) for kind, text in layers] for layers in layered
        ],
        "variables": [
            {"text": text, "env": ENV, "folder": FOLDER, "home": HOME, "config": CONFIG}
            | {"terminal": terminal}
            for text in texts
            for terminal in (True, False)
        ],
    }
    said = subprocess.run(
        ["node", HERE / "ask.mjs", _NODE_MODULES.resolve()],
        input=json.dumps(question),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(said.stdout)


def recorded():
    """Give the answers that were recorded."""
    return json.loads(_RECORD.read_text(encoding="utf-8"))


def our_settings(layers):
    """Give what our code makes of settings files."""
    trees = []
    for kind, text in layers:
        root = read_jsonc(text, kind).node

        def keep(key, _, kind=kind):
            scope = scopes.scope_of(key)
            return None if scope is None else scope in scopes.FILES[kind]

        trees.insert(0, tree_of(root, kind, kind, keep))
    return _plain(Spot(*trees))


def our_text(text, *, is_terminal):
    """Give what our code makes of a text; None where it is not known."""
    settings = {
        "go": {"goroot": Setting("/opt/go", "user"), "inferGopath": Setting(True, "user")},
        "gopls": {"a": Setting(1, "user")},
    }
    scene = Scene(FOLDER, HOME, Spot(settings))
    parts = (in_terminal if is_terminal else in_launch)(text, scene)
    if any(isinstance(part, Absent) for part in parts):
        return None
    return "".join(
        ENV.get(part.variable, "") if isinstance(part, Reference) else part for part in parts
    )


def _plain(spot):
    if spot.is_table:
        return {name: _plain(spot.at(name)) for name in spot.names}
    return spot.leaf.value if isinstance(spot.leaf, Setting) else {}


def _table(chance, keys, depth):
    chosen = chance.sample(keys, chance.randrange(1, min(6, len(keys))))
    return {key: _value(chance, depth) for key in chosen}


def _value(chance, depth):
    if depth and chance.random() < 0.5:
        return _table(chance, _INNER, depth - 1) if chance.random() < 0.9 else {}
    return chance.choice(["x", 1, True, None, [1, "y"], "z"])


def main():
    """Ask VS Code's code and record what it says."""
    answers = asked(*questions())
    parts = [
        f'"{name}": [\n' + ",\n".join(map(json.dumps, answers[name])) + "\n]"
        for name in ("settings", "variables")
    ]
    _RECORD.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
