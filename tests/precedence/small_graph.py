"""A pack's graph beside the bundled one, resolved over a machine of texts."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from engine.compile.build import Request, build
from engine.evaluate.holds import holds
from engine.precedence.resolve import resolve
from tests.precedence.machine import Machine, value


@lru_cache(maxsize=64)
def graph(text: str) -> Any:
    """Compile the sources and processes of a pack."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(f"pack: team\n{dedent(text)}")
        return build(Request(rules=(folder,)))[0]


def context(text: str, name: str, machine: Machine | None = None) -> Any:
    """Give a context of a pack's graph over a machine."""
    machine = machine or Machine({})
    program = graph(text)
    found = resolve(
        program.plan, machine.root, holds=holds(program), only=[name], answer=machine.answer
    )
    return found.contexts[name]


def values(text: str, name: str, *wanted: str, machine: Machine | None = None) -> list[Any]:
    """Give what variables come to in a context of a pack's graph."""
    found = context(text, name, machine)
    return [value(found, one) for one in wanted]
