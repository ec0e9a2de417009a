"""What VS Code's own reader and the package `jsonc-parser` make of the corpus.

`python -m tests.gather.jsonc.answers` asks them again and records what they say. The environment
variable PRECEDENT_NODE_MODULES names a folder `node_modules` with `jsonc-parser` and
`@codingame/monaco-vscode-api`, which holds VS Code's sources as they are.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from engine.gather.jsonc.reader import read_jsonc
from engine.gather.jsonc.tokens import EDITOR, PACKAGE
from engine.model.facts import Absent
from tests.gather.jsonc.corpus import WRITTEN, generated

HERE = Path(__file__).parent
DIALECTS = {"editor": EDITOR, "package": PACKAGE}
SEED = 20260101
RECORDED = 160
NEEDS = {
    "editor": "@codingame/monaco-vscode-api/vscode/src/vs/base/common/json.js",
    "package": "jsonc-parser/lib/umd/main.js",
}
_NODE_MODULES = Path(os.environ.get("PRECEDENT_NODE_MODULES", "/nowhere"))
_BREAK = re.compile(r"\r\n?|\n")


def texts():
    """Give the corpus whose answers are recorded."""
    return WRITTEN + generated(RECORDED, SEED)


def missing(which):
    """Say what a reader needs and is not there."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (_NODE_MODULES / NEEDS[which]).is_file():
        return f"PRECEDENT_NODE_MODULES names no folder with {NEEDS[which]}"
    return None


def asked(which, given):
    """Ask a reader: for each text the value, the mistakes, and where each value stands."""
    said = subprocess.run(
        ["node", HERE / "ask.mjs", _NODE_MODULES.resolve(), which],
        input=json.dumps([base64.b64encode(text).decode() for text in given]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(said.stdout)


def recorded(which):
    """Give the answers that were recorded."""
    return json.loads((HERE / f"answers-{which}.json").read_text(encoding="utf-8"))


def ours(which, text):
    """Give what our reader makes of a text, in the form of an answer."""
    found = read_jsonc(text, "file", DIALECTS[which])
    starts = [0, *(each.end() for each in _BREAK.finditer(text.decode("utf-8", "replace")))]
    places = [] if found.node is None else list(_places(found.node, ()))
    return {
        "given": found.node is not None,
        "value": None if found.node is None else _plain(found.node),
        "faults": [[fault.code, fault.at] for fault in found.faults],
        "places": sorted([path, starts[at.line - 1] + at.column - 1] for path, at in places),
    }


def theirs(answer):
    """Give an answer in the form in which ours can be compared with it."""
    return answer | {"value": _as_floats(answer["value"]), "places": sorted(answer["places"])}


def _plain(node):
    if isinstance(node.value, Absent):
        return "$out of range"
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    return _as_floats(node.value)


def _as_floats(value):
    """Write large numbers as JavaScript holds them: Python would read them as whole ones."""
    if isinstance(value, dict):
        return {key: _as_floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_floats(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _places(node, path):
    yield "/".join(path), node.place
    inner = node.value.items() if isinstance(node.value, dict) else enumerate(node.items)
    for key, child in inner:
        yield from _places(child, (*path, str(key)))


def main():
    """Ask both readers and record what they say."""
    for which in DIALECTS:
        answers = asked(which, texts())
        lines = ",\n".join(json.dumps(answer, ensure_ascii=True) for answer in answers)
        (HERE / f"answers-{which}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
