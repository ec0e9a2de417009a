from __future__ import annotations

import pytest

from engine.precedence.state import State, Variable
from engine.precedence.writers import changed_by

SETTINGS = ["/home/ada/own.env", "/home/ada/.config/go"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cp new /etc/env", ["new", "/etc/env"]),
        ("/bin/cp new env", ["new", "env"]),
        ("env A=b cp new env", ["new", "env"]),
        ("env -i", []),
        ("unlink env", ["env"]),
        ("dd if=new of=env", ["if=new", "env"]),
        ("sed -i s/a/b/ env", ["-i", "s/a/b/", "env"]),
        ("sed --in-place s/a/b/ env", ["--in-place", "s/a/b/", "env"]),
        ("perl -pi -e s/a/b/ env", ["-pi", "-e", "s/a/b/", "env"]),
        ("sed s/a/b/ env", []),
        ("git clone it there", ["clone", "it", "there"]),
        ("git -C there status", []),
        ("go env -w GOFLAGS=-v", SETTINGS),
        ("go env -u GOFLAGS", SETTINGS),
        ("go env GOPATH", []),
        ("go telemetry off", SETTINGS),
        ("/usr/local/go/bin/go mod init shop", ["go.mod", "go.work"]),
        ("go work use .", ["go.mod", "go.work"]),
        ("go", []),
        ("cat env", []),
    ],
)
def test_programs_change_the_files_that_they_are_given_or_their_own(words, expected):
    state = State()
    for name, value in (("HOME", "/home/ada"), ("GOENV", "/home/ada/own.env")):
        state.variables[name] = Variable(value=value, is_set=True, exported=True)
    name, *arguments = words.split()
    assert changed_by(name, arguments, state) == expected
