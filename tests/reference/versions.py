"""Versions and times as sortable values; None where a text is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from packaging.version import InvalidVersion, Version

SCHEMES = {"go-version": "go", "go": "go", "semver": "semver", "pep440": "pep440"}
_NUMBER = r"(0|[1-9][0-9]*)"
_GO = re.compile(rf"(?:go)?{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}|([a-z]+){_NUMBER})?)?")
_SEMVER = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")
_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d))?"
)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_BILLION = 1_000_000_000
FIRST_WITH_LANGUAGE_VERSIONS = 21


def version_of(text: Any, scheme: str) -> Any:
    """Read a version of a scheme into something that compares, or None."""
    if not isinstance(text, str):
        return None
    return {"go": _go, "semver": _semver, "pep440": _pep440}[scheme](text)


def _go(text: str) -> Any:
    match = _GO.fullmatch(text)
    if match is None:
        return None
    major, minor, patch, kind, pre = match.groups()
    if minor is None:
        minor, patch = "0", "0"
    # From 1.21 on `1.N` is the language version, before all of its releases; earlier it is `1.N.0`.
    if patch is None and kind is None and int(minor) < FIRST_WITH_LANGUAGE_VERSIONS:
        patch = "0"
    numbers = [int(part) if part is not None else -1 for part in (major, minor, patch)]
    return (*numbers, kind or "", int(pre or -1))


def _semver(text: str) -> Any:
    match = _SEMVER.fullmatch(text)
    if match is None:
        return None
    *numbers, pre = match.groups()
    if pre is None:
        return ([int(number) for number in numbers], 1, [])
    parts = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in pre.split(".")]
    return ([int(number) for number in numbers], 0, parts)


def _pep440(text: str) -> Any:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def in_range(version: Any, text: str, scheme: str) -> bool | None:
    """Say whether a version lies in a range such as `>=1.22, <1.25`; None if that is no range."""
    answers = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(=|!=|<=|>=|<|>)\s*(\S+)\s*", part)
        bound = version_of(match[2], scheme) if match else None
        if match is None or bound is None:
            return None
        answers.append(compare(version, match[1], bound))
    return all(answers)


def compare(left: Any, sign: str, right: Any) -> bool:
    """Compare two values of one kind."""
    return bool(
        {
            "=": left == right,
            "!=": left != right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
        }[sign]
    )


def instant_of(text: Any) -> int | None:
    """Read an RFC 3339 time or a date (00:00Z) as nanoseconds since 1970, or None."""
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        whole = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            tzinfo=UTC,
        )  # fmt: skip
    except ValueError:
        return None
    seconds = int(whole.timestamp())
    if zone and zone not in "Zz":
        shift = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds -= shift if zone[0] == "+" else -shift
    return seconds * _BILLION + int((fraction or "0").ljust(9, "0")[:9])


def duration_of(text: Any) -> int | None:
    """Read a duration such as `30d` as nanoseconds, or None."""
    match = re.fullmatch(r"([0-9]+)([smhdw])", text) if isinstance(text, str) else None
    return None if match is None else int(match[1]) * _UNITS[match[2]] * _BILLION
