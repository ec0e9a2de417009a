"""Whether the user that is asked for may read a file: who gathers may be root, and see more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.permissions import Permissions
from engine.gather.session import account

if TYPE_CHECKING:
    from engine.gather.survey import Survey


def require_readable(survey: Survey, path: str) -> None:
    """Raise `HostError` for a file that the user could not read, wherever a link leads.

    A file of variables may be a link to a file of others, whose lines would be told as values. Of a
    repository no link is followed in the first place.
    """
    if survey.subject == "repository":
        return
    if not Permissions(survey.host, survey.once(account)).at(path).readable:
        raise HostError("permission", f"{path}: the user may not read it")
