"""One go command in one environment: the toolchain that runs in the end, and its settings."""

from __future__ import annotations

from engine.model.record import record
from engine.precedence.go.binary import binary_at
from engine.precedence.go.checks import refusal
from engine.precedence.go.keys import keys_of
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import Setting, Settings
from engine.precedence.go.toolchains import SWITCHED_TO, Choice, chosen, located
from engine.precedence.values import Hole
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.precedence.go.binary import Binary
    from engine.precedence.view import View


@record
class Switch:
    """A step from one toolchain to another: which, why, and where that one is."""

    choice: Choice
    path: str
    root: str


@record
class Answer:
    """What `go env` says: every key with its setting, or why that is not known.

    `local` is the command that was found, `binary` the one that answers after all `switches`.
    `refusal` is what it says instead of an answer; a `Hole` where nobody knows whether it answers.
    """

    local: Binary | Hole
    binary: Binary | Hole
    settings: Mapping[str, Setting | Hole] = {}
    switches: tuple[Switch, ...] = ()
    refusal: Refusal | Hole | None = None


def answer(view: View, path: str) -> Answer:
    """Give what the go command in a file says, asked in the view's directory."""
    try:
        local = binary_at(view, path)
    except Unknown as error:
        return Answer(error.hole, error.hole, refusal=error.hole)
    settings, switches = Settings(view, local), []
    try:
        # A toolchain that was switched to stays, and does not ask again.
        if (choice := chosen(settings)) is not None:
            found = located(choice, settings)
            switches.append(Switch(choice, found.path, found.root))
            inner = view.changed({"GOROOT": found.root or None, SWITCHED_TO: choice.name})
            settings = Settings(inner, binary_at(inner, found.path))
            chosen(settings)  # it refuses if it is not the one that was asked for
    except Unknown as error:
        return Answer(local, error.hole, {}, tuple(switches), error.hole)
    except Refusal as error:
        return Answer(local, local, {}, tuple(switches), error)
    found_refusal = refusal(settings)
    if isinstance(found_refusal, Refusal):
        return Answer(local, settings.binary, {}, tuple(switches), found_refusal)
    try:
        keys = keys_of(settings)
    except Unknown as error:
        return Answer(local, settings.binary, {}, tuple(switches), error.hole)
    values = {key: _or_hole(compute, settings) for key, compute in keys.items()}
    return Answer(local, settings.binary, values, tuple(switches), found_refusal)


def _or_hole(compute: object, settings: Settings) -> Setting | Hole:
    try:
        return compute(settings)  # type: ignore[operator,no-any-return]
    except Unknown as error:
        return error.hole
    except Refusal as error:
        return Hole("unsupported", f"the go command refuses: {error.message}")
