from __future__ import annotations

import re

from tests.real.go_env.drawing import draw
from tests.real.go_env.values import DERIVED, VALUES

VERSIONS = ["go1.19.8", "go1.22.10", "go1.27.3"]
CASES = [draw(5, number, VERSIONS) for number in range(8000)]
WRITTEN = re.compile(
    r"(?:^|\n)(HOME|XDG_CONFIG_HOME|XDG_CACHE_HOME|TEST_TELEMETRY_DIR|GOPATH|GOMODCACHE|GOCACHE"
    r"|GOTMPDIR|TMPDIR|GOCACHEPROG|CC|CXX|GCCGO)=([^\n]*)"
)
"""Variables that tell go where to write, and what to run."""


def test_a_seed_and_a_number_always_give_the_same_case():
    assert draw(5, 3, VERSIONS) == CASES[3]
    assert draw(5, 3, VERSIONS).key() == CASES[3].key()
    assert draw(6, 3, VERSIONS).key() != CASES[3].key()
    assert len({case.key() for case in CASES}) == len(CASES)


def test_every_variable_comes_up_in_the_environment_and_in_the_users_file():
    files = "\n".join(text for case in CASES for text in case.files.values())
    for name in {*VALUES, *DERIVED, "GOTOOLCHAIN", "GOOS", "GOARCH"}:
        assert any(name in case.environment for case in CASES), name
        assert f"\n{name}=" in files, name


def test_every_value_that_go_takes_comes_up():
    seen = {setting for case in CASES for setting in case.environment.items()}
    lines = (line for case in CASES for text in case.files.values() for line in text.split("\n"))
    seen |= {tuple(line.split("=", 1)) for line in lines if "=" in line}
    drawn = {
        (name, value)
        for name, drawers in VALUES.items()
        for value in (*drawers.plain, *drawers.odd)
    }
    assert drawn - seen == set()


def test_nothing_that_go_may_write_or_run_lies_outside_of_the_case():
    told = [f"{name}={value}" for case in CASES for name, value in case.environment.items()]
    told += [text for case in CASES for text in case.files.values()]
    told += [tree["env"] or "" for case in CASES for tree in case.trees.values()]
    outside = [
        found[0]
        for text in told
        for found in WRITTEN.finditer(text)
        if any(element.lstrip("'\"").startswith("/") for element in found[2].split(":"))
    ]
    assert outside == []
