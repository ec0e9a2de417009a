from __future__ import annotations

from tests.gather.fake_host import Node, link


def test_the_machine_and_its_user_are_told(survey_of):
    document, _ = survey_of(
        {"/etc/os-release": 'NAME="Debian"\nVERSION_ID="12"\nID=debian\n'},
        environment={"SHELL": "/usr/bin/zsh"},
    )
    assert document["facts"]["host"] == {
        "os": "linux",
        "arch": "amd64",
        "distribution": "debian",
        "distribution_version": "12",
        "user": {"name": "dana", "uid": 1000, "home": "/home/dana"},
        "shell": {"login": "/bin/bash", "current": "/usr/bin/zsh"},
    }
    assert document["provenance"]["/host/distribution"] == {
        "collector": "host",
        "from": "os-release",
        "file": "/etc/os-release",
        "line": 3,
    }


def test_an_account_without_passwd_entry_has_a_number_only(survey_of):
    document, _ = survey_of(uid=4242)
    assert document["facts"]["host"]["user"] == {"uid": 4242}
    assert document["absent"]["/host/user/name"]["reason"] == "missing"
    assert document["absent"]["/host/shell/login"]["detail"] == "uid 4242 has no passwd entry"


def test_os_release_is_looked_for_in_both_places(survey_of):
    document, _ = survey_of(
        {"/usr/lib/os-release": "ID=nixos\n", "/etc/os-release": link("nowhere")}
    )
    assert document["facts"]["host"]["distribution"] == "nixos"


def test_a_distribution_that_cannot_be_read_is_unknown(survey_of):
    document, _ = survey_of({"/etc/os-release": Node("fifo")})
    assert document["absent"]["/host/distribution"]["reason"] == "unsupported"
    document, _ = survey_of()
    assert document["absent"]["/host/distribution"]["reason"] == "missing"
    assert document["facts"]["host"]["os"] == "linux"
