"""The machine as a `go` command sees it that is started where facts are gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.closing import Closing
from engine.precedence.values import Hole, unknown_as
from engine.precedence.view import View
from engine.precedence.world import World

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.precedence.values import Text


def host_view(survey: Survey) -> View:
    """Give a view in which each question is answered by the host; may raise `HostError`."""
    account = survey.host.account(survey.launch.user)
    closing = Closing(survey, account)
    environment = survey.host.environment
    # A tree has no processes; only HOME is known of one that will be there.
    is_known = survey.host.is_live or survey.launch.environment is not None

    def variable(name: str) -> Text | None:
        if is_known:
            return environment.get(name)
        if name == "HOME" and account.home:
            return account.home
        why = f"no environment was given, so {name} is not known"
        return unknown_as(Hole("not_collected", why))

    world = World({"files": closing.files}, closing.answer)
    return View(world, variable, survey.directory)
