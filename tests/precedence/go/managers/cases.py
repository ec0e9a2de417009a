"""Cases of version managers: a home, an environment, and what the real manager answered.

`cases/<manager>.yaml` says what to ask. `answers/<manager>.json` holds what the real one said, null
where it stopped; `python -m tests.real.real_homes` records it. `files` lie in ~/shop, `home` in
~, and the command runs in ~/shop/cmd. Cases that are `open` are those that we say nothing about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent
KEYS = ("GOROOT", "GOVERSION", "GOPATH", "GOBIN")


@dataclass(frozen=True)
class Case:
    manager: str
    name: str
    files: dict[str, str] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    open: bool = False

    def __str__(self):
        return f"{self.manager}: {self.name}"

    def laid(self):
        """Give its files by paths that begin with `~`."""
        return {f"~/shop/{path}": text for path, text in self.files.items()} | {
            f"~/{path}": text for path, text in self.home.items()
        }


def managers():
    return [path.stem for path in sorted((FOLDER / "cases").glob("*.yaml"))]


def cases(manager):
    content = YAML(typ="safe").load(FOLDER / "cases" / f"{manager}.yaml")
    return [Case(manager, **each) for each in content["cases"]]


def answers(manager):
    return json.loads((FOLDER / "answers" / f"{manager}.json").read_text())
