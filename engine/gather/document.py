"""A facts document as it grows: values, where each comes from, and the holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Sourced, Verbatim
from engine.gather.secret_shapes import secret_spans
from engine.model.facts import Absent, Redacted

if TYPE_CHECKING:
    from engine.gather.collector import Collector, Fact
    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

SCHEMA = "precedent/facts/v1"
_NOT_UTF8 = Absent("parse_error", "it holds bytes that are not UTF-8")


class Document:
    """Collects facts into one JSON document."""

    def __init__(self, redaction: Redaction) -> None:
        """Start without facts; the redaction looks through every text once more."""
        self._redaction = redaction
        self._facts: JsonObject = {}
        self._provenance: dict[str, JsonObject] = {}
        self._absent: dict[str, JsonObject] = {}
        self._writers: dict[tuple[str, ...], str] = {}

    def add(self, collector: Collector, fact: Fact) -> None:
        """Take a fact; one that was not declared, or is there already, is a fault of ours."""
        steps = tuple(fact.key.split("."))
        self._claim(collector, steps)
        pointer = _pointer(steps)
        value = self._plain(pointer, Sourced(fact.value, fact.provenance), collector)
        if isinstance(value, Absent):
            self._miss(pointer, value)
            return
        inner = self._facts
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        inner[steps[-1]] = value

    def miss(self, collector: Collector, hole: Absent) -> None:
        """Note that nothing of a collector's facts is known."""
        for key in collector.facts:
            self._miss(_pointer(tuple(key.split("."))), hole)

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
                # The innermost says it best.
                own = {"collector": collector.name} | self._told(value.provenance.as_json())
                self._provenance.setdefault(pointer, own)
            return plain
        if isinstance(value, Verbatim):
            return value.value
        if isinstance(value, str):
            value = _NOT_UTF8 if _has_raw_bytes(value) else self._redaction.text(value)
        if isinstance(value, Redacted):
            if any(isinstance(atom, str) and _has_raw_bytes(atom) for atom in value.atoms):
                return _NOT_UTF8
            return {"$redacted": [_atom(atom) for atom in value.atoms]}
        if isinstance(value, dict):
            return self._plain_mapping(pointer, value, collector)
        if isinstance(value, (list, tuple)):
            return self._plain_list(pointer, value, collector)
        return value

    def _plain_mapping(self, pointer: str, value: JsonObject, collector: Collector) -> JsonObject:
        plain = {}
        for key, child in value.items():
            if hole := self._unfit(key):
                self._miss(f"{pointer}/{MORE}", hole)
                continue
            below = pointer + _pointer((key,))
            inner = self._plain(below, child, collector)
            if isinstance(inner, Absent):
                self._miss(below, inner)
            else:
                plain[key] = inner
        return plain

    def _told(self, provenance: JsonObject) -> JsonObject:
        """Give where a value comes from, without a secret that stands in a path."""
        return {
            key: self._redaction.words(told) if isinstance(told, str) else told
            for key, told in provenance.items()
        }

    def _unfit(self, key: str) -> Absent | None:
        """Say why a document cannot hold a key; fingerprints stand in place of values only."""
        if _has_raw_bytes(key):
            return Absent("parse_error", "a key holds bytes that are not UTF-8")
        if secret_spans(key):
            return Absent("redacted", "a key holds a secret")
        return None

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

    def _miss(self, pointer: str, hole: Absent) -> None:
        entry = {"reason": hole.cause}
        if hole.detail:
            entry["detail"] = self._redaction.words(hole.detail.encode("utf-8", "replace").decode())
        self._absent.setdefault(pointer, entry)

    def _holes(self) -> dict[str, JsonObject]:
        """Give the holes; those below a top-level fact that has no value at all are one hole."""
        holes: dict[str, JsonObject] = {}
        for pointer, entry in self._absent.items():
            top = pointer.split("/")[1]
            holes.setdefault(pointer if top in self._facts else f"/{top}", entry)
        return holes


def _pointer(steps: tuple[str, ...]) -> str:
    """Give a JSON pointer (RFC 6901)."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _is_within(steps: tuple[str, ...], ancestor: tuple[str, ...]) -> bool:
    return steps[: len(ancestor)] == ancestor


def _has_raw_bytes(text: str) -> bool:
    """Say whether a text holds bytes that did not decode, which JSON cannot hold."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _atom(atom: str | tuple[str, str]) -> Json:
    return atom if isinstance(atom, str) else {"salt": atom[0], "hash": atom[1]}
