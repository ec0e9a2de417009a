"""docker-compose 1: the `.env` of a project, and what `env_file` and `--env-file` name.

Source: compose/config/environment.py of docker/compose 1.29, which asks python-dotenv, and asking
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv._base import CLIENT, Dialect
from engine.gather.dotenv._python import bindings, expanded, text_of
from engine.gather.dotenv._values import Earlier

if TYPE_CHECKING:
    from engine.gather.dotenv._values import Parts
    from engine.model.facts import Absent


def read_compose_v1(content: bytes) -> list[Assignment | Absent]:
    """Give the variables of a file; one of the file comes before the client's in `${X}`.

    A line that is a name alone hands on the client's variable, and where it has none the container
    has none either.
    """
    earlier = Earlier()

    def variable(name: str, default: str | None) -> Parts:
        above = earlier.get(name)
        return (Reference(name, CLIENT, (default,) if default else ()),) if above is None else above

    found: list[Assignment | Absent] = []
    for each in bindings(text_of(content).removeprefix("\ufeff")):
        if each.value is None:
            earlier.put(each.name, ())
            one = Assignment(each.name, how="pass", line=each.line, of=CLIENT, if_missing="unset")
        else:
            value = earlier.put(each.name, expanded(each.value, variable))
            one = Assignment(each.name, value, line=each.line)
        found.append(one)
    return found


COMPOSE_V1 = Dialect("compose-v1", "docker-compose 1", read_compose_v1)
