"""Dockerfiles: their stages, and which environment each gives to containers and to its RUN."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

from engine.gather.assignments import assignments
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.dockerfile.finding import dockerfiles
from engine.gather.dockerfile.reading import read
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.dockerfile.telling import ORIGIN, Teller
from engine.gather.host import HostError
from engine.gather.identities import Identities
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.dockerfile.model import Dockerfile
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_PATH = "/home/dana/shop/Dockerfile"
_STATES = (
    "present",
    "refused",
    "other_syntax",
    "other_platform",
    "too_deep",
    "too_large",
    "unreadable",
)
_PLACE = {
    "file": text("The file that says so", _PATH, form="path"),
    "line": number("Its line", 4),
}


def _args(about: str) -> JsonObject:
    return listing(about, text("A name", "GO_VERSION"))


def _variables(about: str) -> JsonObject:
    declared: Any = assignments(about)
    declared["items"]["properties"]["depends_on_args"] = _args(
        "The build arguments whose defaults the value rests on, and which `--build-arg` may replace"
    )
    return cast("JsonObject", declared)


_ARGUMENTS = listing(
    "The build arguments that it declares",
    group(
        "One build argument",
        name=text("Its name", "GO_VERSION"),
        default=text_or_secret("Its default, if it has one", "1.22"),
        **_PLACE,
    ),
)
_ARGV = listing("Its words, in the exec form", text_or_secret("A word", "go"))
_TEXT = text_or_secret("Its text, in the shell form", "go build ./...")
_FORM = text("How it is written", among=("exec", "shell", "none"))
_SHELL = listing(
    "The shell that the shell form goes to; unknown where the base image may set one",
    text_or_secret("A word", "/bin/sh"),
)


def _start(about: str) -> JsonObject:
    return group(
        about,
        form=_FORM,
        argv=_ARGV,
        text=_TEXT,
        shell=_SHELL,
        **{
            "from": text(
                "Who says so: the stage, a stage of the file that it is built on, or the base",
                among=("own", "inherited", "base"),
            )
        },
        **_PLACE,
    )


_RUN = group(
    "One RUN",
    form=_FORM,
    argv=_ARGV,
    text=_TEXT,
    shell=_SHELL,
    login_shell=flag("Whether its words, or a SHELL of the file, start a login shell"),
    writes_startup=listing(
        "Start-up files of shells that its text writes to by `>`, `>>` or `tee`",
        text_or_secret("A file, as it is written there", "/etc/profile.d/go.sh"),
    ),
    **_PLACE,
)
_BASE = group(
    "What it is built on; with stages built on stages, what the outermost is built on",
    kind=text("What that is", among=("image", "scratch", "unknown")),
    name=text_or_secret("Its name, with build arguments put in", "golang:1.22"),
    reference=text_or_secret(
        "The name with registry and tag; `scratch` has none of its own",
        "docker.io/library/golang:1.22",
    ),
    depends_on_args=_args("The build arguments whose defaults are in the name"),
    **_PLACE,
)
_STAGE = group(
    "One stage",
    id=text("The file, and the stage unless it is the last", "Dockerfile", "Dockerfile/build"),
    names=listing(
        "What else it is called: the last one by its name, where that is a target",
        text("A name", "Dockerfile/final"),
    ),
    position=number("Its number, from 0", 0),
    name=text("Its name, in small letters, if it has one", "build"),
    is_final=flag("Whether it is the last of its file, which `docker build` builds"),
    state=text("What BuildKit makes of it", among=("present", "refused")),
    reason=text("Why it is refused", "a quote is not closed"),
    reason_line=number("The line for which it is", 7),
    base=_BASE,
    base_stage=text("The id of the stage that it is built on, if it is one", "Dockerfile/build"),
    env=_variables(
        "The variables that the image sets, each as it is at the end; `inherited` are those of "
        "the base image, among which there always is a PATH"
    ),
    build_env=_variables("The variables of a RUN at its end, build arguments among them"),
    args=_ARGUMENTS,
    user=text_or_secret("The user that processes run as", "nonroot"),
    workdir=text_or_secret("The folder that they start in", "/src", form="path"),
    shell=_SHELL,
    entrypoint=_start("The program that containers start"),
    cmd=_start("The arguments of that program, or the program where there is none"),
    runs=listing("Its RUN instructions, in order; not those of the stage it is built on", _RUN),
    copies_startup=listing(
        "Start-up files of shells that COPY or ADD puts into it",
        group(
            "One of them", path=text_or_secret("Where it is put", "/etc/profile.d/go.sh"), **_PLACE
        ),
    ),
    build_depends_on=listing(
        "Variables of the base image, or arguments of the platform, that decide whether the build "
        "succeeds at all",
        text("A name", "GOPATH"),
    ),
    **_PLACE,
)
_FACTS = {
    "docker": group(
        "Dockerfiles in the directory and three levels below it, read as BuildKit reads them",
        files=listing(
            "The files",
            group(
                "One file",
                path=text("Where it is", _PATH, form="path"),
                state=text(
                    "What `docker build` makes of it: it is refused, written in another language, "
                    "or beyond what the engine follows",
                    among=_STATES,
                ),
                reason=text("Why it is not present", "it has no stages"),
                line=number("The line for which it is", 3),
                syntax=text("Its directive `syntax`", "docker/dockerfile:1"),
                check=text("Its directive `check`", "error=true"),
                escape=text("Its escape character", "\\"),
                stages=number("How many it has", 2, unit="stages"),
                args=_ARGUMENTS,
            ),
        ),
        stages=listing("The stages of all files", _STAGE),
        suspects=listing(
            "Variables and build arguments that hold a secret, to judge by their names",
            group(
                "One of them",
                name=text("Its name", "NPM_TOKEN"),
                how=text("What sets or declares it", among=("env", "arg")),
                value=text_or_secret(
                    "Its value, always hidden; missing where it has none", "(hidden)"
                ),
                **_PLACE,
            ),
        ),
        same_instruction_references=listing(
            "Variables whose value names one that the same instruction sets, and so its old value",
            group(
                "One of them",
                name=text("The variable", "PATH"),
                refers_to=text("The one that it names", "GOROOT"),
                **_PLACE,
            ),
        ),
    )
}


@collector("docker", subjects=("workstation", "repository"), facts=_FACTS)
def docker(survey: Survey) -> Iterator[Fact]:
    """The stages of Dockerfiles, and the environment that each gives to containers and builds."""
    gathering = _Gathering(survey)
    for path in dockerfiles(survey.host, survey.directory):
        if isinstance(path, Absent):
            for rows in gathering.rows.values():
                rows.append(path)
        else:
            gathering.add(path)
    value: JsonObject = dict(gathering.rows)
    yield Fact("docker", value, Provenance(origin="the Dockerfiles of the directory"))


class _Gathering:
    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._ids = Identities()
        self.rows: dict[str, list[Json]] = {
            "files": [], "stages": [], "suspects": [], "same_instruction_references": [],
        }  # fmt: skip

    def add(self, path: str) -> None:
        """Read a file, and tell it and its stages."""
        within = self._survey.directory if self._survey.subject == "repository" else None
        try:
            found = read(self._survey.host.read(path, within=within))
        except HostError as error:
            self._file(path, {"state": "unreadable", "reason": error.detail}, None)
            self._open(error.hole())
        except Refused as refused:
            self._file(path, {"state": "refused", "reason": self._why(refused)}, refused.line)
        except Beyond as beyond:
            self._file(path, {"state": beyond.state, "reason": self._why(beyond)}, beyond.line)
            cause = "too_large" if beyond.state == "too_large" else "unsupported"
            self._open(Absent(cause, f"{path}: {self._why(beyond)}"))
        else:
            self._add_stages(path, found)

    def _why(self, error: Refused | Beyond) -> str:
        return self._survey.redaction.words(error.reason)

    def _open(self, hole: Absent) -> None:
        """Leave the lists open of what a file might hold that is not known."""
        for name, rows in self.rows.items():
            if name != "files":
                rows.append(hole)

    def _file(self, path: str, row: JsonObject, line: int | None) -> None:
        row = {"path": path} | row | ({"line": line} if line is not None else {})
        self.rows["files"].append(Sourced(row, Provenance(None, ORIGIN, path, line)))

    def _add_stages(self, path: str, found: Dockerfile) -> None:
        teller = Teller(self._survey.redaction, path)
        last = found.stages[-1]
        row: JsonObject = {
            "state": _state(found),
            "escape": found.escape,
            "stages": len(found.stages),
            "args": [teller.argument(each) for each in found.args],
        }
        row |= {
            name: self._survey.redaction.text(found.directives[name])
            for name in ("syntax", "check")
            if name in found.directives
        }
        row |= {"reason": self._why(last.refused)} if last.refused is not None else {}
        self._file(path, row, None if last.refused is None else last.refused.line)
        ids = {stage.number: self._id(path, found, stage.number) for stage in found.stages}
        self.rows["suspects"] += teller.suspects(found.args)
        for stage in found.stages:
            self.rows["stages"].append(teller.stage(stage, ids, is_final=stage is last))
            self.rows["suspects"] += teller.suspects(stage.settings)
            self.rows["same_instruction_references"] += teller.same_references(stage)

    def _id(self, path: str, found: Dockerfile, number_: int) -> str:
        """Give what a person would call a stage: its file, and its name or number."""
        made = os.path.relpath(path, self._survey.directory)
        if number_ != len(found.stages) - 1:
            made = f"{made}/{found.stages[number_].name or number_}"
        return self._ids.unique(made)


def _state(found: Dockerfile) -> Json:
    """Say what a plain `docker build` makes of a file."""
    if found.stages[-1].refused is not None:
        return "refused"
    if found.strict:
        return Absent("unsupported", "its directive `check` has warnings refused, too")
    return "present"
