"""What was read made fit for a document: without what nothing runs, and without secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.gather.collector import Verbatim
from engine.gather.hiding import Hiding
from engine.gather.scripts import trimmed
from engine.gather.secret_shapes import holds_token
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.redact import Redaction
    from engine.gather.survey import Resolved
    from engine.model.facts import PartialMap
    from engine.model.json_value import Json, JsonObject

    Script = list[Json]

SCRIPT_BYTES = 4 << 20
"""How long all scripts of a document may be, as JSON."""


class Keeping:
    """Keeps scripts as far as contexts run them, up to a bound for all together.

    Where nobody knows what runs, whole scripts are kept.
    """

    def __init__(self, redaction: Redaction, resolution: Resolved | None) -> None:
        """Take what hides secrets, and what was folded."""
        self._visited = None if resolution is None else resolution.visited
        self._hiding = Hiding(redaction)
        self._shows = redaction.shows
        self._left = SCRIPT_BYTES

    def entry(self, path: str, entry: Json) -> Json:
        """Give what is known of a path, its scripts trimmed."""
        if not isinstance(entry, dict) or "scripts" not in entry:
            return entry

        def fit(script: Script) -> Script:
            seen = self._visited
            return self._hiding.script(script if seen is None else trimmed(script, path, seen))

        scripts = {
            syntax: self._kept(script, self._hiding.script if _is_kept_whole(syntax) else fit)
            for syntax, script in entry["scripts"].items()
        }
        return {**entry, "scripts": scripts}

    def snippets(self, scripts: PartialMap) -> JsonObject:
        """Give texts that are evaluated, but none with a secret: its key would tell it."""
        kept = {key: self._kept(script, self._hiding.script) for key, script in scripts.items()}
        return {
            key: script
            for key, script in kept.items()
            if not isinstance(script, Verbatim) or script.value == scripts[key]
        }

    def _kept(self, script: Script | Absent, fit: Callable[[Script], Script]) -> Verbatim | Absent:
        if isinstance(script, Absent):
            return script
        try:
            statements = [self._readable(statement) for statement in fit(script)]
        except Exception as error:  # noqa: BLE001 - what cannot be hidden is not shown
            return Absent("unsupported", f"it could not be made fit: {type(error).__name__}")
        self._left -= len(_text(statements))
        if self._left < 0:
            return Absent("too_large", f"scripts have more than {SCRIPT_BYTES} bytes in all")
        return Verbatim(statements)

    def _readable(self, statement: Script) -> Script:
        """Give a statement that a document can hold: names may be no text, or hold a secret."""
        text = _text(statement)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return ["opaque", statement[1], "it holds bytes that are not UTF-8", None]
        if not self._shows and holds_token(text):
            return ["opaque", statement[1], "it holds a secret", None]
        return statement


def _is_kept_whole(syntax: str) -> bool:
    return syntax in SYNTAXES and SYNTAXES[syntax].is_kept_whole


def _text(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
