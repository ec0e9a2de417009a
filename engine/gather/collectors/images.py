"""Container images: the variables and the commands that they set for their containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import assignments, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, text, text_or_secret
from engine.gather.host import HostError
from engine.gather.images.asking import TOOLS, find
from engine.gather.images.references import (
    LOCAL,
    familiar,
    local_spellings,
    repository,
    spellings,
)
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.images.answers import Image
    from engine.gather.images.asking import Found
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_WORDS = listing("Its words", text_or_secret("A word", "/bin/sh", "-c"))
_IMAGE = group(
    "One name of an image",
    id=text("The name as people write it, with its tag or digest", "golang:1.22"),
    names=listing(
        "All spellings by which the tool finds it",
        text("A spelling", "golang", "docker.io/library/golang:latest"),
    ),
    image=text("The digest of its configuration", "sha256:be249dc560ac"),
    digest=text(
        "The digest under which a registry has it; missing if none has", "sha256:74f2cfe39af4"
    ),
    env=assignments("The variables that its containers get"),
    entrypoint=group("What containers run; missing where nothing is said", argv=_WORDS),
    cmd=group(
        "What they run without an entrypoint, or hand to it; missing where nothing is said",
        argv=_WORDS,
    ),
    shell=listing(
        "What runs a command that is one text; missing where it is docker's own, `/bin/sh -c`",
        text_or_secret("A word", "/bin/bash", "-c"),
    ),
    user=text_or_secret("As whom they run; missing where that is root", "1000:1000"),
    workdir=text_or_secret("Where they start; missing where that is `/`", "/src", form="path"),
    os=text("The system that it is for", "linux"),
    arch=text("The processor that it is for", "amd64"),
)
_FACTS = {
    "images": group(
        "The images that docker or podman has on this machine; only where they are asked for",
        state=text("What came of asking", among=("answered", "failed", "missing")),
        tool=text("The tool that was asked; missing where there is none", among=TOOLS),
        list=listing("The images, once under each name", _IMAGE),
    )
}
_SECONDS = 120.0


@collector("images", subjects=("workstation",), facts=_FACTS, live=True, seconds=_SECONDS)
def images(survey: Survey) -> Iterator[Fact]:
    """What images set for their containers, as docker or podman says; only with `--images`."""
    if not survey.launch.images:
        raise HostError("not_collected", "docker or podman is asked for it with `--images` only")
    found = find(survey)
    value: JsonObject = {} if found.tool is None else {"tool": found.tool}
    if isinstance(found.images, Absent):
        state = "missing" if found.tool is None else "failed"
        value |= {"state": state, "list": found.images}
    else:
        value |= {"state": "answered", "list": _told(survey, found, found.images)}
    yield Fact("images", value, _origin(found))


def _origin(found: Found) -> Provenance:
    return Provenance(None, f"{found.tool or 'docker'} image inspect", found.path)


def _told(survey: Survey, found: Found, given: tuple[Image | Absent, ...]) -> list[Json]:
    rows: list[Json] = [each for each in given if isinstance(each, Absent)]
    named = [
        (name, each) for each in given if not isinstance(each, Absent) for name in _names(each)
    ]
    # Of two that a short name may mean, podman takes the one that was built here.
    named.sort(key=lambda pair: not pair[0].startswith(LOCAL + "/"))
    taken: set[str] = set()
    for name, image in named:
        all_names = (local_spellings if found.tool == "podman" else spellings)(name)
        free = [each for each in all_names if each not in taken]
        taken.update(free)
        rows.append(Sourced(_row(survey, found, name, free, image), _origin(found)))
    return rows


def _names(image: Image) -> tuple[str, ...]:
    """Give the names under which an image is told: one without a tag goes by its digests."""
    return image.tags or image.digests


def _row(survey: Survey, found: Found, name: str, names: list[str], image: Image) -> JsonObject:
    hide = survey.redaction.text
    row: JsonObject = {"id": familiar(name), "names": list(names), "image": image.name}
    here = repository(name)
    digests = [each.partition("@")[2] for each in image.digests if repository(each) == here]
    if digests:
        several = Absent("ambiguous", "a registry has it under several digests")
        row["digest"] = digests[0] if len(digests) == 1 else several
    row["env"] = (
        image.variables
        if isinstance(image.variables, Absent)
        else told(image.variables, survey.redaction, f"{found.tool} image inspect", None)
    )
    for key, words in (("entrypoint", image.entrypoint), ("cmd", image.command)):
        if words is not None:
            row[key] = words if isinstance(words, Absent) else {"argv": [*map(hide, words)]}
    if image.shell is not None:
        words = image.shell
        row["shell"] = words if isinstance(words, Absent) else [*map(hide, words)]
    for key, said in (
        ("user", image.user),
        ("workdir", image.directory),
        ("os", image.system),
        ("arch", image.processor),
    ):
        if said is not None:
            row[key] = said if isinstance(said, Absent) else hide(said)
    return row
