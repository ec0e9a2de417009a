from __future__ import annotations

import pytest

from engine.gather.dockerfile.startup import (
    copied_to,
    is_login_shell,
    runs_login_shell,
    written_in,
)


@pytest.mark.parametrize(
    ("text", "is_login"),
    [
        ("bash -lc 'make'", True),
        ("/bin/bash -e -l -c make", True),
        ("a && sh --login", True),
        ("bash -c 'ls -l'", False),
        ("./install.bash -l", False),
        ("ls -l", False),
        ("bash x -l", False),
    ],
)
def test_a_login_shell_is_seen(text, is_login):
    assert runs_login_shell(text) is is_login
    assert is_login_shell(("/bin/bash", "-lc"))
    assert not is_login_shell(("/bin/bash", "-c", "-l x"[1:]))


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("a >> /etc/profile.d/go.sh; b > ~/.bashrc", ["/etc/profile.d/go.sh", "~/.bashrc"]),
        ("echo x | tee -a $HOME/.profile", ["$HOME/.profile"]),
        ("cat /etc/profile", []),
        ("echo x > /etc/profile.bak", []),
        ("echo x > /srv/root/.bashrc", []),
    ],
)  # fmt: skip
def test_a_start_up_file_that_is_written_is_seen(text, files):
    assert written_in(text) == files


def test_a_start_up_file_that_is_copied_is_seen():
    assert copied_to(["x/go.sh"], "/etc/profile.d/") == ["/etc/profile.d/go.sh"]
    assert copied_to(["rc"], "/root/.bashrc") == ["/root/.bashrc"]
    assert copied_to(["rc"], "/app/") == []
