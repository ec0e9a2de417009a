"""GitLab CI: the jobs of the repository's pipeline, their variables, images and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Teller, assignments
from engine.gather.ci.gitlab import SCRIPTS, Job, jobs_of
from engine.gather.ci.gitlab_files import Configuration
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, number, text, text_or_secret
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_ORIGIN = "GitLab's pipeline"
_STATES = ("read", "missing", "broken", "unreadable")
_TEXT = text_or_secret("One entry, as it is written", "go test ./...")
_FACTS = {
    "gitlab": group(
        "The GitLab pipeline of the repository of the directory, as its files say; projects, "
        "groups and whoever starts it may set variables that win over all of these",
        file=text("Its file", "/home/dana/shop/.gitlab-ci.yml", form="path"),
        state=text("What became of it", among=_STATES),
        jobs=listing(
            "The jobs that run scripts, with what they extend and what is included from here",
            group(
                "One job",
                id=text("The job's name", "test"),
                file=text("The file", "/home/dana/shop/.gitlab-ci.yml", form="path"),
                line=number("Its line", 12),
                stage=text("Its stage", "test"),
                image=text_or_secret("Its image; missing if the runner chooses", "golang:1.26"),
                pipeline_variables=assignments(
                    "What is set for all jobs, where the job itself does not; references `of` the "
                    "scope `pipeline` are variables of GitLab, the project or whoever starts it"
                ),
                variables=assignments("What the job sets after that"),
                before_script=listing("What runs before the script, in its shell", _TEXT),
                script=listing("The script", _TEXT),
                after_script=listing("What runs after it, in a shell of its own", _TEXT),
            ),
        ),
    )
}


@collector("gitlab_pipeline", subjects=("workstation", "repository"), facts=_FACTS)
def gitlab_pipeline(survey: Survey) -> Iterator[Fact]:
    """The jobs of the GitLab pipeline, with their variables, images and scripts."""
    top = work_tree(survey.host, survey.directory)
    state, file = "read", f"{top.rstrip('/')}/.gitlab-ci.yml"
    rows: Json
    try:
        files = Configuration(survey.host, top)
        teller = Teller(survey.redaction, _ORIGIN)
        rows = [_row(survey, teller, job) for job in jobs_of(files)]
    except HostError as error:
        states = {"missing": "missing", "parse_error": "broken"}
        state = states.get(error.cause, "unreadable")
        rows = [] if state == "missing" else error.hole()
    value: JsonObject = {"file": file, "state": state, "jobs": rows}
    yield Fact("gitlab", value, Provenance(None, _ORIGIN, file))


def _row(survey: Survey, teller: Teller, job: Job | Absent) -> Json:
    if isinstance(job, Absent):
        return job
    place = job.node.place
    row: JsonObject = {
        "id": job.name,
        "file": place.file,
        "line": place.line,
        "stage": job.stage,
        "pipeline_variables": teller.told(job.shared, place.file),
        "variables": teller.told(job.own, place.file),
    }
    row |= {"image": _hidden(survey, job.image)} if job.image is not None else {}
    for key in SCRIPTS:
        if key in job.scripts:
            row[key] = _script(survey, job.scripts[key])
    return Sourced(row, Provenance(None, _ORIGIN, place.file, place.line))


def _script(survey: Survey, given: list[str | Absent] | Absent) -> Json:
    if isinstance(given, Absent):
        return given
    hole = next((each for each in given if isinstance(each, Absent)), None)
    return hole or [_hidden(survey, each) for each in given]


def _hidden(survey: Survey, given: str | Absent) -> Json:
    return given if isinstance(given, Absent) else survey.redaction.text(given)
