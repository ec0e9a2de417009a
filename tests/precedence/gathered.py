"""The facts of a few collectors about a made-up machine, as a document would bring them."""

from __future__ import annotations

import json

from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.loading.facts import read_facts
from tests.gather.fake_host import FakeHost


def gathered(files, directory, only, *, client=None, commands=()):
    """Give the root of the facts; `client` are the variables of whoever gathers them."""
    document = gather(
        FakeHost(files, environment=client or {}),
        subject="workstation",
        directory=directory,
        redaction=Redaction(b"0" * 32, shows=True),
        only=only,
        launch=LaunchOptions(commands=tuple(commands)),
    )
    return read_facts(json.dumps(document).encode(), "facts").root
