"""One go command in one environment: the toolchain that runs in the end, and its settings."""

from __future__ import annotations

from engine.model.record import record, replace
from engine.precedence.go.binary import binary_at
from engine.precedence.go.checks import refusal
from engine.precedence.go.keys import keys_of, raw_keys
from engine.precedence.go.managers import after, behind
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import Setting, Settings
from engine.precedence.go.toolchains import SWITCHED_TO, Choice, Found, chosen, located
from engine.precedence.values import Hole
from engine.precedence.view import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.precedence.go.binary import Binary
    from engine.precedence.go.managers import Behind
    from engine.precedence.view import View


@record
class Switch:
    """A step from one toolchain to another: which, why, and where that one is, if that is known."""

    choice: Choice
    found: Found | None = None


@record
class Answer:
    """What `go env` says: every key with its setting, or why that is not known.

    `shim` is what stands in front of the command, `local` the command that was found, `binary` the
    one that answers after a `switch`. `refusal` is what it says instead of an answer; a `Hole`
    where nobody knows whether it answers.
    """

    local: Binary | Hole
    binary: Binary | Hole
    settings: Mapping[str, Setting | Hole] = {}
    switch: Switch | None = None
    refusal: Refusal | Hole | None = None
    shim: Behind | None = None


def answer(view: View, path: str) -> Answer:
    """Give what the go command in a file says, asked in the view's directory.

    A version manager's shim chooses another one, and changes its environment.
    """
    shim = behind(view, path)
    if isinstance(shim, Hole):
        return Answer(shim, shim, refusal=shim)
    if isinstance(shim.binary, Hole):
        return Answer(shim.binary, shim.binary, refusal=shim.binary, shim=shim)
    return replace(_said(after(view, shim.changes), shim.binary), shim=shim)


def _said(view: View, path: str) -> Answer:
    try:
        local = binary_at(view, path)
    except Unknown as error:
        return Answer(error.hole, error.hole, refusal=error.hole)
    settings = Settings(view, local)
    switch: Switch | None = None
    try:
        if (choice := chosen(settings)) is not None:
            switch = Switch(choice)
            switch = Switch(choice, located(choice, settings))
            settings = _switched(switch, view)
    except Unknown as error:
        certain = _whoever_answers(Settings(view, local), error.hole)
        return Answer(local, error.hole, certain, switch, error.hole)
    except Refusal as error:
        return Answer(local, local, {}, switch, error)
    found_refusal = refusal(settings)
    if isinstance(found_refusal, Refusal):
        return Answer(local, settings.binary, {}, switch, found_refusal)
    try:
        keys = keys_of(settings)
    except Unknown as error:
        return Answer(local, settings.binary, {}, switch, error.hole)
    values = {key: _or_hole(compute, settings) for key, compute in keys.items()}
    return Answer(local, settings.binary, values, switch, found_refusal)


def _switched(switch: Switch, view: View) -> Settings:
    """Give the settings of a toolchain that was switched to; it stays, and does not ask again."""
    choice, found = switch.choice, switch.found
    if found is None or not found.command:
        detail = f"{choice.name} is not on this machine, and Go asks the network for it"
        raise Unknown(Hole("missing", detail, choice.place))
    inner = view.changed({"GOROOT": found.root or None, SWITCHED_TO: choice.name})
    other = behind(inner, found.command)
    if isinstance(other, Hole) or isinstance(other.binary, Hole):
        raise Unknown(other if isinstance(other, Hole) else other.binary)  # type: ignore[arg-type]
    inner = after(inner, other.changes)
    settings = Settings(inner, binary_at(inner, other.binary))
    chosen(settings)  # it refuses if it is not the one that was asked for
    return settings


def _whoever_answers(settings: Settings, hole: Hole) -> dict[str, Setting | Hole]:
    """Give what every toolchain says alike: what a variable or the user's file sets as it is."""
    found = {key: _or_hole(compute, settings) for key, compute in raw_keys().items()}
    config = settings.view.given("XDG_CONFIG_HOME")
    # Where that is relative, versions do not agree on the user's file.
    is_one_file = config is None or (isinstance(config, str) and config.startswith("/"))
    shared = {"os", "env_file"} if is_one_file else {"os"}
    return {
        key: setting if isinstance(setting, Setting) and setting.origin in shared else hole
        for key, setting in found.items()
    }


def _or_hole(compute: object, settings: Settings) -> Setting | Hole:
    try:
        return compute(settings)  # type: ignore[operator,no-any-return]
    except Unknown as error:
        return error.hole
    except Refusal as error:
        return Hole("unsupported", f"the go command refuses: {error.message}")
