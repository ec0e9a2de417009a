"""Waivers: dated, reasoned decisions to live with a finding, and which have nothing left to do."""

from __future__ import annotations

import time

from engine.evaluate.prove import prove
from engine.model.place import Place
from engine.model.verdicts import StaleWaiver, Waiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.compile.program import Program
    from engine.evaluate.scope import Frames, Scope
    from engine.model.json_value import JsonObject
    from engine.model.verdicts import Verdict


class Waivers:
    """A program's waivers during the judging of one document."""

    def __init__(self, program: Program, now: int | None) -> None:
        """Take the waivers; without a time none of them counts, since it may have expired."""
        self._today = None if now is None else time.strftime("%Y-%m-%d", time.gmtime(now // 10**9))
        self._entries = [(entry, _shown(entry)) for entry in program.waivers]
        self._met: dict[int, str] = {}

    def of(self, rule: str, fingerprint: str, scope: Scope, frames: Frames) -> Waiver | None:
        """Give the first waiver in force that covers a finding."""
        for number, (entry, waiver) in enumerate(self._entries):
            if entry["rule"] != rule or self._is_expired(entry):
                continue
            if entry["where"] is not None:
                truth = prove(entry["where"], scope, frames).truth
                if truth is None:
                    # It may be what this waiver is for; then it would be wrong to call it needless.
                    self._met.setdefault(number, "undecided")
                if truth is not True:
                    continue
            if entry["value"] not in {None, fingerprint}:
                self._met.setdefault(number, "lapsed")
                continue
            self._met[number] = "used"
            return waiver
        return None

    def stale(self, verdicts: Sequence[Verdict]) -> Iterator[StaleWaiver]:
        """Give the waivers that expired, that lapsed with their value, or that nothing needs."""
        if self._today is None:
            return
        outcomes = {verdict.rule: verdict for verdict in verdicts}
        for number, (entry, waiver) in enumerate(self._entries):
            met = self._met.get(number)
            verdict = outcomes.get(entry["rule"])
            if self._is_expired(entry):
                yield StaleWaiver(waiver, "expired")
            elif met == "lapsed":
                yield StaleWaiver(waiver, "lapsed")
            elif met is None and verdict is not None and not verdict.unknowns and not verdict.fault:
                yield StaleWaiver(waiver, "not_needed")

    def _is_expired(self, entry: JsonObject) -> bool:
        return self._today is None or self._today > str(entry["expires"])


def _shown(entry: JsonObject) -> Waiver:
    return Waiver(
        rule=entry["rule"],
        owner=entry["owner"],
        because=entry["because"],
        expires=entry["expires"],
        place=Place(*entry["place"]),
    )
