"""`engine.yaml`: what the engine uses in a folder."""

from __future__ import annotations

import os

from engine.loading.documents import ConfigDocument
from engine.loading.files import is_path, read_file, require_kept_inside
from engine.loading.positions import read_yaml
from engine.loading.rule_files import require_mapping
from engine.loading.shapes import shaped
from engine.model.rules import Config
from engine.resources import bundled_packs


def load_config(path: str, inside: str | None = None) -> Config:
    """Load a configuration; the paths in it start at its folder and never lead out of `inside`."""
    require_kept_inside(path, path, inside, None)
    node = read_yaml(read_file(path), path)
    require_mapping(node, "a configuration", "write `rules: [...]`, `params: {...}` and the like")
    document = shaped(ConfigDocument, node)
    folder = os.path.dirname(path)
    rules = tuple(_meant(folder, name) for name in document.rules)
    waivers = _below(folder, document.waivers) if "waivers" in node.entries else None
    for name, item in zip(rules, node.entries["rules"].items if rules else (), strict=True):
        require_kept_inside(name, path, inside, item.place)
    if waivers is not None:
        require_kept_inside(waivers, path, inside, node.entries["waivers"].place)
    return Config(
        place=node.place,
        rules=rules,
        waivers=waivers,
        params=document.params,
        fail_on=document.fail_on,
        strict=document.strict,
        launches=tuple(
            (text, item.place)
            for text, item in zip(
                document.launches,
                node.entries["launches"].items if document.launches else (),
                strict=True,
            )
        ),
    )


def _meant(folder: str, name: str) -> str:
    """Give a bundled pack's name as it is, and the path of what stands beside the configuration."""
    is_beside = name not in bundled_packs() and os.path.lexists(os.path.join(folder, name))
    return _below(folder, name) if is_path(name) or is_beside else name


def _below(folder: str, path: str) -> str:
    """Give a path that starts at a folder, and still reads as a path and not as a pack's name."""
    joined = os.path.normpath(os.path.join(folder, path))
    return joined if is_path(joined) else os.path.join(".", joined)
