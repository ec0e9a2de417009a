"""Facts documents for the workload: a developer environment in good order, and varied copies of it.

Every document holds every fact that a rule asks for: how an engine treats missing data differs too
much between engines to be compared by time.
"""

from __future__ import annotations

import copy
import functools
import json
import random
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
Keys: TypeAlias = list[str]

SEED = 20261123
FEW, MANY = 0.02, 0.1
"""The share of values and rules out of order: few to take time, many to compare verdicts."""

LISTS: tuple[tuple[Keys, str], ...] = (
    (["search", "executables"], "dir"),
    (["search", "executables"], "owner"),
    (["search", "executables"], "size"),
    (["editor", "extensions"], "enabled"),
    (["editor", "extensions"], "release"),
    (["project", "requires"], "path"),
    (["project", "requires"], "age"),
    (["container", "stages"], "workdir"),
    (["container", "stages"], "layers"),
)
"""The lists that rules quantify over, each with a field of its elements."""

DIRECTORIES = (
    *("/home/dev/.local/bin", "/home/dev/go/bin", "/usr/local/go/bin", "/home/dev/.cargo/bin"),
    *("/home/dev/.asdf/shims", "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"),
    *("/sbin", "/bin"),
)
_TOOLS = """
    go gofmt gopls dlv staticcheck golangci-lint goimports git docker docker-compose node npm npx
    python3 pip make cmake gcc g++ ld cargo rustc java javac mvn kubectl helm terraform jq yq curl
    wget ssh rsync bash zsh fish tmux vim nano code
"""
_GO_VARIABLES = """
    GOARCH GOAMD64 GOAUTH GOBIN GOCACHE GOENV GOEXE GOFLAGS GOHOSTARCH GOHOSTOS GOINSECURE
    GOMODCACHE GONOPROXY GONOSUMDB GOOS GOPATH GOPRIVATE GOPROXY GOROOT GOSUMDB GOTELEMETRY
    GOTMPDIR GOTOOLCHAIN GOTOOLDIR GOVCS GOVERSION GOWORK CGO_ENABLED CC CXX
"""
_GO_SETTINGS = {
    "GOROOT": "/usr/local/go",
    "GOOS": "linux",
    "GOARCH": "amd64",
    "CGO_ENABLED": "1",
    "GOTOOLCHAIN": "auto",
}
_SHELLS = ("login", "interactive", "terminal", "tools", "debugger", "container")


@functools.cache
def base_document() -> Document:
    """A developer environment in good order, about 36 KB of JSON; only for reading."""
    chance = random.Random(SEED)
    go_env = {name: f"/home/dev/go/{name.lower()}" for name in _GO_VARIABLES.split()} | _GO_SETTINGS
    return {
        "host": {
            "os": "linux",
            "arch": "amd64",
            "distribution": "debian",
            "user": "dev",
            "home": "/home/dev",
            "cores": 8,
            "memory": 32768,
        },
        "go": {
            "installed": True,
            "release": 24,
            "patch": 3,
            "env": go_env,
            "cache": {"size": 4096, "limit": 20480},
        },
        "search": {
            "entries": list(DIRECTORIES),
            "executables": [_executable(name, chance) for name in _TOOLS.split()],
        },
        "shells": {name: _shell(name, go_env) for name in _SHELLS},
        "editor": {
            "name": "code",
            "settings": {
                f"setting{nth}": chance.choice(("on", "off", "auto")) for nth in range(40)
            },
            "extensions": [_extension(nth, chance) for nth in range(40)],
        },
        "project": {
            "go": 22,
            "module": "acme.example/shop",
            "root": "/home/dev/shop",
            "requires": [_requirement(nth, chance) for nth in range(80)],
        },
        "files": {f"file{nth}": _file(chance) for nth in range(85)},
        "container": {
            "stages": [_stage(nth, chance) for nth in range(30)],
            "user": "dev",
            "cores": 8,
        },
    }


def _executable(name: str, chance: random.Random) -> Document:
    return {
        "name": name,
        "dir": chance.choice(DIRECTORIES),
        "resolved": f"/usr/lib/{name}/bin/{name}",
        "managed_by": chance.choice(("none", "asdf", "debian")),
        "owner": "root",
        "size": chance.randrange(10_000, 900_000),
        "mode": 755,
    }


def _shell(name: str, go_env: Document) -> Document:
    return {"name": name, "depth": 1, "env": {**go_env, "SHELL": "/bin/bash", "LANG": "C.UTF-8"}}


def _extension(nth: int, chance: random.Random) -> Document:
    return {
        "id": f"acme.extension-{nth}",
        "release": chance.randrange(1, 40),
        "enabled": True,
        "publisher": "acme",
    }


def _requirement(nth: int, chance: random.Random) -> Document:
    return {
        "path": f"acme.example/library-{nth}/v{chance.randrange(2, 9)}",
        "version": f"v{chance.randrange(2, 9)}.{chance.randrange(30)}.{chance.randrange(9)}",
        "indirect": bool(nth % 3),
        "age": chance.randrange(400),
    }


def _file(chance: random.Random) -> Document:
    return {
        "kind": "file",
        "mode": 644,
        "lines": chance.randrange(400),
        "digest": f"{chance.getrandbits(128):032x}",
        "owner": "dev",
    }


def _stage(nth: int, chance: random.Random) -> Document:
    return {
        "name": f"stage-{nth}",
        "image": f"acme.example/base:{chance.randrange(1, 20)}",
        "workdir": f"/srv/app/{nth}",
        "user": chance.choice(("dev", "build")),
        "layers": chance.randrange(1, 60),
    }


def documents(count: int, share: float = FEW) -> list[Document]:
    """So many copies of the base document, always the same, with a share of the values changed."""
    chances = (random.Random(f"{SEED} {share} {number}") for number in range(count))
    return [_varied(base_document(), share, chance) for chance in chances]


def _varied(base: Document, share: float, chance: random.Random) -> Document:
    document = copy.deepcopy(base)
    for keys, value in scalars(document):
        if chance.random() < share:
            _put(document, keys, other_than(value, chance))
    for keys, field in LISTS:
        if chance.random() < share * 5:
            element = chance.choice(document[keys[0]][keys[1]])
            element[field] = other_than(element[field], chance)
    for name in ("executables", "entries"):
        if chance.random() < share * 5:
            chance.shuffle(document["search"][name])
    return document


def other_than(value: Any, chance: random.Random) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return max(0, value + chance.randrange(-value - 1, value + 2))
    return chance.choice((f"/opt/other{value}", value.upper(), ""))


def scalars(value: Any, keys: Keys | None = None) -> list[tuple[Keys, Any]]:
    """Every scalar below mappings, with the keys that lead to it; lists are for the quantifiers."""
    keys = keys or []
    if isinstance(value, dict):
        return [found for key, child in value.items() for found in scalars(child, [*keys, key])]
    return [] if isinstance(value, list) else [(keys, value)]


def _put(document: Document, keys: Keys, value: Any) -> None:
    for key in keys[:-1]:
        document = document[key]
    document[keys[-1]] = value


def as_bytes(document: Document) -> bytes:
    """A document as it lies on disk."""
    return json.dumps(document, separators=(",", ":")).encode()
