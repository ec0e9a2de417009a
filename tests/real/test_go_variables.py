from __future__ import annotations

import re

from engine.gather.collectors.env import NAMES
from engine.gather.redact import Redaction


def test_every_variable_that_go_knows_is_gathered(go):
    source = (go.root / "src/internal/cfg/cfg.go").read_text("utf-8")
    known = re.search(r"KnownEnv = `([^`]*)`", source)
    assert known
    assert set(known[1].split()) <= NAMES


def test_what_go_says_of_itself_stays_readable(go, home):
    environment = {"HOME": str(home), "PATH": str(go.root / "bin")}
    for name, value in go.says(environment=environment).items():
        assert Redaction(bytes(32)).variable(name, value) == value
