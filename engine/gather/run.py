"""The run of all collectors, in which the failure of one is a hole and nothing else."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from engine.errors import Complaint, UsageError, did_you_mean
from engine.gather.collectors import COLLECTORS
from engine.gather.crew import NOBODY, at_work
from engine.gather.document import Document
from engine.gather.fitting import LIMIT, fit
from engine.gather.host import HostError
from engine.gather.survey import NO_LAUNCH, SUBJECTS, Survey
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.collector import Collector
    from engine.gather.crew import Outcome, Watch
    from engine.gather.host import Host
    from engine.gather.redact import Redaction
    from engine.gather.survey import LaunchOptions
    from engine.model.json_value import JsonObject


def gather(  # noqa: PLR0913 - a run has that many sides, each by name
    host: Host,
    *,
    subject: str,
    directory: str,
    redaction: Redaction,
    only: tuple[str, ...] = (),
    skip: tuple[str, ...] = (),
    launch: LaunchOptions = NO_LAUNCH,
    collectors: Mapping[str, Collector] = COLLECTORS,
    watch: Watch = NOBODY,
    limit: int = LIMIT,
) -> JsonObject:
    """Give the facts document of a host and the repository at `directory`.

    For a `repository` only files inside its work tree are read: no environment, no programs,
    nothing outside. `only` and `skip` name collectors; `watch` is told how they get on;
    `limit` is how many bytes the document may have.
    """
    _refuse_unknown("subject", (subject,), SUBJECTS)
    _refuse_unknown("collector", (*only, *skip), tuple(collectors))
    survey = Survey(
        host,
        subject=subject,
        directory=os.path.abspath(directory),
        redaction=redaction,
        launch=launch,
    )
    chosen = [
        collector
        for collector in collectors.values()
        if collector.name not in skip and (not only or collector.name in only)
    ]
    if collectors and not chosen:
        raise UsageError(
            Complaint("no collector is left", advice="choose one that is not left out")
        )
    try:
        outcomes = _outcomes(chosen, survey, watch)
    finally:
        host.stop()
    document = Document(redaction)
    for collector in collectors.values():
        outcome = outcomes.get(collector.name, _LEFT_OUT)
        if isinstance(outcome, Absent):
            document.miss(collector, outcome)
        else:
            for fact in outcome:
                document.add(collector, fact)
    told = {"kind": subject, "platform": host.platform}
    whole = document.as_json(told | ({"secrets": "shown"} if redaction.shows else {}))
    fit(whole, document.keys, limit)
    return whole


def _outcomes(chosen: list[Collector], survey: Survey, watch: Watch) -> dict[str, Outcome]:
    """Give what all collectors found: those that need nothing of others, and then those that do."""
    outcomes: dict[str, Outcome] = {}
    asked: list[Collector] = []
    for collector in chosen:
        reason = _why_not(collector, survey)
        if reason is None:
            asked.append(collector)
        else:
            outcomes[collector.name] = Absent("not_collected", reason)
    for turn in sorted({collector.last for collector in asked}):
        stage = [collector for collector in asked if collector.last == turn]
        outcomes |= at_work(stage, lambda collector: _outcome(collector, survey), watch)
        # In the order of the collectors, whichever was done first.
        found = [outcomes.get(collector.name) for collector in asked]
        survey.facts = [fact for facts in found if isinstance(facts, list) for fact in facts]
    return outcomes


_LEFT_OUT = Absent("not_collected", "it was left out of this run")


def _why_not(collector: Collector, survey: Survey) -> str | None:
    """Say why a collector is not asked here; None for one that is."""
    if survey.subject not in collector.subjects:
        return f"not asked for a {survey.subject}"
    if collector.live and not survey.host.is_live:
        return "only a running machine can be asked"
    return None


def _outcome(collector: Collector, survey: Survey) -> Outcome:
    """Give a collector's facts, or the one hole that stands for them all."""
    try:
        return list(collector.collect(survey))
    except HostError as error:
        return error.hole()
    except Exception as error:  # noqa: BLE001 - whatever a collector does, the others go on
        # Its message may quote what it read, secrets included; where it happened says enough.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}:{place.lineno}"
        return Absent("unsupported", f"the collector `{collector.name}` broke at {where}")


def _refuse_unknown(what: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    complaints = [
        Complaint(
            f"unknown {what} `{name}`",
            advice=did_you_mean(name, known) or f"there are {', '.join(known)}",
        )
        for name in given
        if name not in known
    ]
    if complaints:
        raise UsageError(complaints)
