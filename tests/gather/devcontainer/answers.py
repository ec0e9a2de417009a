"""What the Dev Container CLI makes of the corpus.

`python -m tests.gather.devcontainer.answers` asks it again and records what it says. The
environment variable PRECEDENT_NODE_MODULES names a folder `node_modules` with `@devcontainers/cli`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.gather.devcontainer.corpus import FOLDER, LOCAL, TEXTS

RECORDED = Path(__file__).parent / "answers.json"
CLI = "@devcontainers/cli/devcontainer.js"
_NODE_MODULES = Path(os.environ.get("PRECEDENT_NODE_MODULES", "/nowhere"))


def missing():
    """Say what is needed to ask and is not there."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (_NODE_MODULES / CLI).is_file():
        return f"PRECEDENT_NODE_MODULES names no folder with {CLI}"
    return None


def asked(text):
    """Give the configuration that the CLI reads, and its workspace folder; or None at an error."""
    folder = Path(FOLDER)
    file = folder / ".devcontainer/devcontainer.json"
    shutil.rmtree(folder.parent, ignore_errors=True)
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    try:
        # It asks docker for a container that is there already: `true` says that there is none.
        said = subprocess.run(
            ["node", _NODE_MODULES / CLI, "read-configuration", "--docker-path", "/bin/true",
             "--workspace-folder", FOLDER],
            env=LOCAL | {"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)
    if said.returncode:
        return None
    answer = json.loads(said.stdout)
    answer["configuration"].pop("configFilePath")
    return {
        "configuration": answer["configuration"],
        "workspace_folder": answer["workspace"].get("workspaceFolder"),
    }


def record():
    """Ask about the whole corpus and write what was said."""
    answers = {name: asked(text) for name, text in TEXTS.items()}
    RECORDED.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
