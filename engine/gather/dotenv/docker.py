"""docker's `--env-file`, as its client reads it before it asks the daemon.

Source: pkg/kvfile of docker/cli, and asking the client of 20.10 and 28.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import CLIENT, Dialect, Refused
from engine.gather.dotenv._go import SPACES
from engine.gather.dotenv._values import plain

if TYPE_CHECKING:
    from engine.model.facts import Absent

_LONGEST = (1 << 16) - 1


def read_docker(content: bytes) -> list[Assignment | Absent]:
    """Give the variables of a file: all behind the first `=` is the value, quotes and all.

    A line without `=` hands on the client's variable, if there is one.
    """
    found: list[Assignment | Absent] = []
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if len(raw) > _LONGEST:
            raise Refused("a line is longer than 64 KiB", number)
        try:
            line = raw.removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("a line is not UTF-8", number) from None
        if number == 1:
            line = line.removeprefix("\ufeff")
        line = line.lstrip(SPACES)
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not name:
            raise Refused("a line has no name before `=`", number)
        if " " in name or "\t" in name:
            raise Refused("there is a blank in the name of a variable", number)
        if equals:
            found.append(Assignment(name, plain((value,)), line=number))
        else:
            found.append(Assignment(name, how="pass", of=CLIENT, line=number))
    return found


DOCKER = Dialect("docker", "docker's --env-file", read_docker)
