"""Dev containers: what each devcontainer.json makes of an image, its environment and its commands.

An image may bring a configuration of its own along, in its label `devcontainer.metadata`: what the
file does not say may stand there, and nobody sees it who does not have the image. So what the
label may decide is unknown where the file is silent, and `image_container_env` and
`image_remote_env` are layers beneath the file's own of which nothing is known. Features have none
of these: what they set is in the image.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import assignments
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.devcontainer import lifecycle
from engine.gather.devcontainer.describing import PROBES, STATES, Description
from engine.gather.devcontainer.finding import Found, found
from engine.gather.devcontainer.origin import KINDS
from engine.gather.devcontainer.reading import read_config
from engine.gather.identities import Identities
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_LINE = number("Its line", 7)
_STEP = group(
    "One command",
    label=text("Its name in a mapping, whose commands run at the same time", "deps"),
    form=text("`string`: by `/bin/sh -c`; `array`: as it is", among=("string", "array")),
    text=text_or_secret("The text of a `string`", "go mod download"),
    argv=listing("The words of an `array`", text_or_secret("A word", "go")),
    line=_LINE,
)
_HOOK = group(
    "What runs at one moment",
    name=text("Which moment; `initializeCommand` runs outside", among=lifecycle.NAMES),
    form=text("How it is written; an `object` holds several", among=lifecycle.FORMS),
    commands=listing("The commands", _STEP),
    line=_LINE,
)
_FEATURE = group(
    "One feature",
    id=text_or_secret("Its id as it is written", "ghcr.io/devcontainers/features/go:1", "./tools"),
    local=flag("Whether it lies in the repository"),
    path=text("The folder of a local one", "/home/dana/shop/.devcontainer/tools", form="path"),
    options=listing(
        "Its options; a text alone is the `version`",
        group("One option", name=text("Which", "version"), value=text_or_secret("Value", "1.22")),
    ),
    container_env=assignments("What it does to the image's variables, where it is installed"),
    line=_LINE,
)
_SETTING = group(
    "One setting",
    key=text("Its name; those of gopls each by its own", "go.goroot", "gopls.build.buildFlags"),
    value=text_or_secret("A text, number or truth value", "/usr/local/go"),
    items=listing("The values of a list", text_or_secret("A value", "-mod=mod")),
    variables=assignments("The entries of a mapping"),
    line=_LINE,
)
_BUILD = group(
    "How the image is built",
    dockerfile=text("The Dockerfile", "/home/dana/shop/.devcontainer/Dockerfile", form="path"),
    context=text("The folder that it is built from", "/home/dana/shop", form="path"),
    target=text("The stage that is built; missing for the last", "dev"),
    stage=text(
        "The stage that is built, by its id among those of Dockerfiles",
        ".devcontainer/Dockerfile/dev",
    ),
    args=assignments("What is given to ARG"),
)
_COMPOSE = group(
    "The service that becomes the dev container",
    files=listing("The Compose files", text("A file", "/home/dana/shop/compose.yml", form="path")),
    service=text("The service", "app"),
)
_CONTAINER = group(
    "One dev container",
    id=text(
        "The folder of the file below .devcontainer, or the beginning of the file's name",
        ".devcontainer",
        "api",
    ),
    file=text("The file", "/home/dana/shop/.devcontainer/devcontainer.json", form="path"),
    line=number("Where its configuration begins", 1),
    state=text(
        "Whether it could be read; the Dev Container CLI gives up at one that is `broken`",
        among=STATES,
    ),
    reason=text("Why it could not be read", "it holds no JSON object"),
    default=flag("Whether it counts where nobody says which"),
    name=text_or_secret("Its name for people", "Shop"),
    kind=text("What it is made from", among=KINDS),
    image=text_or_secret("The image, with `kind: image`", "golang:1.22"),
    build=_BUILD,
    compose=_COMPOSE,
    workspace_folder=text_or_secret(
        "The folder in the container where commands run", "/workspaces/shop", form="path"
    ),
    container_env=assignments(
        "`containerEnv`: what the container is started with, over the image's variables; "
        "references `of` the `local` machine"
    ),
    run_args_env_file=assignments(
        "What the files of `--env-file` in `runArgs` do: beneath `container_env`"
    ),
    run_args_env=assignments("What `-e` in `runArgs` does: over `container_env`"),
    user_env_probe=text(
        "The shell whose variables are read when the container has started; where the file does "
        "not say, the image's label may, and without one it is `loginInteractiveShell`",
        among=PROBES,
    ),
    image_container_env=assignments(
        "What the image's label adds beneath `container_env`: unknown without the image"
    ),
    image_remote_env=assignments(
        "What the image's label adds beneath `remote_env`: unknown without the image"
    ),
    remote_env=assignments(
        "`remoteEnv`: what editors and commands in the container get besides; references `of` "
        "the `local` machine or the `container`"
    ),
    null_remote_env=listing(
        "Variables that `remoteEnv` has as null: the Dev Container CLI makes the text `null` of "
        "them",
        text("A variable", "GOFLAGS"),
    ),
    remote_user=text_or_secret("Who runs editors and commands", "vscode"),
    container_user=text_or_secret("Who runs the container", "root"),
    override_command=flag("Whether the image's own command is kept from running"),
    features=listing("What is installed besides", _FEATURE),
    lifecycle=listing("The commands of the file that run by themselves, in their order", _HOOK),
    secrets=listing("Variables that a user is asked for", text("A variable", "GITHUB_TOKEN")),
    customizations_vscode_settings=listing(
        "What it sets of Go, gopls and terminals in VS Code in the container", _SETTING
    ),
)
_FACTS = {"devcontainers": listing("The dev containers of a repository", _CONTAINER)}
_KEYS = tuple(_CONTAINER["properties"])


@collector("devcontainer", subjects=("workstation", "repository"), facts=_FACTS)
def devcontainer(survey: Survey) -> Iterator[Fact]:
    """What devcontainer.json says of containers for development, their variables and commands."""
    rows: list[Json] = []
    names = Identities()
    for each in found(survey):
        if isinstance(each, Absent):
            rows.append(each)
            continue
        place = Provenance(None, os.path.basename(each.path), each.path)
        rows.append(Sourced(_row(survey, each, names.unique(each.name)), place))
    yield Fact("devcontainers", rows, Provenance(origin="devcontainer.json"))


def _row(survey: Survey, each: Found, name: str) -> JsonObject:
    row: JsonObject = {"id": name, "file": each.path, "default": each.is_default}
    if isinstance(each.content, Absent):
        return row | _holes(row, "unreadable", each.content)
    config = read_config(each.content, each.path, each.workspace, survey)
    if isinstance(config, Absent):
        state = "broken" if config.cause == "parse_error" else "unreadable"
        return row | _holes(row, state, config)
    row |= {"line": config.root.place.line, "state": "present"}
    return row | Description(survey, config, each.workspace).as_json()


def _holes(row: JsonObject, state: str, hole: Absent) -> JsonObject:
    known: JsonObject = {"state": state, "reason": hole.detail}
    return known | {key: hole for key in _KEYS if key not in row and key not in known}
