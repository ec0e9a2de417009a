"""What PAM and sshd are set up to do with the environment."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.host import Host
    from engine.model.json_value import Json

PAM = "/etc/pam.d"
SSHD = "/etc/ssh/sshd_config"
_DEPTH = 16


def runs_pam_env(host: Host, service: str) -> Json:
    """Say whether a service's sessions get the variables of pam_env; may raise `HostError`."""
    path = os.path.join(PAM, service)
    for file, number, words in _pam_lines(host, path, 0):
        module = next((word for word in words if word.endswith("pam_env.so")), None)
        if module is None:
            continue
        place = Provenance(None, "PAM", file, number)
        options = words[words.index(module) + 1 :]
        if any(option == "readenv=0" or option.startswith("envfile=") for option in options):
            continue  # it reads none, or another file
        return Sourced(value=True, provenance=place)
    return Sourced(value=False, provenance=Provenance(None, "PAM", path))


def _pam_lines(host: Host, path: str, depth: int) -> Iterator[tuple[str, int, list[str]]]:
    if depth > _DEPTH:
        raise HostError("unsupported", f"{path}: files include each other without end")
    text = host.read(path).decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.partition("#")[0].split()
        if len(words) > 1 and words[0] == "@include":
            yield from _pam_lines(host, os.path.join(PAM, words[1]), depth + 1)
        elif len(words) > 2 and words[1] in {"include", "substack"}:  # noqa: PLR2004
            yield from _pam_lines(host, os.path.join(PAM, words[2]), depth + 1)
        elif len(words) > 2 and words[0].lstrip("-") in {"auth", "session"}:  # noqa: PLR2004
            yield path, number, words


def permits_user_environment(host: Host) -> Json:
    """Say whether sshd reads ~/.ssh/environment; may raise `HostError`.

    The first value counts; inside `Match`, and where only some variables are let through, it is not
    known for whom.
    """
    unclear = False
    for path, number, words in _sshd_lines(host, SSHD, 0):
        if words[0] == "match":
            unclear = True
        elif words[0] == "permituserenvironment" and len(words) > 1:
            place = Provenance(None, "sshd_config", path, number)
            value = words[1].strip('"')
            if unclear or value not in {"yes", "no"}:
                return Absent("opaque", f"{place}: it holds for some users or variables only")
            return Sourced(value == "yes", place)
    return Sourced(value=False, provenance=Provenance(origin="sshd's default"))


def _sshd_lines(host: Host, path: str, depth: int) -> Iterator[tuple[str, int, list[str]]]:
    if depth > _DEPTH:
        raise HostError("unsupported", f"{path}: files include each other without end")
    text = host.read(path).decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), start=1):
        first, *words = line.replace("=", " ", 1).split() or ["#"]
        if first.startswith("#"):
            continue
        if first.lower() == "include":
            for pattern in words:
                for file in _matching(host, pattern.strip('"')):
                    yield from _sshd_lines(host, file, depth + 1)
        else:
            yield path, number, [first.lower(), *words]


def _matching(host: Host, pattern: str) -> list[str]:
    folder, last = os.path.split(os.path.join(os.path.dirname(SSHD), pattern))
    if not set("*?[") & set(last):
        return [os.path.join(folder, last)]
    try:
        names = host.names_in(folder)
    except HostError as error:
        if error.cause == "missing":
            return []
        raise
    return [os.path.join(folder, name) for name in names if fnmatchcase(name, last)]
