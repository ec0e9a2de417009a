"""Where `go install` writes, as the collector of settings tells it."""

from __future__ import annotations

import pytest

from engine.gather.host import Answer
from tests.gather.fake_host import Node, folder


@pytest.mark.parametrize(
    ("environment", "folder_", "on_path"),
    [
        ({}, "/home/dana/go/bin", False),
        ({"GOBIN": "/b", "PATH": "/b/"}, "/b", True),
        ({"GOPATH": "/p:/q", "PATH": "/p/bin:/usr/local/go/bin"}, "/p/bin", True),
        ({"GOPATH": "/p:/q", "PATH": "/q/bin"}, "/p/bin", False),
        ({"GOBIN": "rel"}, "rel", False),
    ],
)
def test_the_folder_that_installs_fill(go_machine, environment, folder_, on_path):
    document, _ = go_machine(environment=environment)
    assert document["facts"]["go"]["install_dir"] == folder_
    assert document["facts"]["go"]["install_dir_on_path"] is on_path


NATIVE = {"GOHOSTOS": "linux", "GOHOSTARCH": "amd64", "GOOS": "linux", "GOARCH": "amd64"}


@pytest.mark.parametrize(
    ("environment", "folder_"),
    [
        ({"GOOS": "linux"}, "/home/dana/go/bin"),
        ({"GOOS": "linux", "GOBIN": "/b"}, "/b"),
        ({"GOARCH": "arm64"}, "/home/dana/go/bin/linux_arm64"),
    ],
)
def test_programs_for_another_platform_have_their_own_folder(go_machine, environment, folder_):
    document, _ = go_machine(environment=environment, answers=NATIVE | environment)
    assert document["facts"]["go"]["install_dir"] == folder_


def test_with_gobin_go_installs_nothing_for_another_platform(go_machine):
    document, _ = go_machine(
        environment={"GOOS": "windows", "GOBIN": "/b"}, answers=NATIVE | {"GOOS": "windows"}
    )
    assert document["absent"]["/go/install_dir"] == {
        "reason": "missing",
        "detail": "while GOBIN is set Go installs nothing for windows_amd64",
    }


def test_the_folder_for_another_platform_needs_no_answer_of_go(go_machine):
    document, _ = go_machine(
        environment={"GOOS": "windows"}, run=lambda *_: Answer(1, b"", b"go: broken")
    )
    assert document["facts"]["go"]["install_dir"] == "/home/dana/go/bin/windows_amd64"


def test_the_folder_may_be_on_path_by_another_name(go_machine):
    document, _ = go_machine(
        {"/data/bin": folder(), "/home/dana/go": Node("link", to="/data")},
        environment={"PATH": "/usr/bin:/data/bin"},
    )
    assert document["facts"]["go"]["install_dir_on_path"] is True
