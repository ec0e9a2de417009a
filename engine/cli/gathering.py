"""Gathering, as commands do it: options to a facts document."""

from __future__ import annotations

import os

from engine.errors import Complaint, UsageError
from engine.gather.go.modules import work_tree
from engine.gather.machine import Machine
from engine.gather.redact import Redaction, installation_salt, salt_from
from engine.gather.run import gather

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from engine.model.json_value import JsonObject


def add_gathering(parser: ArgumentParser) -> None:
    """Add what says what is gathered."""
    parser.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="the repository (default: here)"
    )
    group = parser.add_argument_group("gathering")
    group.add_argument(
        "--repository",
        action="store_true",
        help="only the files of the repository: nothing outside is read, nothing is run",
    )
    group.add_argument(
        "--only", action="append", default=[], metavar="COLLECTOR", help="run only this one"
    )
    group.add_argument(
        "--skip", action="append", default=[], metavar="COLLECTOR", help="leave this one out"
    )
    group.add_argument(
        "--salt-file",
        metavar="FILE",
        help="the salt for fingerprints of secrets, shared by a fleet",
    )


def gathered(options: Namespace, environment: Mapping[str, str]) -> JsonObject:
    """Give the facts document that the options ask for."""
    if not os.path.isdir(options.path):
        raise UsageError(Complaint(f"`{options.path}` is no folder"))
    return gather(
        Machine(environment),
        subject="repository" if options.repository else "workstation",
        directory=options.path,
        redaction=Redaction(_salt(options, environment)),
        only=tuple(options.only),
        skip=tuple(options.skip),
    )


def tree_of(path: str) -> str:
    """Give the work tree that a folder lies in."""
    return work_tree(Machine({}), os.path.abspath(path))


def _salt(options: Namespace, environment: Mapping[str, str]) -> bytes:
    """Give the salt: of a file, of this installation, or of this run where nothing may be kept."""
    if options.salt_file is not None:
        return salt_from(options.salt_file)
    base = environment.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        home = environment.get("HOME", "")
        base = os.path.join(home, ".local", "state") if os.path.isabs(home) else ""
    if options.repository or not base:
        return os.urandom(32)
    try:
        return installation_salt(os.path.join(base, "precedent"))
    except OSError:
        # A home that cannot be written to, as in containers: fingerprints hold for this run only.
        return os.urandom(32)
