"""What every test may ask for."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"

# How long an example takes is the machine's business: what is slow is found in `benchmarks/`.
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, which writes files instead of comparing with them."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the files that tests compare with"
    )


def pytest_configure() -> None:
    """Let interrupts through to what tests start: a shell ignores them for its background jobs."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def generated(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Give a comparison of a file that code writes with what it would write now, byte for byte."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        assert file.is_file(), f"{file} is not there: `pytest --update-golden` writes it"
        assert text == file.read_bytes().decode("utf-8")

    return compare


@pytest.fixture
def golden(generated: Callable[[Path, str], None]) -> Callable[[str, str], None]:
    """Give a comparison of a text with the file of a name in tests/golden."""
    return lambda name, text: generated(GOLDEN / name, text)
