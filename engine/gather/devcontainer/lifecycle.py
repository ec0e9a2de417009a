"""The commands that run when a dev container is made, started and attached to.

Source: `src/spec-common/injectHeadless.ts` of devcontainers/cli: a text is run by `/bin/sh -c`, a
list as it is, and of a mapping all commands run at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.docker_run.options import Word, text_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.devcontainer.values import Config
    from engine.loading.nodes import Node

NAMES = (
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
)
"""In the order in which they run; the first runs outside of the container."""

FORMS = ("string", "array", "object")

_ODD = Absent("parse_error", "it is neither a text nor a list of texts")
_BY_VERSION = Absent(
    "ambiguous", "only old versions of the Dev Container CLI put the container's variables in"
)


@record
class Step:
    """One command: words that are run as they are, or one for `/bin/sh -c`; or why not known."""

    label: str | None
    form: str
    words: tuple[Word, ...] | Absent
    line: int | None


@record
class Hook:
    """What runs at one moment; `form` is out of `FORMS`."""

    name: str
    form: str | Absent
    steps: tuple[Step, ...]
    line: int | None


def hooks(config: Config) -> Iterator[Hook]:
    """Give the hooks that run something."""
    for name in NAMES:
        node = config.get(name)
        if node is None or _is_nothing(node.value):
            continue
        line = config.line(name)
        if isinstance(node.value, dict):
            steps = tuple(
                _step(config, label, each, node.place_of(label).line)
                for label, each in node.entries.items()
            )
            yield Hook(name, "object", steps, line)
            continue
        step = _step(config, None, node, line)
        is_odd = isinstance(step.words, Absent) and not isinstance(node.value, (str, list))
        yield Hook(name, _ODD if is_odd else step.form, () if is_odd else (step,), line)


def _is_nothing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value in (None, False, 0) or value in ([], {})


def _step(config: Config, label: str | None, node: Node, line: int | None) -> Step:
    if isinstance(node.value, str):
        return Step(label, "string", _words(config, [node]), line)
    if isinstance(node.value, list):
        return Step(label, "array", _words(config, node.items), line)
    odd = node.value if isinstance(node.value, Absent) else _ODD
    return Step(label, "string", odd, line)


def _words(config: Config, nodes: list[Node]) -> tuple[Word, ...] | Absent:
    words: list[Word] = []
    for node in nodes:
        if not isinstance(node.value, str):
            return _ODD
        word = config.parts(node)
        # The label of an image keeps these; the file's own are replaced or not, by version.
        is_unclear = any("${containerEnv" in str(part) for part in word)
        words.append((_BY_VERSION,) if is_unclear and text_of(word) is not None else word)
    return tuple(words)
