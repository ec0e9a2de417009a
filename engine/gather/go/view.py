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
    """Give a view in which each question is answered by the host; may raise `HostError`.

    A tree has no processes; of one that will be there only HOME is known.
    """
    return _view(survey, is_known=knows_variables(survey))


def knows_variables(survey: Survey) -> bool:
    """Say whether the environment is known: a running one, or one that was given."""
    return survey.host.is_live or survey.launch.environment is not None


def usual_view(survey: Survey) -> View:
    """Give the same view with every variable unset that is not known; may raise `HostError`."""
    return _view(survey, is_known=True)


def _view(survey: Survey, *, is_known: bool) -> View:
    account = survey.host.account(survey.launch.user)
    own = {"HOME": account.home} if account.home and not survey.host.is_live else {}
    environment = own | dict(survey.host.environment)

    def variable(name: str) -> Text | None:
        if is_known or name in environment:
            return environment.get(name)
        why = f"no environment was given, so {name} is not known"
        return unknown_as(Hole("not_collected", why))

    closing = Closing(survey, account)
    world = World({"files": closing.files}, closing.answer)
    return View(world, variable, survey.directory)
