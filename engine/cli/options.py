"""Options that several commands share, and what they mean."""

from __future__ import annotations

import json
import os
import time

from engine.compile.build import Request, find_config, program_for
from engine.compile.cache import Cache
from engine.errors import Complaint, UsageError
from engine.model.verdicts import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _ActionsContainer
    from collections.abc import Mapping

    from engine.compile.program import Program
    from engine.model.json_value import Json


def add_rules(parser: ArgumentParser) -> None:
    """Add what chooses the rules."""
    group = parser.add_argument_group("rules")
    group.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PACK",
        help="a bundled pack's name, a pack's folder or a rule file; may be repeated "
        "(default: engine.yaml of the folder, else all bundled packs)",
    )
    group.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="the value of a parameter, as JSON or as plain text; may be repeated",
    )
    group.add_argument("--waivers", metavar="FILE", help="a file of waivers")
    group.add_argument(
        "--no-cache", action="store_true", help="compile the rules anew and keep nothing"
    )


def add_time(parser: ArgumentParser) -> None:
    """Add what says which day it is."""
    parser.add_argument(
        "--today",
        metavar="DATE",
        help="judge ages and waivers as of this day, YYYY-MM-DD in UTC (default: now)",
    )


def add_report(parser: ArgumentParser) -> None:
    """Add what says how to print and when to fail."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="NAME[=FILE]",
        help="text, json, junit or sarif, to standard output or to a file; may be repeated "
        "(default: text)",
    )
    group.add_argument(
        "--output", metavar="FILE", help="write what would go to standard output to a file"
    )
    group.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="SEVERITY",
        help="exit 1 for findings of this severity and above: info, low (default), medium, high, "
        "critical",
    )
    group.add_argument("--strict", action="store_true", help="exit 3 if a verdict is unknown")
    group.add_argument("--verbose", "-v", action="store_true", help="shorten nothing")
    add_colour(group)


def add_colour(parser: _ActionsContainer) -> None:
    """Add what says whether to colour the text."""
    parser.add_argument(
        "--colour",
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour the text",
    )


def program(
    options: Namespace,
    environment: Mapping[str, str],
    folder: str = ".",
    inside: str | None = None,
) -> Program:
    """Give the program that the options ask for.

    `folder` is where `engine.yaml` is looked for; what lies in `inside` never leads out of it.
    """
    request = Request(
        rules=tuple(options.rules),
        config=None if options.rules else find_config(folder),
        waivers=options.waivers,
        params=_params(options.param),
        inside=inside,
    )
    place = None if options.no_cache else cache_folder(environment)
    return program_for(request, Cache(place) if place else None, time.time_ns())


def cache_folder(environment: Mapping[str, str]) -> str | None:
    """Give the folder for compiled programs by the XDG base directories; None without a home."""
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = environment.get("HOME", "")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".cache")
    return os.path.join(base, "precedent")


def now(options: Namespace) -> int:
    """Give the run's time in nanoseconds since 1970: the start of `--today`, or the clock's."""
    if options.today is None:
        return time.time_ns()
    return day_start(options.today)


def day_start(day: str) -> int:
    """Give the start of a day in UTC, in nanoseconds since 1970."""
    from calendar import timegm  # noqa: PLC0415 - only an option needs it

    try:
        return timegm(time.strptime(day, "%Y-%m-%d")) * 10**9
    except ValueError:
        complaint = Complaint(f"`{day}` is no date", advice="write it as YYYY-MM-DD")
        raise UsageError(complaint) from None


def _params(texts: list[str]) -> tuple[tuple[str, Json], ...]:
    """Give the parameters in the order of their names."""
    values: dict[str, Json] = {}
    for name, value in map(_param, texts):
        if name in values:
            raise UsageError(Complaint(f"`--param {name}` is given twice"))
        values[name] = value
    return tuple(sorted(values.items(), key=lambda pair: pair[0]))


def _param(text: str) -> tuple[str, Json]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(
            Complaint(f"`--param {text}` has no value", advice="write `--param NAME=VALUE`")
        )
    try:
        read = json.loads(value)
        json.dumps(read, allow_nan=False)  # what Python takes for JSON, `NaN` and `1e999`, is text
    except (ValueError, RecursionError):
        return name, value
    return name, read
