"""Our reading of sudoers against `sudo -V`, which prints root what it makes of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from engine.gather.sudoers import sudo_settings
from tests.gather.fake_host import FakeHost

TITLES = {
    "env_keep": "Environment variables to preserve:",
    "env_check": "Environment variables to check for safety:",
    "env_delete": "Environment variables to remove:",
}
SUDOERS = {
    "nothing": "root ALL=(ALL) ALL\n",
    "as Debian has it": 'Defaults env_reset\nDefaults secure_path="/usr/sbin:/usr/bin"\n',
    "more": 'Defaults env_keep += "GOPROXY GOFLAGS"\nDefaults env_keep+=ONE\n',
    "less": 'Defaults env_keep -= "DISPLAY COLORS"\nDefaults env_check -= TERM\n',
    "others": 'Defaults env_keep = "A B", env_check = "C"\n',
    "none": "Defaults !env_keep\nDefaults !env_check, !env_reset\n",
    "on several lines": 'Defaults env_keep += "A \\\n  B", \\\n  secure_path=/a\\:/b\n',
    "comments": 'Defaults env_keep += "A" # env_keep += B\n#Defaults env_keep += C\n',
    "of another user": "Defaults:nobody env_keep += X\nDefaults:root env_keep += Y\n",
    "the last path counts": "Defaults secure_path=/a\nDefaults secure_path=/b:/c\n",
    "no path": "Defaults secure_path=/a\nDefaults !secure_path\n",
}


@pytest.fixture
def sudo(tmp_path):
    """Ask sudo what it makes of a sudoers file."""
    if os.getuid() != 0:
        pytest.skip("`sudo -V` tells only root")
    if not all(map(shutil.which, ("sudo", "unshare", "mount"))):
        pytest.skip("no sudo, unshare or mount here")

    def ask(text):
        own = tmp_path / "sudoers"
        own.write_text(text)
        own.chmod(0o440)
        script = f"mount --bind {own} /etc/sudoers && exec sudo -V"
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            pytest.skip(f"sudo does not work here: {done.stderr[-200:]}")
        return done.stdout

    return ask


@pytest.mark.parametrize("text", SUDOERS.values(), ids=SUDOERS)
def test_sudo_reads_as_we_do(sudo, text):
    said = sudo(text)
    ours = {
        key: getattr(value, "value", value)
        for key, value in sudo_settings(FakeHost({"/etc/sudoers": text}), "root").items()
    }
    for key, title in TITLES.items():
        listed = said.partition(title + "\n")[2]
        names = re.match(r"(?:\t.*\n)*", listed)[0].split()
        # What distributions add to the built-in lists is no part of sudoers.
        assert set(ours[key]) ^ set(names) <= {"DPKG_COLORS"}, key
    assert ours["env_reset"] is ("Reset the environment to a default set" in said)
    path = re.search(r"Value to override user's \$PATH with: (.*)\n", said)
    assert ours.get("secure_path") == (path[1].split(":") if path else None)
