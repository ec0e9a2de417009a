"""What `docker image inspect` and `podman image inspect` answer.

Both write a list of mappings with `RepoTags`, `RepoDigests` and `Config`. What a version leaves out
where it is empty, another writes as null; podman never tells the shell of an image.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject

_NO_SHELL = Absent("unsupported", "podman does not tell the shell of an image")


@record
class Image:
    """An image: its names, its digests by repository, and what holds for its containers.

    What is None the image says nothing about; docker takes its own default then.
    """

    name: str
    tags: tuple[str, ...]
    digests: tuple[str, ...]
    variables: tuple[Assignment | Absent, ...] | Absent
    entrypoint: tuple[str, ...] | Absent | None
    command: tuple[str, ...] | Absent | None
    shell: tuple[str, ...] | Absent | None
    user: str | Absent | None
    directory: str | Absent | None
    system: str | Absent | None
    processor: str | Absent | None


def images_in(answer: bytes) -> tuple[Image | Absent, ...] | Absent:
    """Give the images of an answer; one that is of another form is a hole."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):  # bytes that are no UTF-8 included
        return Absent("parse_error", "the answer is not JSON")
    if not isinstance(found, list):
        return Absent("parse_error", "the answer is no list of images")
    return tuple(_image(each) for each in found)


def _image(found: Json) -> Image | Absent:
    config = found.get("Config") if isinstance(found, dict) else None
    name = found.get("Id") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(name, str):
        return _odd("an image")
    tags, digests = _texts(found, "RepoTags"), _texts(found, "RepoDigests")
    if isinstance(tags, Absent) or isinstance(digests, Absent):
        return _odd("the list of an image's names")
    config = config if config is not None else {}
    if not isinstance(config, dict):
        return Absent(
            "parse_error", "the configuration of an image is of another form than we know"
        )
    shell = _texts(config, "Shell")
    is_podman = "ManifestType" in found
    return Image(
        name if ":" in name else f"sha256:{name}",
        _real(tags),
        _real(digests),
        _variables(config),
        _texts(config, "Entrypoint"),
        _texts(config, "Cmd"),
        _NO_SHELL if is_podman and shell is None else shell,
        _text(config, "User"),
        _text(config, "WorkingDir"),
        _text(found, "Os"),
        _text(found, "Architecture"),
    )


def _real(names: tuple[str, ...] | None) -> tuple[str, ...]:
    """Leave out what older versions write for an image without a name: `<none>:<none>`."""
    return tuple(name for name in names or () if "<none>" not in name)


def _text(found: JsonObject, key: str) -> str | Absent | None:
    """Give a text; one that is empty says nothing."""
    value = found.get(key)
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else _odd(key)


def _texts(found: JsonObject, key: str) -> tuple[str, ...] | Absent | None:
    """Give a list of texts; one that is empty says nothing."""
    value = found.get(key)
    if value is None or value == []:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return _odd(key)
    return tuple(value)


def _variables(config: JsonObject) -> tuple[Assignment | Absent, ...] | Absent:
    entries = _texts(config, "Env")
    if isinstance(entries, Absent):
        return entries
    return tuple(_variable(each) for each in entries or ())


def _variable(entry: str) -> Assignment | Absent:
    name, equals, value = entry.partition("=")
    if not equals or not name:
        return _odd("an entry of Env")
    return Assignment(name, (value,))


def _odd(key: str) -> Absent:
    return Absent("parse_error", f"{key} is of another form than we know")
