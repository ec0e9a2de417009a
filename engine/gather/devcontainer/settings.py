"""The settings that a devcontainer.json puts into VS Code in the container (its machine scope).

Source: `updateFromOldProperties` of devcontainers/cli for the key `settings` at the top; what
`customizations` says counts before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Part
    from engine.gather.devcontainer.values import Config
    from engine.loading.nodes import Node

_OURS = ("go.", "gopls.", "terminal.integrated.")
_GOPLS = "gopls"
_OF_TERMINALS = "terminal.integrated.env."
_NULL = Absent("unsupported", "what null means is not known here")
_MAPPING_OR_TEXT = Absent("unsupported", "a list with mappings in it is not told")
_EDITOR = Absent("not_collected", "VS Code puts in what stands for `${...}`")


@record
class Setting:
    """One setting: a text for what is no container, texts for a list, variables for a mapping."""

    key: str
    value: tuple[Part, ...] | None
    items: tuple[tuple[Part, ...], ...] | None
    variables: tuple[Assignment | Absent, ...] | None
    line: int | None


def settings(config: Config) -> Iterator[Setting | Absent]:
    """Give the settings of Go, gopls and terminals; those of gopls each by its own name."""
    merged: dict[str, tuple[Node, int | None]] = {}
    for node in (config.get("settings"), config.get("customizations", "vscode", "settings")):
        if node is None:
            continue
        if isinstance(node.value, Absent):
            yield node.value
        for key, value in node.entries.items():
            merged[key] = (value, node.place_of(key).line)
    for key, (value, line) in merged.items():
        if key == _GOPLS:
            for inner, setting in value.entries.items():
                yield _setting(config, f"{key}.{inner}", setting, value.place_of(inner).line)
        elif key.startswith(_OURS):
            yield _setting(config, key, value, line)


def _setting(config: Config, key: str, node: Node, line: int | None) -> Setting:
    if isinstance(node.value, dict):
        takes_away = key.startswith(_OF_TERMINALS)
        made = tuple(
            Assignment(name, how="unset", line=node.place_of(name).line)
            if each.value is None and takes_away
            else Assignment(name, _parts(config, each), line=node.place_of(name).line)
            for name, each in node.entries.items()
        )
        return Setting(key, None, None, made, line)
    if isinstance(node.value, list):
        return Setting(key, None, tuple(_parts(config, each) for each in node.items), None, line)
    return Setting(key, _parts(config, node), None, None, line)


def _parts(config: Config, node: Node) -> tuple[Part, ...]:
    if isinstance(node.value, (dict, list)):
        return (_MAPPING_OR_TEXT,)
    if node.value is None:
        return (_NULL,)
    parts = config.parts(node, in_container=True)
    return (_EDITOR,) if any(isinstance(part, str) and "${" in part for part in parts) else parts
