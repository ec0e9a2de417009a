"""The files that `--env-file` names, read as docker does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.docker_run.environment import EnvFile
from engine.gather.dotenv._base import Refused
from engine.gather.dotenv.docker import read_docker
from engine.gather.eyes import require_readable
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.survey import Survey


def env_file(survey: Survey, directory: str, name: str) -> EnvFile:
    """Give what a file says that is named in a directory; without a file, docker runs nothing."""
    path = os.path.normpath(os.path.join(directory, name))
    top = work_tree(survey.host, survey.directory) if survey.subject == "repository" else None
    if top is not None and os.path.commonpath([top, path]) != top:
        return EnvFile(path, (Absent("not_collected", "it lies outside of the repository"),))
    try:
        require_readable(survey, path)
        return EnvFile(path, tuple(read_docker(survey.host.read(path, within=top))))
    except HostError as error:
        return EnvFile(path, (error.hole(),))
    except Refused as refused:
        where = "" if refused.line is None else f"line {refused.line}: "
        why = f"docker refuses it: {where}{refused.reason}"
        return EnvFile(path, (Absent("parse_error", why),))
