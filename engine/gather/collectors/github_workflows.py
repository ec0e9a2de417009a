"""GitHub Actions: the steps of the repository's workflows, and the variables that they get."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Teller, assignments
from engine.gather.ci.github import Step, steps_of
from engine.gather.ci.github_local import Repository
from engine.gather.ci.github_scalars import text_of
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, number, text, text_or_secret
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.identities import Identities
from engine.gather.plain_yaml import ENDINGS, documents
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Assignment
    from engine.gather.survey import Survey
    from engine.loading.nodes import Node
    from engine.model.json_value import Json, JsonObject

_ORIGIN = "a workflow of GitHub Actions"
_FOLDER = (".github", "workflows")
_FILES_LIMIT = 300
_STATES = ("read", "broken", "unreadable")
_FILE = text("The workflow", "/home/dana/shop/.github/workflows/ci.yml", form="path")
_FACTS = {
    "github": group(
        "Workflows of GitHub Actions in the repository of the directory",
        workflows=listing(
            "The workflows",
            group(
                "One workflow",
                file=_FILE,
                state=text("What became of it", among=_STATES),
                name=text_or_secret("Its name", "CI"),
            ),
        ),
        steps=listing(
            "The steps of all jobs; of the runner's own variables nothing is known",
            group(
                "One step",
                id=text(
                    "What it is called here: file, job, number", ".github/workflows/ci.yml/test/2"
                ),
                file=_FILE,
                line=number("Its line", 12),
                workflow=text_or_secret("The workflow's name", "CI"),
                job=text("The job", "test"),
                step=number("The number of the step in the job, from 1", 2, unit="steps"),
                name=text_or_secret("Its name", "Run the tests"),
                uses=text_or_secret("The action that it uses", "actions/setup-go@v6"),
                run=text_or_secret("The script that it runs, as it is written", "go test ./..."),
                shell=group(
                    "What runs the script",
                    name=text_or_secret("The shell", "bash"),
                    argv=listing(
                        "The command, with `{0}` for the script's file",
                        text_or_secret("A word", "bash", "-e", "{0}"),
                    ),
                ),
                working_directory=text_or_secret("Where it runs, below the checkout", "api"),
                runs_on=listing(
                    "The labels of its runner", text_or_secret("A label", "ubuntu-latest")
                ),
                container=group(
                    "The container of its job; missing if it runs on the runner itself",
                    image=text_or_secret("Its image", "golang:1.26"),
                    env=assignments("What it is made with, in `outer_env` as well"),
                ),
                outer_env=assignments(
                    "What container, workflow and job set, in that order; `pass` of `runner` is "
                    "the runner's own"
                ),
                env_writes=assignments("What earlier steps set after that, by GITHUB_ENV"),
                env=assignments("What the step itself sets after that"),
                path_writes=assignments("What earlier steps put before PATH, after all of it"),
            ),
        ),
    )
}


@collector("github_workflows", subjects=("workstation", "repository"), facts=_FACTS)
def github_workflows(survey: Survey) -> Iterator[Fact]:
    """The steps of GitHub Actions workflows, with what each is told by its surroundings."""
    top = work_tree(survey.host, survey.directory)
    steps = _Steps(survey, top)
    files: list[Json] = []
    rows: list[Json] = []
    for found in _workflows(survey, top):
        if isinstance(found, Absent):
            files.append(found)
            rows.append(found)
            continue
        row: JsonObject = {"file": found.file, "state": found.state}
        if isinstance(found.content, Absent):
            rows.append(found.content)
        else:
            row |= _named(survey, "name", text_of(found.content.entries.get("name")))
            rows += steps.of(found.file, found.content)
        files.append(Sourced(row, Provenance(None, _ORIGIN, found.file)))
    value: JsonObject = {"workflows": files, "steps": rows}
    yield Fact("github", value, Provenance(origin="the repository's .github/workflows"))


@record
class _Workflow:
    file: str
    state: str
    content: Node | Absent


def _workflows(survey: Survey, top: str) -> Iterator[_Workflow | Absent]:
    """Give the workflows of a repository; a hole says that there may be others."""
    folder = top
    try:
        for name in _FOLDER:
            folder = os.path.join(folder, name)
            if survey.host.status(folder, follow=False).kind != "directory":
                yield Absent("not_collected", f"{folder} is no folder of the repository")
                return
        names = [name for name in survey.host.names_in(folder) if name.endswith(ENDINGS)]
    except HostError as error:
        if error.cause != "missing":
            yield error.hole()
        return
    for name in names[:_FILES_LIMIT]:
        yield _workflow(survey, top, os.path.join(folder, name))
    if len(names) > _FILES_LIMIT:
        yield Absent("too_large", f"{folder} holds more than {_FILES_LIMIT} workflows")


def _workflow(survey: Survey, top: str, path: str) -> _Workflow:
    try:
        content = survey.host.read(path, within=top)
    except HostError as error:
        return _Workflow(path, "unreadable", error.hole())
    try:
        found = documents(content, path, merges=False)
    except HostError as error:
        return _Workflow(path, "broken", Absent(error.cause, f"{path}: {error.detail}"))
    if len(found) != 1 or not isinstance(found[0].value, dict):
        return _Workflow(path, "broken", Absent("parse_error", f"{path} is no workflow"))
    return _Workflow(path, "read", found[0])


class _Steps:
    """Tells the steps of all workflows."""

    def __init__(self, survey: Survey, top: str) -> None:
        self._survey = survey
        self._top = top
        self._repository = Repository(survey.host, top)
        self._ids = Identities()
        self._teller = Teller(survey.redaction, _ORIGIN)

    def of(self, file: str, workflow: Node) -> Iterator[Json]:
        """Give a row for each step of a workflow."""
        name = text_of(workflow.entries.get("name"))
        for step in steps_of(workflow, self._repository):
            if isinstance(step, Absent):
                yield Absent(step.cause, f"{file}: {step.detail}")
                continue
            place = Provenance(None, _ORIGIN, file, step.node.place.line)
            yield Sourced(self._row(step, file) | _named(self._survey, "workflow", name), place)

    def _row(self, step: Step, file: str) -> JsonObject:
        short = os.path.relpath(file, self._top)
        row: JsonObject = {
            "id": self._ids.unique(f"{short}/{step.job}/{step.number}"),
            "file": file,
            "line": step.node.place.line,
            "job": step.job,
            "step": step.number,
            "runs_on": [self._hidden(label) for label in step.labels],
            "outer_env": self._told(step.around, file),
            "env_writes": self._told(step.writes, file),
            "env": self._told(step.own, file),
            "path_writes": self._told(step.path, file),
        }
        for key, value in (
            ("name", step.name),
            ("uses", step.uses),
            ("run", step.run),
            ("working_directory", step.directory),
        ):
            row |= _named(self._survey, key, value)
        if step.shell is not None:
            argv = step.shell.argv
            row["shell"] = {
                "name": self._hidden(step.shell.name),
                "argv": argv if isinstance(argv, Absent) else [*map(self._hidden, argv)],
            }
        if step.image is not None:
            env = self._told(step.container, file)
            row["container"] = {"image": self._hidden(step.image), "env": env}
        return row

    def _told(self, given: tuple[Assignment | Absent, ...], file: str) -> list[Json]:
        return self._teller.told(given, file)

    def _hidden(self, given: str | Absent) -> Json:
        return given if isinstance(given, Absent) else self._survey.redaction.text(given)


def _named(survey: Survey, key: str, value: str | Absent | None) -> JsonObject:
    if value is None:
        return {}
    return {key: value if isinstance(value, Absent) else survey.redaction.text(value)}
