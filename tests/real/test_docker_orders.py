"""docker's own client, asked what it orders from a daemon; no daemon is needed."""

from __future__ import annotations

import pytest

from tests.gather.docker_run import answers
from tests.gather.docker_run.corpus import COMMANDS
from tests.gather.docker_run.test_as_docker_runs import orders
from tests.gather.told_fold import UNKNOWN

pytestmark = pytest.mark.skipif(not answers.clients(), reason="no docker here")


@pytest.fixture(params=answers.clients())
def client(request):
    """Each client in turn."""
    return request.param


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_known_differs_from_what_the_client_orders(client, command):
    order = answers.ordered(client, command)
    wrong = [
        (what, ours, theirs)
        for what, ours, theirs in orders(command, order)
        if ours is not UNKNOWN and ours != theirs
    ]
    is_too_old = order is None and answers.version(client).startswith("20.") and " -q " in command
    assert wrong == [] or is_too_old
