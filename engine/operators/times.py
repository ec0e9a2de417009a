"""Points in time: RFC 3339, exact to the nanosecond; a date is its first moment in UTC.

A space may stand instead of `T`, and `t` and `z` may be lower case. Digits after the ninth are
dropped. The leap second 23:59:60 UTC is the moment after it, as computers' clocks have it. A time
without an offset could be any of 26 hours, so it is unknown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.operators._base import Kind, Unfit, Unsure, operator
from engine.operators._kinds import UNFIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json
    from engine.operators._base import Answer

NO_TIME = Unfit("parse_error", "it is no date or time of RFC 3339 such as `2026-01-31T12:00:00Z`")
NO_OFFSET = Unfit("parse_error", "it has no offset such as `Z` or `+01:00`")
NO_DURATION = Unfit("parse_error", "write a whole number and one of `s m h d w`, such as `30d`")
NO_NOW = Unsure("missing", "the run was given no time to compare with")

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_NANOSECONDS = 1_000_000_000
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST = 64


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    # Compiled on first use, as that costs more than the whole module.
    date = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    time = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    offset = r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
    return re.compile(rf"{date}(?:[Tt ]{time}{offset}?)?")


@lru_cache(maxsize=1024)
def _nanoseconds(text: str) -> int | Unfit:
    """Give a time as nanoseconds since 1970."""
    match = _pattern().fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return NO_TIME
    *parts, fraction, offset = match.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= _days_in(year, month)):
        return NO_TIME
    days = _days_since_1970(year, month, day)
    if parts[3] is None:
        return days * _SECONDS["d"] * _NANOSECONDS
    if offset is None:
        return NO_OFFSET
    away = _offset_in_seconds(offset)
    if away is None or hour > 23 or minute > 59 or second > 60:  # noqa: PLR2004 - a clock's face
        return NO_TIME
    moment = days * _SECONDS["d"] + hour * 3600 + minute * 60 + second - away
    if second == 60 and moment % _SECONDS["d"]:  # noqa: PLR2004
        return NO_TIME
    return moment * _NANOSECONDS + int((fraction or "")[:9].ljust(9, "0"))


def _days_in(year: int, month: int) -> int:
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTHS[month - 1] + (is_leap_year and month == 2)  # noqa: PLR2004 - February


def _days_since_1970(year: int, month: int, day: int) -> int:
    years = year - 1
    leap_days = years // 4 - years // 100 + years // 400
    days_of_months = sum(_days_in(year, earlier) for earlier in range(1, month))
    return years * 365 + leap_days + days_of_months + day - 719_163


def _offset_in_seconds(offset: str) -> int | None:
    if offset in "Zz":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[4:])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's face
        return None
    return (hours * 3600 + minutes * 60) * (-1 if offset[0] == "-" else 1)


def _read_time(value: Json, _form: str) -> int | Unfit:
    return _nanoseconds(value) if type(value) is str else UNFIT


def _read_duration(value: Json, _form: str) -> int | Unfit:
    if type(value) is not str:
        return UNFIT
    count, unit = value[:-1], value[-1:]
    if unit not in _SECONDS or not (count.isascii() and count.isdigit()) or len(value) > _LONGEST:
        return NO_DURATION
    return int(count) * _SECONDS[unit] * _NANOSECONDS


TIME = Kind("a time", ("string",), _read_time)
DURATION = Kind("a duration such as `30d`", ("string",), _read_duration)


@operator("before", actual=TIME, expected=TIME)
def before(actual: int, expected: int) -> Answer:
    """The time is earlier than the expected one."""
    return actual < expected


@operator("after", actual=TIME, expected=TIME)
def after(actual: int, expected: int) -> Answer:
    """The time is later than the expected one."""
    return actual > expected


@operator("newer_than", actual=TIME, expected=DURATION)
def newer_than(actual: int, expected: int, *, now: int | None) -> Answer:
    """Less time than the duration has passed since; a time to come is newer than any."""
    return NO_NOW if now is None else now - actual < expected


@operator("older_than", actual=TIME, expected=DURATION)
def older_than(actual: int, expected: int, *, now: int | None) -> Answer:
    """More time than the duration has passed since."""
    return NO_NOW if now is None else now - actual > expected
