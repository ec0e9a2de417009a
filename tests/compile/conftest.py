"""What tests of compiling may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.compile.written import Written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Give a folder to write packs in."""
    return Written(tmp_path)
