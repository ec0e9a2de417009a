"""pre-commit: its hooks, and the environment that each of them runs in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import assignments, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, number, text, text_or_secret
from engine.gather.formats._base import FormatError
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.identities import Identities
from engine.gather.pre_commit.config import NAME, STAGES, hooks_of
from engine.gather.pre_commit.git import environment as git_environment
from engine.gather.pre_commit.languages import environment, where
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.pre_commit.config import Hook
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_FACTS = {
    "pre_commit": group(
        "What pre-commit runs on commits; missing where the repository has no configuration",
        config=group(
            "Its configuration",
            path=text("The file", f"/home/dana/shop/{NAME}", form="path"),
            state=text("What became of it", among=("present", "missing", "unreadable", "broken")),
        ),
        git_env=assignments(
            "What comes before `env` where git starts pre-commit for a hook; `git` is the scope of "
            "what git finds out then"
        ),
        hooks=listing(
            "Its hooks, in order; what only the manifest of their repository says is unknown",
            group(
                "One hook",
                id=text("Its name here, made unique", "golangci-lint", "golangci-lint (2)"),
                hook=text("Its `id`", "golangci-lint"),
                repo=text_or_secret(
                    "Its repository; `local` and `meta` are those without one",
                    "local",
                    "https://git.example/lint",
                ),
                rev=text("The revision", "v1.64.8"),
                language=text("Its language, as written", "golang", "system"),
                language_version=text(
                    "The version of the language; `system` is the machine's, with `default` "
                    "pre-commit chooses",
                    "default",
                    "1.22.10",
                ),
                runs_in=text(
                    "Where it runs: as a process of its own, in a container, or in pre-commit",
                    among=("process", "container", "pre-commit"),
                ),
                entry=text_or_secret("What is run, before it is split into words", "go vet ./..."),
                args=listing("Its arguments", text_or_secret("An argument", "--fast")),
                additional_dependencies=listing(
                    "What is installed beside it", text_or_secret("A dependency", "ruff==0.9.1")
                ),
                stages=listing("When it runs", text("A stage", among=STAGES)),
                env=assignments(
                    "What pre-commit does to the variables it has before the hook runs; a value "
                    "depends on those it was started with, and `pre_commit` is the scope of what "
                    "it finds out by itself"
                ),
                file=text("The file that names it", f"/home/dana/shop/{NAME}", form="path"),
                line=number("Its line", 7),
            ),
        ),
    )
}
_ORIGIN = "pre-commit's configuration"


@collector("pre_commit", subjects=("workstation", "repository"), facts=_FACTS)
def pre_commit(survey: Survey) -> Iterator[Fact]:
    """The hooks of pre-commit, and what it does to their variables."""
    top = work_tree(survey.host, survey.directory)
    path = os.path.join(top, NAME)
    place = Provenance(None, _ORIGIN, path)
    git: Json = [*told(git_environment(survey, top), survey.redaction, "git's hooks", None)]
    try:
        content = survey.host.read(path, within=top)
    except HostError as error:
        missing = error.cause == "missing"
        value = _without_hooks(path, "unreadable", error.hole())
        if missing:
            value = {"config": {"path": path, "state": "missing"}, "hooks": []}
        yield Fact("pre_commit", value | {"git_env": git}, place)
        return
    try:
        hooks = list(hooks_of(content))
    except FormatError as error:
        detail = f"{path}: {error.what}"
        hole = Absent(error.cause, detail)
        state = "broken" if error.cause == "parse_error" else "unreadable"
        yield Fact("pre_commit", _without_hooks(path, state, hole) | {"git_env": git}, place)
        return
    names = Identities()
    rows: list[Json] = [
        hook if isinstance(hook, Absent) else _told(survey, hook, names.unique(hook.id), path)
        for hook in hooks
    ]
    config: JsonObject = {"path": path, "state": "present"}
    yield Fact("pre_commit", {"config": config, "git_env": git, "hooks": rows}, place)


def _without_hooks(path: str, state: str, hole: Absent) -> JsonObject:
    return {"config": {"path": path, "state": state}, "hooks": hole}


def _told(survey: Survey, hook: Hook, name: str, path: str) -> Sourced:
    texts = {
        "id": name,
        "hook": hook.id,
        "repo": hook.repo,
        "rev": hook.rev,
        "language": hook.language,
        "language_version": hook.version,
        "entry": hook.entry,
    }
    lists = {
        "args": hook.arguments,
        "additional_dependencies": hook.dependencies,
        "stages": hook.stages,
    }
    row: JsonObject = {
        key: _hidden(survey, value) for key, value in texts.items() if value is not None
    }
    for key, values in lists.items():
        many = values if isinstance(values, Absent) else [_hidden(survey, one) for one in values]
        row[key] = many
    row["runs_in"] = where(hook.language)
    row["env"] = told(environment(hook), survey.redaction, "pre-commit", path)
    row["file"] = path
    row |= {} if hook.line is None else {"line": hook.line}
    return Sourced(row, Provenance(None, _ORIGIN, path, hook.line))


def _hidden(survey: Survey, value: str | Absent) -> Json:
    return value if isinstance(value, Absent) else survey.redaction.text(value)
