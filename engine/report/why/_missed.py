"""Files that set a name and were not read in a context, and why."""

from __future__ import annotations

from engine.model.facts import PartialList
from engine.model.record import replace
from engine.report._reasons import reason_words, shortened_home
from engine.report.why._answer import Missed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.model.json_value import Json, JsonObject
    from engine.report.why._answer import Origin, Outcome

_SETS = frozenset(("set", "append", "prepend", "default"))
_DEFINED = frozenset(("alias", "function"))
_FEW = 3


def setters(outcome: Outcome) -> Iterator[Origin]:
    """Give every origin that set the name: of a command, only what defined one of its name."""
    yield from (event.origin for event in outcome.chain if event.op in _SETS)
    if outcome.state in {"set", "unset", "unknown"}:
        yield from (piece.origin for piece in outcome.shadowed)
    if outcome.origin is not None and (outcome.state == "set" or outcome.kind in _DEFINED):
        yield outcome.origin


class Missing:
    """Which files set a name, and what each context read of them."""

    def __init__(
        self, contexts: Mapping[str, JsonObject], lines: Mapping[str, int], home: str
    ) -> None:
        """Take the contexts, the last line of each file that sets the name, and the home."""
        self._contexts = contexts
        self._lines = lines
        self._home = home
        self._shells = {name: _shell(context) for name, context in contexts.items()}
        # What may have been read besides, nobody can call unread. An image or a step of a pipeline
        # is expected to read no file of the user's, and has others by the same names.
        self._loaded = {
            identifier: [_path(entry) for entry in loaded]
            for identifier, context in contexts.items()
            if isinstance(loaded := context.get("loaded"), list)
            and not _is_open(loaded)
            and not context.get("of")
        }

    def told(self, outcome: Outcome) -> Outcome:
        """Give an outcome with the files that set the name and were not read."""
        loaded = self._loaded.get(outcome.context)
        if loaded is None or outcome.state == "unknown":
            return outcome  # nobody knows what was read, or what an unread file would change
        seen = {origin.file for origin in setters(outcome)} | {
            event.origin.file for event in outcome.chain
        }
        noted = {
            _path(entry): entry
            for entry in self._contexts[outcome.context].get("not_loaded") or ()
            if isinstance(entry, dict)
        }
        found = []
        for path, line in sorted(self._lines.items()):
            if path in seen or path in loaded:
                continue
            reason = (
                self._reason(noted[path], outcome, loaded)
                if path in noted
                else self._where_read(path, outcome.context)
            )
            if reason:
                found.append(Missed(path, line or None, reason))
        return replace(outcome, missed=tuple(found))

    def _reason(self, entry: JsonObject, outcome: Outcome, loaded: list[str]) -> str:
        """Say why a file was not read; one of another kind of shell might still be sourced."""
        reason = reason_words(entry, self._home, outcome.shell)
        if entry.get("reason") not in {"condition", "hidden"}:
            return reason
        own = [path for path in loaded if self._home and path.startswith(f"{self._home}/")]
        if not own:
            return reason
        names = " and ".join(shortened_home(path, self._home) for path in own[:_FEW])
        return f"{reason}, and {names} {'does' if len(own) == 1 else 'do'} not source it"

    def _where_read(self, path: str, context: str) -> str:
        """Say which contexts read a file, unless that is the business of other shells only."""
        readers = [name for name, loaded in self._loaded.items() if path in loaded]
        own = self._shells[context]
        if not readers or (own and own not in {self._shells[name] for name in readers}):
            return ""
        more = f" and {len(readers) - _FEW} more" if len(readers) > _FEW else ""
        return f"it is read only in {', '.join(readers[:_FEW])}{more}"


def _shell(context: JsonObject) -> str:
    shell = context.get("shell")
    name = shell.get("name") if isinstance(shell, dict) else None
    return name if isinstance(name, str) else ""


def _path(entry: Json) -> str:
    path = entry.get("path") if isinstance(entry, dict) else entry
    return path if isinstance(path, str) else ""


def _is_open(loaded: list[Json]) -> bool:
    return isinstance(loaded, PartialList) and loaded.more is not None
