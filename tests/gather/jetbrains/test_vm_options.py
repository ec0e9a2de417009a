from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.jetbrains.vm_options import Property, last_property

NAME = "ij.load.shell.env"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"-Xmx2g\n-Dij.load.shell.env=true\n", Property("true", 2)),
        (b"  -Dij.load.shell.env=true \r\n", Property("true", 1)),
        (b"-Dij.load.shell.env=true\n#\n-Dij.load.shell.env=false", Property("false", 3)),
        (b"-Dij.load.shell.env\n", Property("", 1)),
        (b"-Dij.load.shell.env=a=b", Property("a=b", 1)),
        (b"# -Dij.load.shell.env=true\n  # x\n", None),
        (b"-Dij.load.shell.env.timeout=1\n-Dij.load.shell.ENV=true\n", None),
        (b"-Xmx2g -Dij.load.shell.env=true\n", None),
        (b"-Dij.load.shell.env=true\n-Da=\x00\n", None),
        (b"\xff\n-Dij.load.shell.env=true", Property("true", 2)),
        (b"", None),
    ],
)
def test_an_option_stands_on_a_line_of_its_own_and_the_last_counts(content, found):
    assert last_property(content, NAME) == found


@given(st.binary())
def test_any_bytes_are_read(content):
    assert last_property(content, NAME) is None or b"ij.load.shell.env" in content
