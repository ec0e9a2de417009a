"""The compose project of the directory: its files and services, and what they set in containers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.gather.assignments import assignments
from engine.gather.collector import Fact, collector
from engine.gather.compose.files import Files
from engine.gather.compose.project import Finding
from engine.gather.compose.telling import Telling
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.eyes import require_readable
from engine.gather.go.modules import work_tree
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import JsonObject

_FILE = text("The file that says so", "/home/dana/shop/compose.yaml", form="path")
_LINE = number("Its line", 3)
_COMMAND = group(
    "What is run; unknown words depend on variables of whoever runs compose",
    form=text("Whether it is one text, which compose splits, or a list", among=("text", "list")),
    argv=listing("Its words", text_or_secret("A word", "serve")),
)
_FILES = listing(
    "The files that the project is made of, in the order in which they are read",
    group(
        "One file",
        path=text("The file", "/home/dana/shop/compose.yaml", form="path"),
        by=text("How compose comes to it", among=("default", "COMPOSE_FILE", "include", "extends")),
        state=text("What became of it", among=("present", "refused", "unknown")),
        reason=text("Why it is not taken", "a key stands twice in one mapping"),
        line=number("The line that is to blame", 7),
    ),
)
_PROJECT = group(
    "The project as a whole",
    directory=text("Its directory", "/home/dana/shop", form="path"),
    name=text_or_secret("Its name, unless the shell has COMPOSE_PROJECT_NAME", "shop"),
    env_file=text(
        "The last `.env` file that is read for it; missing where there is none",
        "/home/dana/shop/.env",
        form="path",
    ),
    env=assignments(
        "What its `.env` sets for texts of the files, not for containers; the shell that runs "
        "compose comes first"
    ),
    required=listing(
        "What the shell has to have, or compose may refuse the project (`${X:?}`)",
        group(
            "One variable, where it is first asked for",
            variable=text("The variable", "IMAGE_TAG"),
            not_empty=flag("Whether an empty one does not do"),
            file=_FILE,
            line=_LINE,
        ),
    ),
)
_BUILD = group(
    "How its image is built; missing where it only names one",
    context=text_or_secret("The folder or address that is built", "/home/dana/shop"),
    dockerfile=text_or_secret("The Dockerfile", "/home/dana/shop/Dockerfile"),
    target=text_or_secret("The stage that is asked for; missing for the last one", "build"),
    stage=text_or_secret(
        "The stage's id: its Dockerfile, and behind a slash the target that is asked for",
        "Dockerfile/build",
    ),
    args=assignments(
        "The arguments it is given; one that nobody has a value for stays as the Dockerfile says"
    ),
)
_ENV_FILE = group(
    "One entry",
    path=text_or_secret("The file", "/home/dana/shop/web.env"),
    required=flag("Whether compose refuses to run without it"),
    format=text("How it is read: as compose does, or `raw`", "compose", "raw"),
    state=text(
        "What became of it", among=("present", "missing", "unreadable", "refused", "unknown")
    ),
    assignments=assignments("What it sets in the container"),
)
_SERVICE = group(
    "One service",
    id=text("Its name", "web"),
    file=_FILE,
    line=_LINE,
    image=text_or_secret("Its image, or what the one that is built is called", "golang:1.22"),
    build=_BUILD,
    profiles=listing("The profiles that switch it on", text("A profile", "debug")),
    enabled=flag("Whether it runs where no profile is asked for by an option"),
    env_files=listing("The files of `env_file`; a later one wins over an earlier one", _ENV_FILE),
    environment=assignments(
        "The variables that `environment` sets; they win over those of all files"
    ),
    entrypoint=_COMMAND,
    command=_COMMAND,
    tty=flag("Whether its container has a terminal"),
    user=text_or_secret("Whom it runs as; missing where the image says", "1000:1000"),
    working_dir=text_or_secret("Where it runs; missing where the image says", "/src"),
    refused=text(
        "Why compose refuses the project because of this service; missing where it does not",
        "it has neither an image nor a build",
    ),
)
_FACTS = {
    "compose": group(
        "The compose project of the directory, as Docker Compose 2 finds it without options",
        state=text(
            "What came of it: `missing` where there is no file, `refused` where compose loads "
            "nothing, `unknown` where that cannot be told",
            among=("present", "missing", "refused", "unknown"),
        ),
        reason=text("Why it is refused", "a key stands twice in one mapping"),
        files=_FILES,
        project=_PROJECT,
        services=listing("Its services", _SERVICE),
    )
}


@collector("compose", subjects=("workstation", "repository"), facts=_FACTS)
def compose(survey: Survey) -> Iterator[Fact]:
    """The compose project of the directory, its services, and what each sets in its container."""
    top = work_tree(survey.host, survey.directory)
    is_repository = survey.subject == "repository"
    client = {} if is_repository else survey.host.environment
    within = top if is_repository else None
    files = Files(survey.host, within, partial(require_readable, survey))
    finding = Finding(files, survey.directory, top if is_repository else "/", client)
    project = finding.project()
    value: JsonObject = Telling(survey, project, finding.profiles()).told()
    yield Fact("compose", value, Provenance(origin="compose's own rules"))
