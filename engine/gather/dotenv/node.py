"""node's own `--env-file` and `process.loadEnvFile()`.

Source: src/node_dotenv.cc of nodejs/node, and asking 20.20, 22.12, 22.16, 24.4 and 26.10. It was
mended between 22.12 and 22.16; what the two make of a file in different ways is not known.
"""

from __future__ import annotations

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import Dialect, Lines
from engine.gather.dotenv._node_settings import Setting, settings, settings_before
from engine.gather.dotenv._values import agreed, plain
from engine.model.facts import Absent

_DOUBT = "versions of node disagree on what it is"
_DIVIDED = Absent("ambiguous", "versions of node disagree on how the file is divided")
_NO_NAME = Absent("unsupported", "there is a name with a NUL byte, or one that is not UTF-8")


def read_node(content: bytes) -> list[Assignment | Absent]:
    r"""Give the variables that a file sets where the process has none of that name.

    Nothing is replaced; only the first two quotes count, and double ones know `\n` alone.
    """
    text = content.decode("utf-8", "surrogateescape").replace("\r", "")
    lines = Lines(text)
    versions = [
        list(settings(text)),
        list(settings_before(text, again=False)),
        list(settings_before(text, again=True)),
    ]
    if any(None in found[-1:] for found in versions):
        return [_DIVIDED]
    rows = agreed([_rows(found, lines) for found in versions], _DOUBT)
    bad = any("\0" in row.name or plain((row.name,)) != (row.name,) for row in rows)
    return [_NO_NAME] if bad else [*rows]


NODE = Dialect("node", "node --env-file", read_node)


def _rows(found: list[Setting | None], lines: Lines) -> dict[str, Assignment]:
    rows: dict[str, Assignment] = {}
    for each in found:
        if each is not None and each.name:  # no variable is called nothing
            line = lines.of(each.position)
            rows[each.name] = Assignment(each.name, plain((each.value,)), "default", line)
    return rows
