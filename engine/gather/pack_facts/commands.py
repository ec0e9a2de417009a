"""Commands of packs: run only for a pack that the user trusts, in as little as a program needs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import FILE_LIMIT, HostError
from engine.gather.pack_facts.sources import Content
from engine.gather.session import account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.survey import Survey
    from engine.model.json_value import JsonObject

FOLDERS = ("/usr/local/bin", "/usr/bin", "/bin")
"""Where a program without a path is looked for, whatever the user's PATH says."""


def command_content(
    survey: Survey, entry: JsonObject, pack: JsonObject, trusted: Mapping[str, str]
) -> Content:
    """Give what a program writes; may raise `HostError`."""
    if survey.subject == "repository" or not survey.host.is_live:
        raise HostError("not_collected", "commands are run for a running machine only")
    if trusted.get(pack["folder"]) != pack["digest"]:
        raise HostError("opaque", _not_trusted(pack, trusted))
    program = program_path(survey, entry["command"][0])
    argv = (program, *entry["command"][1:])
    home = survey.once(account).home or "/"
    answer = survey.host.run(
        argv,
        environment={"PATH": ":".join(FOLDERS), "HOME": home, "LANG": "C", "LC_ALL": "C"},
        directory="/",
        timeout=float(entry["timeout"]),
        limit=FILE_LIMIT,
    )
    if answer.code != 0:
        # What it says may hold secrets; the number is enough to go and look.
        raise HostError("unsupported", f"{program} ended with {answer.code}")
    return Content(answer.output, program, survey.redaction.words(" ".join(argv)))


def program_path(survey: Survey, name: str) -> str:
    """Give the absolute path of a program; may raise `HostError`."""
    if name.startswith("~/"):
        return os.path.join(survey.once(account).home or "/", name.removeprefix("~/"))
    if "/" in name:
        return name
    for folder in FOLDERS:
        path = os.path.join(folder, name)
        try:
            if survey.host.status(path).kind == "file" and survey.host.can_execute(path):
                return path
        except HostError as error:
            if error.cause != "missing":
                raise
    raise HostError("unsupported", f"no program `{name}` in {', '.join(FOLDERS)}")


def _not_trusted(pack: JsonObject, trusted: Mapping[str, str]) -> str:
    """Say that a pack's commands were not run, and what the user may do."""
    is_other = pack["folder"] in trusted
    why = "has changed since it was trusted" if is_other else "is not trusted to run commands"
    advice = f"`engine trust {pack['folder']}` shows them and lets them run"
    return f"the pack `{pack['pack']}` {why}; {advice}"
