from __future__ import annotations

import pytest

from engine.gather.host import HostError
from engine.gather.sudoers import sudo_settings
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost, Node

DEBIAN = """\
#
Defaults\tenv_reset
Defaults\tmail_badpass
Defaults\tsecure_path="/usr/local/sbin:/usr/bin"
# Defaults:%sudo env_keep += "http_proxy"
root\tALL=(ALL:ALL) ALL
@includedir /etc/sudoers.d
"""


def settings(files, user="dana"):
    if isinstance(files, str):
        files = {"/etc/sudoers": files}
    found = sudo_settings(FakeHost(files), user)
    return {key: getattr(value, "value", value) for key, value in found.items()}


def test_what_debian_ships():
    found = settings(DEBIAN)
    assert found["env_reset"] is True
    assert found["secure_path"] == ["/usr/local/sbin", "/usr/bin"]
    assert "http_proxy" not in found["env_keep"]
    assert {"DISPLAY", "PATH"} <= set(found["env_keep"])
    assert {"LC_*", "TERM"} <= set(found["env_check"])
    assert "BASH_ENV" in found["env_delete"]


def test_each_setting_says_where_it_stands():
    found = sudo_settings(FakeHost({"/etc/sudoers": DEBIAN}), "dana")
    assert (found["secure_path"].provenance.file, found["secure_path"].provenance.line) == (
        "/etc/sudoers", 4,
    )  # fmt: skip
    assert found["env_keep"].provenance.origin == "built into sudo"


def test_lists_grow_shrink_and_are_replaced():
    assert "GOPROXY" in settings('Defaults env_keep += "GOPROXY GOFLAGS"\n')["env_keep"]
    assert "DISPLAY" not in settings("Defaults env_keep -= DISPLAY\n")["env_keep"]
    assert settings('Defaults env_keep = "A"\nDefaults env_keep+=B\n')["env_keep"] == ["A", "B"]
    assert settings("Defaults !env_keep\n")["env_keep"] == []


def test_several_settings_stand_on_a_line_and_a_line_on_several():
    found = settings('Defaults !env_reset, secure_path = /a\\:/b, \\\n  env_keep += "A", setenv\n')
    assert found["env_reset"] is False
    assert found["secure_path"] == ["/a", "/b"]
    assert "A" in found["env_keep"]
    assert found["setenv"] is True


def test_without_secure_path_there_is_none():
    assert "secure_path" not in settings("root ALL=(ALL) ALL\n")
    assert "secure_path" not in settings("Defaults secure_path=/a\nDefaults !secure_path\n")


def test_what_holds_for_others_does_not_count():
    assert settings("Defaults:eve !env_reset\n")["env_reset"] is True
    assert settings("Defaults:eve,dana !env_reset\n")["env_reset"] is False


@pytest.mark.parametrize("scope", ["@host", ":%sudo", ":ADMINS", "!/bin/ls", ">root", ":ALL"])
def test_what_holds_for_some_is_not_known(scope):
    found = settings(f"Defaults{scope} env_keep += X\nDefaults env_keep += Y\n")
    assert isinstance(found["env_keep"], Absent)
    assert found["env_reset"] is True


def test_files_are_included_in_order_and_those_of_packagers_passed_over():
    files = {
        "/etc/sudoers": "Defaults secure_path=/a\n#includedir sudoers.d\n@include /etc/more\n",
        "/etc/sudoers.d/20": "Defaults secure_path=/c\n",
        "/etc/sudoers.d/10": "Defaults secure_path=/b\n",
        "/etc/sudoers.d/30.dpkg-old": "Defaults secure_path=/no\n",
        "/etc/sudoers.d/40~": "Defaults secure_path=/no\n",
        "/etc/more": "Defaults env_keep += MORE\n",
    }
    found = settings(files)
    assert found["secure_path"] == ["/c"]
    assert "MORE" in found["env_keep"]


def test_nothing_is_known_of_files_that_cannot_be_read():
    for files, cause in (
        ({}, "missing"),
        ({"/etc/sudoers": Node(mode=0)}, "permission"),
        ({"/etc/sudoers": "@include /etc/sudoers\n"}, "unsupported"),
        ({"/etc/sudoers": "@include /etc/sudoers.%h\n"}, "opaque"),
    ):
        with pytest.raises(HostError) as caught:
            settings(files)
        assert caught.value.cause == cause
