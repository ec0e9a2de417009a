"""How an editor that runs was started: its environment at the start tells."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.host import HostError
from engine.gather.processes import environment_at_exec, pids, process
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.gather.processes import Process
    from engine.gather.survey import Survey
    from engine.model.json_value import Json

MODES = ("desktop", "cli")
NOT_RUNNING = Absent("not_collected", "only a running editor can tell, and none of yours runs")


def launch_mode(
    survey: Survey,
    is_editor: Callable[[Process], bool],
    is_from_terminal: Callable[[Mapping[str, str]], bool],
) -> Json:
    """Give `cli` or `desktop` for an editor of the user's, or why nobody knows."""
    if not survey.host.is_live:
        return Absent("not_collected", "only a running editor can tell")
    try:
        running = [found for pid in pids(survey.host) if (found := process(survey.host, pid))]
    except HostError as error:
        return error.hole()
    answers: dict[str, Provenance] = {}
    for each in running:
        if not each.is_own or not is_editor(each):
            continue
        given = environment_at_exec(survey.host, each)
        if isinstance(given, Absent):
            return given
        where = Provenance(None, "environment at exec", f"/proc/{each.pid}/environ")
        answers["cli" if is_from_terminal(given) else "desktop"] = where
    if len(answers) > 1:
        return Absent("ambiguous", "it runs several times, and was started in both ways")
    return next((Sourced(mode, where) for mode, where in answers.items()), NOT_RUNNING)


def program_of(each: Process) -> str:
    """Give the name of the file that a process runs, as far as it is known."""
    return os.path.basename(each.exe) if isinstance(each.exe, str) else ""
