"""Names of images: which spellings mean the same one.

As docker reads them (github.com/distribution/reference, normalize.go): the first part is a registry
if it holds a dot or a colon, is `localhost` or has a capital letter; without one, it is Docker Hub,
whose own images lie in `library`. Without a tag and a digest, `latest` is meant.
"""

from __future__ import annotations

HUB = "docker.io"
LOCAL = "localhost"
"""Where podman puts what it builds under a short name; that it looks first for one."""

_OLD_HUB = "index.docker.io"
_OURS = "library/"


def familiar(reference: str) -> str:
    """Give a reference as people write it, with its tag: `golang:1.22`."""
    domain, path, rest = _split(reference)
    return _short(domain, path) + rest


def spellings(reference: str) -> tuple[str, ...]:
    """Give every spelling of a reference, the shortest first."""
    domain, path, rest = _split(reference)
    names = {f"{domain}/{path}"}
    if domain == HUB:
        names |= {path, f"{_OLD_HUB}/{path}"}
        if path.startswith(_OURS) and path.count("/") == 1:
            bare = path.removeprefix(_OURS)
            names |= {bare, f"{HUB}/{bare}", f"{_OLD_HUB}/{bare}"}
    ends = {rest, ""} if rest == ":latest" else {rest}
    return tuple(sorted((name + end for name in names for end in ends), key=_order))


def local_spellings(reference: str) -> tuple[str, ...]:
    """Give the spellings of an image of podman's; what it built is found without `localhost`."""
    names = spellings(reference)
    start = LOCAL + "/"
    bare = tuple(name.removeprefix(start) for name in names if name.startswith(start))
    return tuple(sorted({*names, *bare}, key=_order))


def repository(reference: str) -> str:
    """Give what stands before the tag and the digest, in full."""
    domain, path, _ = _split(reference)
    return f"{domain}/{path}"


def _order(name: str) -> tuple[int, str]:
    return len(name), name


def _short(domain: str, path: str) -> str:
    if domain != HUB:
        return f"{domain}/{path}"
    bare = path.removeprefix(_OURS)
    return path if "/" in bare else bare


def _split(reference: str) -> tuple[str, str, str]:
    """Give registry, path, and the tag and digest with the signs before them."""
    name, at, digest = reference.partition("@")
    last = name.rpartition("/")[2]
    tag = last.partition(":")[2]
    name = name[: -len(tag) - 1] if tag else name
    rest = (f":{tag}" if tag else "") + at + digest or ":latest"
    first, slash, others = name.partition("/")
    if not slash or not _is_registry(first):
        first, others = HUB, name
    if first == _OLD_HUB:
        first = HUB
    if first == HUB and "/" not in others:
        others = _OURS + others
    return first, others, rest


def _is_registry(first: str) -> bool:
    return "." in first or ":" in first or first == LOCAL or first != first.lower()
