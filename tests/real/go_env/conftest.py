"""Real Go versions, in a folder to lay cases out in, without a network."""

from __future__ import annotations

import pytest

from tests.real.conftest import ALL_GOS, NEEDED
from tests.real.go_env.scoring import Bench
from tests.real.go_env.truth import cut_off


@pytest.fixture(scope="session")
def bench(tmp_path_factory):
    """All Go versions that are here, to be asked again and again."""
    if not ALL_GOS:
        pytest.skip(NEEDED)
    if not cut_off():
        pytest.skip("nothing here takes the network away from a program: `unshare -n` fails")
    return Bench.of(ALL_GOS, tmp_path_factory.mktemp("go_env"))
