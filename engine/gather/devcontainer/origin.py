"""What a dev container is made from: an image, a Dockerfile, or a service of Compose files.

Source: `src/spec-node/configContainer.ts` and `src/spec-configuration/configuration.ts` of
devcontainers/cli: a Dockerfile counts before an image, and an image before Compose files.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from engine.gather.devcontainer.values import Config, variables
from engine.gather.docker_run.options import text_of, unknown_in
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Assignment
    from engine.loading.nodes import Node

KINDS = ("image", "dockerfile", "compose")

_NONE = Absent("parse_error", "it names neither an image nor a Dockerfile nor Compose files")
_NO_BUILD = Absent("parse_error", "`build` is no mapping")
_NO_TEXT = Absent("parse_error", "it is no text")
_ELSEWHERE = Absent("not_collected", "the files are those that COMPOSE_FILE names, or the usual")


@record
class Build:
    """How the image is built; paths are whole, and what is not told is None."""

    dockerfile: str | Absent
    context: str | Absent
    target: str | Absent | None
    arguments: tuple[Assignment | Absent, ...]


def kind_of(config: Config) -> str | Absent:
    """Give what the container is made from, out of `KINDS`."""
    keys = config.root.entries
    if "dockerFile" in keys:
        return "dockerfile"
    if "build" in keys:
        build = keys["build"].value
        if not isinstance(build, dict):
            return build if isinstance(build, Absent) else _NO_BUILD
        if "dockerfile" in build:
            return "dockerfile"
    if "image" in keys:
        return "image"
    return "compose" if "dockerComposeFile" in keys else _NONE


def image_of(config: Config) -> str | Absent:
    """Give the image's name."""
    return _text(config, config.get("image"))


def build_of(config: Config) -> Build:
    """Give how the image is built; without a context, it is the folder of the Dockerfile."""
    is_old = "dockerFile" in config.root.entries
    where: tuple[str, ...] = () if is_old else ("build",)
    named = config.get("dockerFile") if is_old else config.get("build", "dockerfile")
    dockerfile = _path(config, named)
    context: str | Absent
    given = config.get(*where, "context")
    if given is not None and given.value not in ("", None):
        context = _path(config, given)
    else:
        context = dockerfile if isinstance(dockerfile, Absent) else posixpath.dirname(dockerfile)
    target = config.get("build", "target")
    return Build(
        dockerfile,
        context,
        None if target is None or target.value in ("", None) else _text(config, target),
        tuple(variables(config, "build", "args", in_container=False)),
    )


def compose_files(config: Config) -> tuple[str | Absent, ...]:
    """Give the Compose files; a hole where others count, or one is not known."""
    node = config.get("dockerComposeFile")
    if node is not None and isinstance(node.value, list):
        return tuple(_path(config, each) for each in node.items) or (_ELSEWHERE,)
    if node is not None and isinstance(node.value, str):
        return (_path(config, node),)
    return (_ELSEWHERE,)


def service_of(config: Config) -> str | Absent:
    """Give the service that becomes the dev container."""
    return _text(config, config.get("service"))


def text_or_none(config: Config, key: str) -> str | Absent | None:
    """Give the text at a key, or None where there is none or it is empty: that counts as none."""
    node = config.get(key)
    if node is None or node.value in ("", None, False):
        return None
    return _text(config, node)


def _path(config: Config, node: Node | None) -> str | Absent:
    written = _text(config, node)
    if isinstance(written, Absent):
        return written
    return posixpath.normpath(posixpath.join(posixpath.dirname(config.file), written))


def _text(config: Config, node: Node | None) -> str | Absent:
    if node is None or not isinstance(node.value, str):
        return node.value if node is not None and isinstance(node.value, Absent) else _NO_TEXT
    parts = config.parts(node)
    written = text_of(parts)
    return unknown_in(parts) if written is None else written
