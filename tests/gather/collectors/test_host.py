from __future__ import annotations

import struct

import pytest

from tests.gather.fake_host import Node, folder, link


def test_the_machine_and_its_user_are_told(survey_of):
    document, _ = survey_of(
        {"/etc/os-release": 'NAME="Debian"\nVERSION_ID="12"\nID=debian\n'},
        environment={"SHELL": "/usr/bin/zsh"},
    )
    host = document["facts"]["host"]
    assert {key: host[key] for key in host if key not in {"is_wsl", "in_container"}} == {
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


def elf(loader, *, wide=True):
    """A program of one header that says what loads it."""
    name = loader.encode() + b"\0"
    if wide:
        head = (
            b"\x7fELF\2\1\1"
            + bytes(9)
            + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0, 64, 0, 0, 64, 56, 1, 0, 0, 0)
        )
        row = struct.pack("<IIQQQQQQ", 3, 4, 120, 0, 0, len(name), len(name), 1)
    else:
        head = (
            b"\x7fELF\1\2\1"
            + bytes(9)
            + struct.pack(">HHIIIIIHHHHHH", 2, 8, 1, 0, 52, 0, 0, 52, 32, 1, 0, 0, 0)
        )
        row = struct.pack(">IIIIIIII", 3, 84, 0, 0, len(name), len(name), 4, 1)
    return head + row + name


def namespaces(pid=4026531836, uts=4026531838, ipc=4026531839):
    numbers = {"pid": pid, "uts": uts, "ipc": ipc}
    return {f"/proc/self/ns/{kind}": link(f"{kind}:[{numbers[kind]}]") for kind in numbers}


OWN = namespaces(pid=4026532300, uts=4026532298, ipc=4026532299)
KERNEL = {"/proc/sys/kernel/osrelease": "6.1.0-18-amd64\n"}


def host_of(survey_of, files, **more):
    document, _ = survey_of(KERNEL | namespaces() | files, only=("host",), **more)
    return document["facts"]["host"], document


@pytest.mark.parametrize(
    ("program", "library"),
    [
        (elf("/lib64/ld-linux-x86-64.so.2"), "glibc"),
        (elf("/lib/ld-musl-x86_64.so.1"), "musl"),
        (elf("/lib/ld.so.1", wide=False), "glibc"),
        (elf("/nix/store/x-glibc-2.38/lib/ld-linux-x86-64.so.2"), "glibc"),
        (elf("/system/bin/linker64"), None),
        (b"#!/bin/busybox\n", None),
        (elf("/lib/ld-musl")[:70], None),
        (b"\x7fELF\2\1" + b"\xff" * 100, None),
        (b"\x7fELF", None),
    ],
)
def test_the_c_library_is_the_one_that_programs_ask_for(survey_of, program, library):
    host, document = host_of(survey_of, {"/bin/sh": Node(content=program)})
    assert host.get("libc") == library
    assert ("/host/libc" in document["absent"]) == (library is None)


@pytest.mark.parametrize(
    ("files", "is_wsl"),
    [
        ({}, False),
        ({"/proc/sys/kernel/osrelease": "5.15.90.1-microsoft-standard-WSL2\n"}, True),
        ({"/proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft\n"}, True),
        ({"/proc/sys/kernel/osrelease": "6.1.0-mine\n", "/run/WSL": folder()}, True),
        ({"/proc/sys/kernel/osrelease": Node(mode=0)}, None),
    ],
)
def test_windows_kernel_is_known_by_its_name_and_its_init(survey_of, files, is_wsl):
    host, document = host_of(survey_of, files)
    assert host.get("is_wsl") == is_wsl
    assert ("/host/is_wsl" in document["absent"]) == (is_wsl is None)


@pytest.mark.parametrize(
    ("files", "engine", "sign"),
    [
        ({"/.dockerenv": ""}, "docker", "/.dockerenv"),
        ({"/run/.containerenv": ""}, "podman", "/run/.containerenv"),
        ({"/run/systemd/container": "lxc\n"}, "lxc", "/run/systemd/container"),
        ({"/proc/1/environ": "PATH=/bin\0container=oci\0"}, "oci", "/proc/1/environ"),
        ({"/proc/1/cgroup": "1:cpu:/kubepods/burstable/pod1\n"}, "kubernetes", "/proc/1/cgroup"),
    ],
)
def test_a_container_is_told_with_what_shows_it(survey_of, files, engine, sign):
    host, document = host_of(survey_of, OWN | files)
    assert host["in_container"] is True
    assert host["container"] == {"engine": engine, "sign": sign}
    assert document["provenance"]["/host/in_container"]["file"] == sign


def test_a_machine_with_the_first_namespaces_is_no_container(survey_of):
    host, document = host_of(
        survey_of, {"/proc/1/environ": Node(mode=0), "/proc/1/cgroup": "0::/\n"}
    )
    assert host["in_container"] is False
    assert "container" not in host
    assert document["provenance"]["/host/in_container"]["from"] == "/proc/self/ns"


def test_a_sign_that_the_namespaces_contradict_leaves_it_open(survey_of):
    # The file system of an image that runs as a virtual machine.
    host, document = host_of(survey_of, {"/.dockerenv": ""})
    assert "in_container" not in host
    assert document["absent"]["/host/in_container"]["reason"] == "ambiguous"
    # A container that shares the machine's processes keeps its other namespaces.
    host, _ = host_of(
        survey_of, OWN | {"/proc/self/ns/pid": link("pid:[4026531836]"), "/.dockerenv": ""}
    )
    assert host["in_container"] is True


def test_without_a_sign_other_namespaces_leave_it_open(survey_of):
    host, document = host_of(survey_of, OWN | {"/proc/1/cgroup": "0::/\n"})
    assert "in_container" not in host
    assert document["absent"]["/host/in_container"]["reason"] == "opaque"
    # Every distribution in WSL has its own.
    host, _ = host_of(survey_of, OWN | {"/run/WSL": folder()})
    assert (host["is_wsl"], host["in_container"]) == (True, False)


@pytest.mark.parametrize(
    "files",
    [
        {"/run/systemd/container": "wsl\n"},
        {"/proc/1/environ": "container=wsl\0container_host_id=windows\0"},
    ],
)
def test_wsl_is_no_container_although_it_tells_systemd_so(survey_of, files):
    host, _ = host_of(survey_of, OWN | {"/run/WSL": folder()} | files)
    assert (host["is_wsl"], host["in_container"]) == (True, False)
    assert "container" not in host


def test_another_system_is_neither_wsl_nor_a_container(survey_of):
    host, _ = host_of(survey_of, {}, platform="darwin/arm64")
    assert (host["is_wsl"], host["in_container"]) == (False, False)
    assert "libc" not in host
