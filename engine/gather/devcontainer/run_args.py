"""The `runArgs`: words for `docker run`, which stand behind those that the CLI puts there itself.

Source: `spawnDevContainer` in `src/spec-node/singleContainer.ts` of devcontainers/cli. Its own
words are `-e` for each of `containerEnv` and `-u` for `containerUser`, so a later `-e` or `-u` of
the `runArgs` wins, and a file of `--env-file` is beneath both. Compose files have no use for them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.gather.devcontainer.variables import LOCAL
from engine.gather.docker_run.env_files import env_file
from engine.gather.docker_run.environment import Client, Environment, environment
from engine.gather.docker_run.flags import DOCKER_RUN
from engine.gather.docker_run.options import Parsed, RefusedError, parsed
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from engine.gather.assignments import Assignment
    from engine.gather.devcontainer.values import Config
    from engine.gather.docker_run.options import Word
    from engine.gather.survey import Survey

NONE = Parsed((), ())

_NO_LIST = Absent("parse_error", "`runArgs` is no list of texts")
_AN_IMAGE = Absent("unsupported", "a word of `runArgs` takes the place of the image")


def run_args(config: Config) -> Parsed:
    """Give the options; where a word is none of an option, docker takes it for the image."""
    node = config.get("runArgs")
    if node is None or node.value is None:
        return NONE
    words: list[Word] = []
    for each in node.items:
        if not isinstance(each.value, str):
            return Parsed((), (), _NO_LIST)
        words.append(config.parts(each))
    if not isinstance(node.value, list):
        return Parsed((), (), _NO_LIST)
    try:
        found = parsed(words, DOCKER_RUN)
    except RefusedError as error:
        return Parsed((), (), Absent("parse_error", f"docker refuses it: {error}"))
    return Parsed(found.options, (), found.hole or _AN_IMAGE) if found.rest else found


def environment_of(config: Config, given: Parsed, survey: Survey, workspace: str) -> Environment:
    """Give what the options do to variables; docker is run in the workspace folder."""
    made = environment(given, partial(env_file, survey, workspace), client=Client(scope=LOCAL))
    line = config.line("runArgs")
    return Environment(made.files, tuple(_at(each, line) for each in made.options))


def _at(one: Assignment | Absent, line: int | None) -> Assignment | Absent:
    return one if isinstance(one, Absent) else replace(one, line=line)
