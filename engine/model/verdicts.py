"""What a run says: verdicts, findings and the evidence they rest on."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from engine.model.json_value import Json
    from engine.model.place import Place, Provenance

    Outcome: TypeAlias = Literal["pass", "fail", "unknown", "not_applicable", "error"]
    Severity: TypeAlias = Literal["info", "low", "medium", "high", "critical"]

OUTCOMES = ("pass", "fail", "unknown", "not_applicable", "error")
SEVERITIES = ("info", "low", "medium", "high", "critical")

CAUSES = {
    "not_collected": "nobody asked for it",
    "permission": "it may not be read",
    "redacted": "it is a secret, kept as a fingerprint",
    "unsupported": "this platform or version does not offer it",
    "opaque": "it depends on code that was not run",
    "parse_error": "it could not be understood",
    "missing": "the facts do not hold it",
    "wrong_type": "it is of another type than the rule expects",
    "timeout": "asking for it took too long",
    "too_large": "it is larger than the engine reads",
    "ambiguous": "sources without an order between them disagree",
}
"""Why something is unknown, with the words for people."""


@record
class Evidence:
    """A fact that a verdict rests on: what the rule calls it, where it stands, its value.

    `path` is a JSON pointer into the facts; a value that is not known is None with `cause` set.
    """

    fact: str
    path: str
    value: Json
    provenance: Provenance | None = None
    cause: str | None = None


@record
class Unknown:
    """Why something could not be judged: a cause out of `CAUSES`, the fact, and a detail."""

    cause: str
    fact: str
    detail: str = ""
    element: str | None = None
    evidence: tuple[Evidence, ...] = ()


@record
class Waiver:
    """A dated, reasoned decision to live with a finding, as it is shown beside the finding."""

    rule: str
    owner: str
    because: str
    expires: str
    place: Place


@record
class Finding:
    """One thing to put right.

    `element` names the element of `for_each` (`path.executables[3]`; several levels joined by `,
    `); `fingerprint` identifies rule, element and evidence (`sha256:...`).
    """

    message: str
    evidence: tuple[Evidence, ...]
    fingerprint: str
    element: str | None = None
    remedy: str | None = None
    waiver: Waiver | None = None


@record
class Verdict:
    """One rule's outcome with its findings and everything that stayed unknown.

    `place` is where the rule stands; `fault` says what broke when the outcome is `error`.
    """

    rule: str
    title: str
    severity: Severity
    outcome: Outcome
    place: Place
    pack: str = ""
    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    fault: str | None = None
    about: str = ""
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def reason(self) -> Unknown | None:
        """The first unknown in written order, for an outcome of unknown."""
        return self.unknowns[0] if self.outcome == "unknown" and self.unknowns else None

    @property
    def is_waived(self) -> bool:
        """Whether it failed and every finding is waived."""
        return self.outcome == "fail" and all(finding.waiver for finding in self.findings)


@record
class StaleWaiver:
    """A waiver with nothing left to do: `expired`, `not_needed`, or `lapsed` with its value."""

    waiver: Waiver
    why: Literal["expired", "lapsed", "not_needed"]


@record
class DisabledRule:
    """A rule that a pack switched off, and why."""

    rule: str
    pack: str
    because: str


@record
class Report:
    """All verdicts on one facts document, sorted by rule id.

    `document` is the name of what was judged (`facts.json`, `standard input`, `this machine`).
    """

    document: str
    verdicts: tuple[Verdict, ...]
    stale_waivers: tuple[StaleWaiver, ...] = ()
    disabled: tuple[DisabledRule, ...] = ()

    def summary(self) -> dict[str, int]:
        """Count the verdicts by outcome; waived ones count under `waived` and not under `fail`."""
        counts = dict.fromkeys((*OUTCOMES, "waived"), 0)
        for verdict in self.verdicts:
            counts["waived" if verdict.is_waived else verdict.outcome] += 1
        return counts
