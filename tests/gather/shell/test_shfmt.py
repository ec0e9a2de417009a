"""The parser's program, and what it says."""

from __future__ import annotations

import os

import pytest

from engine.gather.host import HostError
from engine.gather.shell.reading import read
from engine.gather.shell.shfmt import Mistake, Shfmt
from engine.gather.syntaxes import read_all


def test_the_program_is_the_wheels_whatever_the_path_holds(tmp_path, monkeypatch):
    other = tmp_path / "shfmt"
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    parser = Shfmt()
    assert os.path.dirname(parser.program) != str(tmp_path)
    assert parser.tree("a", "bash")["Stmts"]


def test_a_mistake_has_its_place():
    assert Shfmt().tree("a\n b )", "bash") == Mistake(
        2, 4, "a command can only contain words and redirects; encountered `)`"
    )


def test_without_the_package_reading_is_unsupported():
    parser = Shfmt(package="a-package-that-nobody-has")
    with pytest.raises(HostError, match="`a-package-that-nobody-has` is not installed"):
        read(b"a", parser, "bash")
    (hole,) = read_all([(b"a", "bash")], parser)
    assert hole.cause == "unsupported"


def test_a_package_without_the_program_is_unsupported():
    with pytest.raises(HostError, match="no program `shfmt`"):
        read(b"a", Shfmt(package="pytest"), "bash")
