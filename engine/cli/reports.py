"""Reports out: in every format asked for, and as an exit code."""

from __future__ import annotations

import os

from engine.cli import exits
from engine.cli.writing import write_file
from engine.errors import Complaint, UsageError
from engine.model.verdicts import SEVERITIES
from engine.report import Layout, format_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from engine.cli.terminal import Terminal
    from engine.model.json_value import Json
    from engine.model.verdicts import Report
    from engine.report import Format

DEFAULT_FAIL_ON = "low"


def publish(reports: Sequence[Report], options: Namespace, terminal: Terminal) -> None:
    """Write the reports in every format that the options ask for."""
    to_screen = options.output is None
    layout = Layout(
        width=terminal.width if to_screen else 80,
        colour=to_screen and terminal.wants_colour(options.colour),
        verbose=options.verbose,
    )
    for chosen, path in outputs(options):
        if path is None:
            terminal.write(chosen.render(reports, layout))
        else:
            write_file(path, chosen.render(reports, Layout(verbose=options.verbose)))


def outputs(options: Namespace) -> list[tuple[Format, str | None]]:
    """Give each format with the file it goes to, None for standard output."""
    found: list[tuple[Format, str | None]] = []
    for text in options.format or ["text"]:
        name, equals, path = text.partition("=")
        if equals and not path:
            raise UsageError(
                Complaint(f"`--format {text}` names no file", advice="write `--format NAME=FILE`")
            )
        found.append((format_named(name), path or options.output))
    if options.output is not None and all(path != options.output for _, path in found):
        advice = "leave it out, or add a `--format NAME` without a file"
        raise UsageError(Complaint("nothing is left for `--output`", advice=advice))
    for target in {path: None for _, path in found}:
        names = [f"`{chosen.name}`" for chosen, path in found if path == target]
        if len(names) > 1:
            place = "standard output" if target is None else f"`{target}`"
            advice = "send each to a file of its own: `--format NAME=FILE`"
            what = f"{' and '.join(names)} would all go to {place}"
            raise UsageError(Complaint(what, advice=advice))
    return found


def refuse_overwriting(inputs: Sequence[str], options: Namespace) -> None:
    """Refuse to write a report over a document that is to be judged."""
    paths = [path for _, path in outputs(options) if path is not None and os.path.isfile(path)]
    for given in filter(os.path.isfile, inputs):
        if any(os.path.samefile(path, given) for path in paths):
            what = f"the report would overwrite `{given}`, which is to be judged"
            raise UsageError(Complaint(what, advice="write it to another file"))


def exit_code(reports: Sequence[Report], options: Namespace, settings: Mapping[str, Json]) -> int:
    """Give the exit code: broken rules and unwaived findings first, then, if strict, unknowns."""
    threshold = SEVERITIES.index(options.fail_on or settings.get("fail_on") or DEFAULT_FAIL_ON)
    verdicts = [verdict for report in reports for verdict in report.verdicts]
    if any(verdict.outcome == "error" for verdict in verdicts):
        return exits.FINDINGS
    for verdict in verdicts:
        if (
            verdict.outcome == "fail"
            and not verdict.is_waived
            and SEVERITIES.index(verdict.severity) >= threshold
        ):
            return exits.FINDINGS
    is_strict = options.strict or settings.get("strict")
    if is_strict and not all(report.verdicts for report in reports):
        return exits.UNKNOWN
    # An unknown element counts, also where its rule fails elsewhere, waived or below the threshold.
    if is_strict and any(verdict.unknowns for verdict in verdicts):
        return exits.UNKNOWN
    return exits.CLEAN
