from __future__ import annotations

import json

import pytest

HOME = "/home/dana"
SHOP = "/home/dana/shop"
FILE = f"{SHOP}/.devcontainer/devcontainer.json"


@pytest.fixture
def vscode_of(survey_of):
    def make(files=None, **machine):
        laid = {
            path: json.dumps(content) if isinstance(content, dict) else content
            for path, content in (files or {}).items()
        }
        environment = {"HOME": HOME, "PATH": "/bin"} | machine.pop("environment", {})
        document, _ = survey_of(
            {f"{SHOP}/.git/HEAD": "ref", **laid},
            environment=environment,
            only=("vscode",),
            **machine,
        )
        return document["facts"].get("vscode"), document

    return make


@pytest.fixture
def containers_of(survey_of):
    """Gather dev containers: the rows, and the holes below `/devcontainers`."""

    def make(*configs, files=None, **options):
        paths = {FILE: configs[0]} if configs else {}
        paths |= {f"{SHOP}/{name}": node for name, node in (files or {}).items()}
        written = {
            path: json.dumps(node) if isinstance(node, dict) else node
            for path, node in paths.items()
        }
        document, _ = survey_of(written, only=("devcontainer",), **options)
        start = "/devcontainers"
        holes = {
            key.removeprefix(start): hole["reason"]
            for key, hole in document["absent"].items()
            if key.startswith(start)
        }
        return document["facts"].get("devcontainers"), holes

    return make
