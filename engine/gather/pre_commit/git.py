"""What git, and the script that pre-commit installs for it, do to the variables of a hook.

Measured with git 2.39 and pre-commit 4.7 (tests/real/pre_commit/answers.json): git puts the folder
of its own programs before PATH (`setup_path` in exec-cmd.c), and the script is bash.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.host import HostError
from engine.gather.search_path import commands
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey

GIT = "git"
"""The scope of what git finds out when it starts a hook."""

# Which of these a hook has depends on which one it is.
_OF_THE_RUN = (
    "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EDITOR", "GIT_DIR", "GIT_WORK_TREE", "GIT_REFLOG_ACTION",
    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "SHLVL", "OLDPWD",
)  # fmt: skip
_LIBRARIES = ("lib", "libexec")
_UNSEEN = Absent("opaque", "git was built with the folder of its programs")
# git-compat-util.h and <paths.h>: what git takes for PATH where there is none.
_DEFAULT_PATH = Absent("unsupported", "without a PATH, git takes one that it was built with")


def environment(survey: Survey, top: str) -> Iterator[Assignment]:
    """Give what is set before pre-commit itself starts, where git starts it in a work tree."""
    for name in _OF_THE_RUN:
        yield Assignment(name, (), "pass", of=GIT)
    folder = Reference("GIT_EXEC_PATH", otherwise=(programs(survey),), empty_is_unset=True)
    yield Assignment("GIT_EXEC_PATH", (folder,))
    before = Reference("PATH", otherwise=(_DEFAULT_PATH,))
    yield Assignment("PATH", (Reference("GIT_EXEC_PATH"), ":", before))
    yield Assignment("PWD", (top,))


def programs(survey: Survey) -> str | Absent:
    """Give the folder of the programs of the git that PATH leads to, as distributions lay it out.

    It stands in no file; where just one of the usual folders beside that git has a git as well, it
    is that one.
    """
    if survey.subject != "workstation":
        return _UNSEEN
    found = next(commands(survey, GIT), None)
    if found is None:
        return _UNSEEN
    try:
        prefix = os.path.dirname(os.path.dirname(survey.host.resolve(found.path)))
        there = [
            folder
            for folder in (os.path.join(prefix, name, "git-core") for name in _LIBRARIES)
            if _is_there(survey, os.path.join(folder, GIT))
        ]
    except HostError as error:
        return error.hole()
    return there[0] if len(there) == 1 else _UNSEEN


def _is_there(survey: Survey, path: str) -> bool:
    try:
        return survey.host.can_execute(path)
    except HostError as error:
        if error.cause == "missing":
            return False
        raise
