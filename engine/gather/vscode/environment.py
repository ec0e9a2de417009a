"""Tables of variables in settings files, as assignments; each program takes other values for text.

Sources: `mergeEnvironments` in `src/vs/workbench/contrib/terminal/common/terminalEnvironment.ts`,
`resolveOptions` in `src/vs/workbench/contrib/tasks/browser/terminalTaskSystem.ts`; `newEnvironment`
in `extension/src/goEnv.ts` of golang/vscode-go, and how node hands variables to a process; `setOne`
in `gopls/internal/settings/settings.go` of golang/tools; `Env` in `service/dap/types.go` of delve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Assignment, Part, Reference, told
from engine.gather.secret_names import hides_all
from engine.gather.vscode.tree import Setting, Spot
from engine.gather.vscode.variables import (
    Parts,
    Scene,
    as_javascript,
    in_go,
    in_launch,
    in_terminal,
)
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.gather.redact import Redaction
    from engine.model.json_value import Json

Made: TypeAlias = "Assignment | Absent"
Placed: TypeAlias = "tuple[Made, str | None]"
"""An assignment and the file that makes it."""
Make: TypeAlias = "Callable[[str, Setting, Scene], Assignment]"

_NO_TABLE = Absent("wrong_type", "it is no table of variables")
_NOT_ACCEPTED = Absent("wrong_type", "it is no text, and the program refuses it")
_ADAPTERS = Absent("wrong_type", "it is no text, and the debugger decides what becomes of it")
_COPIED = Absent("redacted", "it holds a secret that another variable has")
_SHORTEST = 4
_OBJECT = "[object Object]"


def variables_of(spot: Spot, scene: Scene, make: Make) -> list[Placed]:
    """Give the variables of a table of settings, those of the lowest layer first."""
    if not spot.is_table:
        leaf = spot.leaf
        if leaf is None or (isinstance(leaf, Setting) and leaf.value is None):
            return []
        return [(leaf if isinstance(leaf, Absent) else _NO_TABLE, None)]
    found: list[Placed] = [(spot.hole, None)] if spot.hole else []
    for name in spot.names:
        inner = spot.at(name)
        leaf = inner.leaf
        # A table in place of a text is told by one that is empty: nobody looks into it.
        leaf = inner.leaf or Setting({}, "")
        if isinstance(leaf, Absent):
            found.append((Assignment(name, (leaf,)), None))
        elif not name or "=" in name or "\0" in name or "${" in name:
            found.append((Absent("unsupported", "a name of a variable cannot be one"), None))
        else:
            found.append((make(name, leaf, scene), leaf.file))
    return found


def terminal(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what a terminal does: a text is set, anything else takes the variable away."""
    if isinstance(given.value, str):
        return _set(name, in_terminal(given.value, scene), given)
    return _unset_or_hole(name, given)


def launch(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what the debugger of Go does: a text is set, `null` takes away, the rest it refuses."""
    if isinstance(given.value, str):
        return _set(name, in_launch(given.value, scene), given)
    if given.value is None:
        return Assignment(name, how="unset", line=given.line)
    return _set(name, (_NOT_ACCEPTED,), given)


def other(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what another debugger does: a text is set, and of the rest nothing is known."""
    if isinstance(given.value, str):
        return _set(name, in_launch(given.value, scene), given)
    return _set(name, (_ADAPTERS,), given)


def task(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what a task does: numbers and truth values are written out, `null` stops it."""
    if isinstance(given.value, str):
        return _set(name, in_launch(given.value, scene), given)
    if given.value is None:
        return _set(name, (_NOT_ACCEPTED,), given)
    return _set(name, (_written_out(given.value),), given)


def go_tools(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what `go.toolsEnvVars` does: whatever is no text is written out, `null` as well."""
    if isinstance(given.value, str):
        return _set(name, in_go(given.value, scene), given)
    return _set(name, (_written_out(given.value),), given)


def go_tests(name: str, given: Setting, scene: Scene) -> Assignment:
    """Give what `go.testEnvVars` does: the same, but there is no `${env:X}`."""
    if isinstance(given.value, str):
        return _set(name, in_go(given.value, scene, with_env=False), given)
    return _set(name, (_written_out(given.value),), given)


def gopls(name: str, given: Setting, _: Scene) -> Assignment:
    """Give what gopls does with a text: it takes it as it is."""
    value = given.value if isinstance(given.value, str) else _NOT_ACCEPTED
    return _set(name, (value,), given)


def placed(given: Iterable[Placed], redaction: Redaction, origin: str) -> list[Json]:
    """Give assignments as facts, each with the file that it comes from."""
    return [row for one, file in given for row in told([one], redaction, origin, file)]


def without_copies(given: Iterable[Made], redaction: Redaction) -> list[Made]:
    """Give assignments without the secrets of others in them: `URL=x:${TOKEN}` holds the token."""
    listed = list(given)
    texts = {one.name: _constant(one) for one in listed if isinstance(one, Assignment)}
    secrets = [
        text
        for name, text in texts.items()
        if text is not None and len(text) >= _SHORTEST and hides_all(name, text)
    ]
    if redaction.shows or not secrets:
        return listed
    return [replace(one, parts=(_COPIED,)) if _copies(one, secrets) else one for one in listed]


def _copies(one: Made, secrets: list[str]) -> bool:
    if isinstance(one, Absent) or hides_all(one.name, _constant(one) or "x"):
        return False
    return _holds(one.parts, secrets)


def _constant(one: Assignment) -> str | None:
    is_plain = one.how == "set" and all(isinstance(part, str) for part in one.parts)
    return "".join(map(str, one.parts)) if is_plain else None


def _holds(parts: Iterable[Part], texts: list[str]) -> bool:
    return any(
        any(text in part for text in texts)
        if isinstance(part, str)
        else isinstance(part, Reference)
        and (_holds(part.otherwise, texts) or _holds(part.then or (), texts))
        for part in parts
    )


def _set(name: str, parts: Parts, given: Setting) -> Assignment:
    return Assignment(name, parts, line=given.line)


def _unset_or_hole(name: str, given: Setting) -> Assignment:
    if isinstance(given.value, Absent):
        return Assignment(name, (given.value,), line=given.line)
    return Assignment(name, how="unset", line=given.line)


def _written_out(value: Json) -> str | Absent:
    return _OBJECT if isinstance(value, dict) else as_javascript(value)
