from __future__ import annotations

import pytest

from engine.cli.environment import environment_in
from engine.errors import UsageError


@pytest.fixture
def environment_of(tmp_path):
    def make(content):
        path = tmp_path / "env"
        path.write_bytes(content)
        return environment_in(str(path))

    return make


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"A=1\nB=x=y \n\nC=\n", {"A": "1", "B": "x=y ", "C": ""}),
        (b"A=1\0B=x\ny\0", {"A": "1", "B": "x\ny"}),
        (b' {"A": "1", "B": "x\\ny"}', {"A": "1", "B": "x\ny"}),
        (b"A=1\nA=2\n", {"A": "2"}),
        (b"", {}),
    ],
)
def test_an_environment_is_read_in_three_forms(environment_of, content, expected):
    assert environment_of(content) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"A=1\nand more\n", ":2: `and more` is not NAME=VALUE; `env -0` writes"),
        (b"=1\n", ":1: `=1` is not NAME=VALUE"),
        (b'{"A": 1}', "the value of `A` is no text; quote it"),
        (b'{"A": null}', "the value of `A` is no text; quote it"),
        (b'{"A=B": "1"}', "`A=B` cannot be a variable"),
        (b'{"A": ', "not JSON"),
        (b"A=\xff\n", "not UTF-8 at byte 2"),
    ],
)
def test_what_is_no_environment_is_refused(environment_of, content, message):
    with pytest.raises(UsageError) as caught:
        environment_of(content)
    assert message in str(caught.value)
