"""The variables that stand in a devcontainer.json, and when the Dev Container CLI replaces them.

Source: `src/spec-common/variableSubstitution.ts` of devcontainers/cli, and asking 0.30 to 0.89.
What `${localEnv:X}` gives is looked through again for what is replaced later; a local variable
with such a text in it is not thought of here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Part, Reference
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    Parts: TypeAlias = tuple[Part, ...]
    Replace: TypeAlias = Callable[[str, list[str]], "Parts | None"]

LOCAL = "local"
"""The scope of variables of the process that starts the dev container."""
CONTAINER = "container"
"""The scope of variables that the container is configured with; not those that it starts with
besides, as HOME, HOSTNAME and a PATH that nobody set."""

_VARIABLE = re.compile(r"\$\{([^\n\r\u2028\u2029]*?)\}")
_OPEN = re.compile(r"\$\{[^}\n\r\u2028\u2029]*\Z")
_LOCAL = frozenset(("env", "localEnv"))
_ID = Absent("not_collected", "the id of a dev container is made where it is started")
_NESTED = Absent("unsupported", "a variable stands within another one")


@record
class Folders:
    """Where the workspace lies, here and in the container; a hole where that is not known."""

    local: Parts
    local_name: Parts
    container: Parts
    container_name: Parts


def substituted(text: str, folders: Folders, *, in_container: bool = False) -> Parts:
    """Give what a text of the file stands for.

    Only where something is made of it `in_container`, variables of the container are replaced.
    """

    def of_machine(variable: str, arguments: list[str]) -> Parts | None:
        if variable in _LOCAL:
            return _looked_up(arguments, LOCAL)
        return {
            "localWorkspaceFolder": folders.local,
            "localWorkspaceFolderBasename": folders.local_name,
            "containerWorkspaceFolder": folders.container,
            "containerWorkspaceFolderBasename": folders.container_name,
        }.get(variable)

    parts = _replaced((text,), of_machine)
    parts = _replaced(parts, lambda variable, _: (_ID,) if variable == "devcontainerId" else None)
    if in_container:
        parts = _replaced(
            parts,
            lambda variable, arguments: (
                _looked_up(arguments, CONTAINER) if variable == "containerEnv" else None
            ),
        )
    return parts


def lacks_name(text: str) -> bool:
    """Say whether a text names no variable where one belongs, which the CLI gives up at."""
    names = _LOCAL | {"containerEnv"}
    return any(found[1] in names for found in _VARIABLE.finditer(text))


def _looked_up(arguments: list[str], scope: str) -> Parts:
    """Give a variable; only what stands up to a second `:` is what stands for an unset one."""
    if not arguments:
        return (Absent("parse_error", "it names no variable"),)
    default = arguments[1] if len(arguments) > 1 else ""
    return (Reference(arguments[0], scope, (default,) if default else ()),)


def _replaced(parts: Parts, replace: Replace) -> Parts:
    made: list[Part] = []
    for part in parts:
        for piece in _pieces(part, replace) if isinstance(part, str) else (part,):
            if isinstance(piece, str) and made and isinstance(made[-1], str):
                made[-1] += piece
            elif piece != "":
                made.append(piece)
    is_nested = any(
        (isinstance(part, str) and _OPEN.search(part) and at + 1 < len(made))
        or (isinstance(part, Reference) and any("${" in str(each) for each in part.otherwise))
        for at, part in enumerate(made)
    )
    return (_NESTED,) if is_nested else tuple(made)


def _pieces(text: str, replace: Replace) -> Parts:
    pieces: list[Part] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        variable, *arguments = found[1].split(":")
        given = replace(variable, arguments)
        if given is not None:
            pieces += [text[end : found.start()], *given]
            end = found.end()
    return (*pieces, text[end:])
