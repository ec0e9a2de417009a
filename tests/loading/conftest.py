"""What the tests of loading share: files in an empty folder, and what is said about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import LoadError
from engine.loading.config import load_config
from engine.loading.packs import load_packs
from engine.loading.waivers import load_waivers
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BUNDLED = Path(__file__).parents[2] / "rules"


@pytest.fixture
def bundled() -> Path:
    """Give the folder of the bundled packs."""
    return BUNDLED


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str]], None]:
    """Give a way to write files into an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)

    def files(texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(text.encode())

    return files


@pytest.fixture
def complaints_about(
    write: Callable[[Mapping[str, str]], None],
) -> Callable[[Mapping[str, str]], list[str]]:
    """Give what is said about files; the first one's name says as what they are loaded."""

    def complaints(texts: Mapping[str, str]) -> list[str]:
        write(texts)
        try:
            _load(next(iter(texts)))
        except LoadError as error:
            return [str(complaint) for complaint in error.complaints]
        return []

    return complaints


def _load(name: str) -> None:
    if name == "engine.yaml":
        load_config(name)
    elif name == "waivers.yaml":
        load_waivers(name, OPERATORS)
    else:
        load_packs([name.partition("/")[0]], BUNDLED, OPERATORS)
