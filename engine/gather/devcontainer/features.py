"""The features of a dev container, and what local ones do to the image's variables.

Source: `src/spec-configuration/containerFeaturesConfiguration.ts` of devcontainers/cli: the
`containerEnv` of a feature becomes lines `ENV` of a Dockerfile, before the feature is installed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.formats._base import FormatError
from engine.gather.host import HostError
from engine.gather.jsonc.reader import read_jsonc
from engine.gather.jsonc.tokens import PACKAGE
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Part
    from engine.gather.devcontainer.values import Config
    from engine.gather.survey import Survey
    from engine.loading.nodes import Node

_FILE = "devcontainer-feature.json"
_LOCAL = ("./", "../", "/")
_EXPANSION = re.compile(
    r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}|\{([A-Za-z_]\w*):([-+])([^${}\\\x22']*)\})"
)

_REMOTE = Absent("not_collected", "what the feature sets is not written here")
_OTHERS = Absent("not_collected", "the feature brings others along")
_ESCAPES = Absent("parse_error", "a local feature lies in the folder .devcontainer")
_ODD = Absent("parse_error", "it is no mapping of texts")
_UNCLEAR = Absent("unsupported", "what docker makes of it is not followed")


@record
class Feature:
    """One feature: its options, and for a local one its folder.

    `env` is what it does to the image's variables, in the file `env_file`.
    """

    name: str
    options: tuple[tuple[str, tuple[Part, ...]], ...] | Absent
    path: str | None
    env: tuple[Assignment | Absent, ...]
    env_file: str | None
    line: int | None


def features(
    config: Config, survey: Survey, workspace: str, within: str | None
) -> Iterator[Feature | Absent]:
    """Give the features in the order of the file; they are installed in one of the CLI's."""
    node = config.get("features")
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        yield node.value if isinstance(node.value, Absent) else _ODD
        return
    for name, value in node.entries.items():
        line = node.place_of(name).line
        options = _options(config, value)
        if not name.startswith(_LOCAL):
            yield Feature(name, options, None, (_REMOTE,), None, line)
            continue
        folder = os.path.normpath(os.path.join(os.path.dirname(config.file), name))
        parent = os.path.join(workspace, ".devcontainer")
        if name.startswith("/") or ".." in os.path.relpath(folder, parent):
            yield Feature(name, options, None, (_ESCAPES,), None, line)
            continue
        path = os.path.join(folder, _FILE)
        env = tuple(_container_env(survey, path, within))
        yield Feature(name, options, folder, env, path, line)


def _options(config: Config, node: Node) -> tuple[tuple[str, tuple[Part, ...]], ...] | Absent:
    if isinstance(node.value, str):
        return (("version", config.parts(node)),)
    if isinstance(node.value, bool) or node.value is None:
        return ()
    if not isinstance(node.value, dict):
        return node.value if isinstance(node.value, Absent) else _ODD
    return tuple((key, config.parts(value)) for key, value in node.entries.items())


def _container_env(survey: Survey, path: str, within: str | None) -> Iterator[Assignment | Absent]:
    try:
        root = read_jsonc(survey.host.read(path, within=within), path, PACKAGE).node
    except HostError as error:
        yield error.hole()
        return
    except FormatError as error:
        yield Absent(error.cause, error.what)
        return
    if root is None or not isinstance(root.value, dict):
        yield _ODD
        return
    if "dependsOn" in root.entries:
        yield _OTHERS
    node = root.entries.get("containerEnv")
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        yield _ODD
        return
    for name, value in node.entries.items():
        yield Assignment(name, _as_docker(value.value), line=node.place_of(name).line)


def _as_docker(value: object) -> tuple[Part, ...]:
    """Give what `ENV name="value"` makes of a text, in which `"` and a backslash are escaped."""
    if not isinstance(value, str):
        return (_ODD,)
    if "\n" in value or "\r" in value:
        return (_UNCLEAR,)
    parts: list[Part] = []
    end = 0
    for found in _EXPANSION.finditer(value):
        if found.start() > end:
            parts.append(value[end : found.start()])
        plain, braced, tested, sign, word = found.groups()
        if tested is None:
            parts.append(Reference(plain or braced))
        elif sign == "-":
            parts.append(Reference(tested, "", (word,), empty_is_unset=True))
        else:
            parts.append(Reference(tested, "", (), (word,), empty_is_unset=True))
        end = found.end()
    if end < len(value):
        parts.append(value[end:])
    is_unclear = any(isinstance(part, str) and "$" in part for part in parts)
    return (_UNCLEAR,) if is_unclear else tuple(parts)
