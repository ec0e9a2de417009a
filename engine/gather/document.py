"""A facts document as it grows: values, where each comes from, and the holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Sourced, Verbatim
from engine.gather.redact import Shown
from engine.model.facts import Absent, Redacted

if TYPE_CHECKING:
    from engine.gather.collector import Collector, Fact
    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Provenance

SCHEMA = "precedent/facts/v1"
DEEPEST = 64
"""How deep a value may be nested; readers take some more, for what stands around it."""

_NOT_UTF8 = Absent("parse_error", "it holds bytes that are not UTF-8")


class Document:
    """Collects facts into one JSON document."""

    def __init__(self, redaction: Redaction) -> None:
        """Start without facts; the redaction looks through every text once more."""
        self._redaction = redaction
        self._known_words: dict[str, str] = {}
        self._facts: JsonObject = {}
        self._provenance: dict[str, JsonObject] = {}
        self._absent: dict[str, JsonObject] = {}
        self._writers: dict[tuple[str, ...], str] = {}

    def add(self, collector: Collector, fact: Fact) -> None:
        """Take a fact; one that was not declared, or is there already, is a fault of ours."""
        steps = tuple(fact.key.split("."))
        self._claim(collector, steps)
        pointer = pointer_to(steps)
        value = self._plain(pointer, Sourced(fact.value, fact.provenance), collector)
        if isinstance(value, Absent) and not value.certain:
            self._miss(pointer, value)
            return
        inner = self._facts
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        if isinstance(value, Absent):
            # What lies around it is there and lacks it; where that was looked up is worth telling.
            # A document as a whole says of nothing that it is not there.
            if len(steps) > 1:
                self._note(pointer, fact.provenance, collector)
        else:
            inner[steps[-1]] = value

    def miss(self, collector: Collector, hole: Absent) -> None:
        """Note that nothing of a collector's facts is known."""
        for key in collector.facts:
            self._miss(pointer_to(tuple(key.split("."))), hole)

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The steps of every fact that was taken."""
        return tuple(self._writers)

    def as_json(self, subject: JsonObject) -> JsonObject:
        """Give the whole document, in an order that does not depend on how facts came."""
        return {
            "schema": SCHEMA,
            "subject": subject,
            "facts": dict(sorted(self._facts.items())),
            "provenance": dict(sorted(self._provenance.items())),
            "absent": dict(sorted(self._holes().items())),
        }

    def _claim(self, collector: Collector, steps: tuple[str, ...]) -> None:
        if not any(_is_within(steps, tuple(key.split("."))) for key in collector.facts):
            message = f"collector {collector.name!r} does not declare {'.'.join(steps)!r}"
            raise TypeError(message)
        for taken, writer in self._writers.items():
            if _is_within(steps, taken) or _is_within(taken, steps):
                message = (
                    f"{'.'.join(steps)!r} of {collector.name!r} is already written by {writer!r}"
                )
                raise TypeError(message)
        self._writers[steps] = collector.name

    def _plain(self, pointer: str, value: Json, collector: Collector) -> Json:
        """Give plain JSON, noting provenance and holes; a value that is not known is `Absent`."""
        if isinstance(value, Sourced):
            plain = self._plain(pointer, value.value, collector)
            if not isinstance(plain, Absent):
                self._note(pointer, value.provenance, collector)
            return plain
        if isinstance(value, Verbatim):
            return value.value
        if isinstance(value, str):
            value = _NOT_UTF8 if _has_raw_bytes(value) else self._redaction.text(value)
        if isinstance(value, Redacted):
            return _plain_secret(value)
        if isinstance(value, (dict, list, tuple)) and pointer.count("/") >= DEEPEST:
            return Absent("too_large", f"it is nested deeper than {DEEPEST} levels")
        if isinstance(value, dict):
            return self._plain_mapping(pointer, value, collector)
        if isinstance(value, (list, tuple)):
            return self._plain_list(pointer, value, collector)
        return value

    def _plain_mapping(self, pointer: str, value: JsonObject, collector: Collector) -> JsonObject:
        plain = {}
        for key, child in value.items():
            unfit = self._unfit(key)
            if unfit is not None:
                self._miss(f"{pointer}/{MORE}", unfit)
                continue
            below = pointer + pointer_to((key,))
            inner = self._plain(below, child, collector)
            if not isinstance(inner, Absent):
                plain[key] = inner
            elif not inner.certain:
                self._miss(below, inner)
        return plain

    def _origin(self, collector: Collector, provenance: Provenance) -> JsonObject:
        """Give a provenance for people: a file's name, too, may come with a password in it."""
        told = provenance.as_json()
        for key in ("from", "file"):
            if key in told:
                told[key] = self._words(told[key])
        return {"collector": collector.name, **told}

    def _words(self, text: str) -> str:
        """Give a text for people; most are told many times."""
        if text not in self._known_words:
            clean = text.encode("utf-8", "replace").decode()
            self._known_words[text] = self._redaction.words(clean)
        return self._known_words[text]

    def _unfit(self, key: str) -> Absent | None:
        """Give why a document cannot hold a key: nothing can stand in its place."""
        if _has_raw_bytes(key):
            return Absent("parse_error", "a key holds bytes that are not UTF-8")
        is_secret = not self._redaction.shows and self._redaction.words(key) != key
        return Absent("redacted", "a key holds a secret") if is_secret else None

    def _plain_list(
        self, pointer: str, value: list[Json] | tuple[Json, ...], collector: Collector
    ) -> list[Json]:
        plain: list[Json] = []
        for child in value:
            inner = self._plain(f"{pointer}/{len(plain)}", child, collector)
            if isinstance(inner, Absent):
                self._miss(f"{pointer}/{MORE}", inner)
            else:
                plain.append(inner)
        return plain

    def _note(self, pointer: str, provenance: Provenance, collector: Collector) -> None:
        """Note where a value comes from; its innermost part, noted first, says it best."""
        self._provenance.setdefault(pointer, self._origin(collector, provenance))

    def _miss(self, pointer: str, hole: Absent) -> None:
        entry = {"reason": hole.cause}
        if hole.detail:
            entry["detail"] = self._words(hole.detail)
        self._absent.setdefault(pointer, entry)

    def _holes(self) -> dict[str, JsonObject]:
        """Give the holes; those below a top-level fact without a value are one if alike."""
        below: dict[str, dict[str, JsonObject]] = {}
        for pointer, entry in self._absent.items():
            below.setdefault(pointer.split("/")[1], {})[pointer] = entry
        holes: dict[str, JsonObject] = {}
        for top, entries in below.items():
            first, *others = entries.values()
            is_one = top not in self._facts and all(other == first for other in others)
            holes |= {f"/{top}": first} if is_one else entries
        return holes


def pointer_to(steps: tuple[str, ...]) -> str:
    """Give a JSON pointer (RFC 6901)."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _is_within(steps: tuple[str, ...], ancestor: tuple[str, ...]) -> bool:
    return steps[: len(ancestor)] == ancestor


def _has_raw_bytes(text: str) -> bool:
    """Say whether a text holds bytes that did not decode, which JSON cannot hold."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _plain_secret(value: Redacted) -> Json:
    if isinstance(value, Shown):
        return _NOT_UTF8 if _has_raw_bytes(value.plain) else value.plain
    if any(isinstance(atom, str) and _has_raw_bytes(atom) for atom in value.atoms):
        return _NOT_UTF8
    return {"$redacted": [_atom(atom) for atom in value.atoms]}


def _atom(atom: str | tuple[str, str]) -> Json:
    return atom if isinstance(atom, str) else {"salt": atom[0], "hash": atom[1]}
