"""Names of images and platforms, as far as BuildKit refuses them.

Sources: `distribution/reference` and `containerd/platforms`, which BuildKit uses.
"""

from __future__ import annotations

import re

from engine.gather.dockerfile.refusal import Beyond, Refused

_LONGEST_NAME = 255
_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?P<host>{_HOST})/(?P<path>{_PART}(?:/{_PART})*)(?::(?P<tag>\w[\w.-]{{0,127}}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?",
    re.ASCII,
)
_DIGEST = re.compile(r"sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}")
_IDENTIFIER = re.compile(r"[a-f0-9]{64}")
_OS = re.compile(r"([A-Za-z0-9_-]+)(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%-]+)*\))?")
_PLATFORM_PART = re.compile(r"[A-Za-z0-9_.-]+")
_MOST_PARTS = 3
_SYSTEMS = frozenset((
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js",
    "linux", "macos", "nacl", "netbsd", "openbsd", "plan9", "solaris", "windows", "zos",
))  # fmt: skip
_ARCHITECTURES = frozenset((
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le",
    "loong64", "mips", "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc",
    "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm", "i386", "x86_64",
    "x86-64", "aarch64", "armhf", "armel",
))  # fmt: skip


def whole_name(name: str) -> str:
    """Give an image's name with its registry and tag: `golang` is docker.io/library/golang:latest.

    Raises `Refused` for what names no image.
    """
    if _IDENTIFIER.fullmatch(name):
        raise Refused("the base image is named by a bare identifier")
    host, slash, rest = name.partition("/")
    is_host = host == "localhost" or "." in host or ":" in host or host.lower() != host
    if not slash or not is_host:
        host, rest = "docker.io", name
    elif host == "index.docker.io":
        host = "docker.io"
    if host == "docker.io" and "/" not in rest:
        rest = "library/" + rest
    found = _REFERENCE.fullmatch(f"{host}/{rest}")
    if found is None or len(found["path"]) > _LONGEST_NAME:
        raise Refused("the name of an image is malformed; it has small letters only")
    if found["digest"] and not _DIGEST.fullmatch(found["digest"]):
        raise Refused("the digest of an image is malformed")
    return found[0] if found["tag"] or found["digest"] else f"{found[0]}:latest"


def check_platform(platform: str) -> None:
    """Raise `Refused` for what names no platform, `Beyond` for Windows, where all is different."""
    parts = platform.split("/")
    system = _OS.fullmatch(parts[0])
    is_formed = system and all(_PLATFORM_PART.fullmatch(part) for part in parts[1:])
    if system is None or not is_formed or len(parts) > _MOST_PARTS:
        raise Refused("the platform is malformed")
    if len(parts) == 1 and (
        system[1].lower() not in _SYSTEMS and parts[0].lower() not in _ARCHITECTURES
    ):
        raise Refused("the platform is neither a known system nor a known architecture")
    if system[1].lower() == "windows":
        raise Beyond("other_platform", "a stage of it is built for Windows")
