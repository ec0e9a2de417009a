"""What a machine is inside of: a container, Windows' subsystem for Linux; and its C library."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.elf import interpreter
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Host
    from engine.model.json_value import Json

RELEASE = "/proc/sys/kernel/osrelease"
CGROUPS = "/proc/1/cgroup"
INIT_ENVIRONMENT = "/proc/1/environ"
SYSTEMD = "/run/systemd/container"
WSL = "/run/WSL"

# Files that container engines put into the containers that they start.
_FILES = (("/.dockerenv", "docker"), ("/run/.containerenv", "podman"))
# WSL tells the systemd that it starts that this is a container (src/linux/init/init.cpp there).
_NO_ENGINES = frozenset(("", "wsl"))
_PARTS_OF_CGROUPS = (
    ("kubepods", "kubernetes"), ("docker", "docker"), ("libpod", "podman"), ("lxc", "lxc"),
    ("machine.slice", "systemd-nspawn"), ("containerd", "containerd"), ("crio", "cri-o"),
)  # fmt: skip

# The numbers of the namespaces that the machine itself begins with (include/linux/proc_ns.h).
_OF_THE_MACHINE = {"ipc": 0xEFFFFFFF, "uts": 0xEFFFFFFE, "pid": 0xEFFFFFFC}

_PROGRAMS = ("/bin/sh", "/usr/bin/env", "/bin/bash", "/bin/busybox")
_LIBRARIES = (
    ("ld-musl-", "musl"),
    ("ld-linux", "glibc"),
    ("ld64.so", "glibc"),
    ("ld.so.1", "glibc"),
)


@record
class Sign:
    """What shows that a machine is a container, and of which kind it says it is."""

    place: str
    engine: str


def libc(host: Host) -> str | Absent:
    """Give the C library that the machine's own programs ask for: `glibc` or `musl`."""
    if not host.platform.startswith("linux"):
        return Absent("unsupported", "only Linux lets a machine choose its C library")
    for program in _PROGRAMS:
        loader = os.path.basename(interpreter(host, program) or "")
        for beginning, name in _LIBRARIES:
            if loader.startswith(beginning):
                return name
    return Absent("missing", "no program of the machine tells its C library")


def is_wsl(host: Host) -> Json:
    """Say whether the kernel is that of the Windows Subsystem for Linux; may raise `HostError`."""
    release = host.read(RELEASE).decode("utf-8", "replace").lower()
    # Kernels that users build for it may be called anything, but its own init makes this folder.
    return "microsoft" in release or _is_there(host, WSL)


def sign_of_container(host: Host) -> Sign | None:
    """Give the first sign of a container that there is; may raise `HostError`."""
    for path, engine in _FILES:
        if _is_there(host, path):
            return Sign(path, engine)
    if (said := (_text(host, SYSTEMD) or "").strip()) not in _NO_ENGINES:
        return Sign(SYSTEMD, said)
    for entry in (_text(host, INIT_ENVIRONMENT) or "").split("\0"):
        name, _, said = entry.partition("=")
        if name == "container" and said not in _NO_ENGINES:
            return Sign(INIT_ENVIRONMENT, said)
    for part, engine in _PARTS_OF_CGROUPS:
        if part in (_text(host, CGROUPS) or ""):
            return Sign(CGROUPS, engine)
    return None


def has_own_namespaces(host: Host) -> bool | None:
    """Say whether processes here see less than the machine; None where only some do."""
    numbers = {kind: host.link_target(f"/proc/self/ns/{kind}") for kind in _OF_THE_MACHINE}
    own = {numbers[kind] != f"{kind}:[{number}]" for kind, number in _OF_THE_MACHINE.items()}
    return own.pop() if len(own) == 1 else None


def in_container(host: Host) -> tuple[bool | Absent, Sign | None]:
    """Say whether this is a container, and what shows it; may raise `HostError`.

    A sign alone does not: the file system of an image may run as a machine of its own. Neither
    does the lack of one, as containers of some engines have none.
    """
    sign = sign_of_container(host)
    if not host.is_live:
        if sign is None:
            return Absent(
                "not_collected", "a tree does not tell whether it runs in a container"
            ), None
        return True, sign
    own = has_own_namespaces(host)
    if sign is not None:
        doubt = f"{sign.place} says so, and the namespaces are those of the machine itself"
        return (Absent("ambiguous", doubt) if own is False else True), sign
    if own is False or _is_there(host, WSL):
        return False, None
    return Absent("opaque", "nothing says so, and the namespaces are not the machine's own"), None


def _is_there(host: Host, path: str) -> bool:
    try:
        host.status(path, follow=False)
    except HostError as error:
        if error.cause == "missing":
            return False
        raise
    return True


def _text(host: Host, path: str) -> str | None:
    """Give a file's text, or None where there is none or the user may not read it."""
    try:
        return host.read(path).decode("utf-8", "replace")
    except HostError:
        return None
