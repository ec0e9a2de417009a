"""The Dev Container CLI itself, where PRECEDENT_NODE_MODULES names a folder that has it."""

from __future__ import annotations

import pytest

from tests.gather.devcontainer import answers
from tests.gather.devcontainer.comparing import compared
from tests.gather.devcontainer.corpus import TEXTS
from tests.gather.told_fold import UNKNOWN

pytestmark = pytest.mark.skipif(answers.missing() is not None, reason=str(answers.missing()))

# Asking takes a third of a second; all are asked when the answers are recorded.
_SOME = [name for at, name in enumerate(TEXTS) if at % 5 == 0 or not name[-1].isdigit()]


@pytest.mark.parametrize("name", _SOME)
def test_nothing_known_differs_from_what_the_cli_reads(name):
    wrong = [
        (what, ours, theirs)
        for what, ours, theirs in compared(TEXTS[name], answers.asked(TEXTS[name]))
        if ours is not UNKNOWN and ours != theirs
    ]
    assert wrong == []
