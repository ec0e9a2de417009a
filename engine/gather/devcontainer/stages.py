"""The stage of a Dockerfile that is built, by the id that the facts about Dockerfiles give it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.dockerfile.reading import read
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.host import HostError
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.devcontainer.origin import Build
    from engine.gather.survey import Survey


def stage_of(build: Build, survey: Survey, within: str | None) -> str | Absent:
    """Give the id: the file's path, and the stage's name or number unless it is the last."""
    if isinstance(build.dockerfile, Absent):
        return build.dockerfile
    if isinstance(build.target, Absent):
        return build.target
    path = os.path.relpath(build.dockerfile, survey.directory)
    if build.target is None:
        return path
    try:
        stages = read(survey.host.read(build.dockerfile, within=within)).stages
    except HostError as error:
        return error.hole()
    except (Refused, Beyond) as error:
        return Absent("unsupported", f"the Dockerfile cannot be followed: {error.reason}")
    # BuildKit takes the last one of a name, in any case; numbers only older builders knew.
    named = [at for at, stage in enumerate(stages) if stage.name.lower() == build.target.lower()]
    if not named:
        return Absent("parse_error", "the Dockerfile has no stage of that name")
    return path if named[-1] == len(stages) - 1 else f"{path}/{stages[named[-1]].name}"
