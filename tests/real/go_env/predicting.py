"""What the engine says that `go env -json` prints, for the comparison with what it prints."""

from __future__ import annotations

import os
import re

from engine.gather.closing import Closing
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.survey import Survey
from engine.precedence.go.command import answer
from engine.precedence.go.flags import flags_of
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import Settings
from engine.precedence.values import Hole
from engine.precedence.view import Unknown, View
from engine.precedence.world import World

_FIRST_WITH_CHANGED = (1, 23)


def predict(environment: dict[str, str], directory: str) -> dict[str, str | None] | None:
    """Give what each key is, None where that is unknown; `error` where the command refuses.

    None as a whole means that nothing is known.
    """
    view = view_of(environment, directory)
    path = view.which("go")
    if not isinstance(path, str):
        return None
    found = answer(view, path)
    if isinstance(found.refusal, Refusal):
        return {"error": found.refusal.message}
    if isinstance(found.binary, Hole) or not found.settings:
        return None
    if found.binary.release >= _FIRST_WITH_CHANGED and _is_shortened(view, found):
        return None
    said = {key: _text(setting) for key, setting in found.settings.items()}
    return said | ({"error": None} if found.refusal is not None else {})


def _is_shortened(view: View, found) -> bool:
    try:
        return flags_of(Settings(view, found.binary)).is_set("changed")
    except Unknown:
        return False


def _text(setting) -> str | None:
    if isinstance(setting, Hole) or not isinstance(setting.value, str):
        return None
    # In JSON, Go gives each byte that is no text as U+FFFD.
    return re.sub("[\udc80-\udcff]", "\ufffd", setting.value)


def view_of(environment: dict[str, str], directory: str) -> View:
    """Give what a program sees that this machine starts in a directory."""
    machine = Machine(environment)
    survey = Survey(
        machine, subject="workstation", directory=directory, redaction=Redaction(b"0" * 16)
    )
    closing = Closing(survey, machine.account(None))
    world = World({"files": closing.files, "snippets": closing.snippets}, closing.answer)
    return View(world, environment.get, _working(environment, directory))


def _working(environment: dict[str, str], directory: str) -> str:
    """Give the directory as Go calls it: by PWD, where that names it."""
    said = environment.get("PWD", "")
    real = os.path.realpath(directory)
    if said.startswith("/") and os.path.exists(said) and os.path.samefile(said, directory):
        return os.path.normpath(said)
    return real
