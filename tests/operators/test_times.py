from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.operators import OPERATORS
from engine.operators._base import Unsure
from engine.operators.times import TIME

OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=OFFSETS)
DURATIONS = st.tuples(st.integers(0, 10**6), st.sampled_from("smhdw"))
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def nanoseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000


@given(MOMENTS)
def test_a_time_is_the_moment_that_the_standard_library_reads(moment: datetime) -> None:
    assert TIME.read(moment.isoformat(), "") == nanoseconds(moment)


@given(MOMENTS, MOMENTS)
def test_one_of_two_times_is_first_unless_they_are_one_moment(one: datetime, two: datetime) -> None:
    before = OPERATORS["before"].holds(one.isoformat(), two.isoformat())
    after = OPERATORS["after"].holds(one.isoformat(), two.isoformat())
    assert (before, after) == (one < two, one > two)


@given(MOMENTS, st.integers(0, 10**19), DURATIONS)
def test_age_is_compared_exactly(moment: datetime, now: int, duration: tuple[int, str]) -> None:
    count, unit = duration
    length = timedelta(**{UNITS[unit]: count}) // timedelta(microseconds=1) * 1000
    age = now - nanoseconds(moment)
    text, operand = moment.isoformat(), f"{count}{unit}"
    assert OPERATORS["newer_than"].holds(text, operand, now=now) is (age < length)
    assert OPERATORS["older_than"].holds(text, operand, now=now) is (age > length)


@pytest.mark.parametrize("year", ["0000", "0001", "1600", "1900", "2000", "9999"])
def test_every_year_is_one(year: str) -> None:
    assert OPERATORS["before"].holds(f"{year}-02-28", f"{year}-03-01") is True


def test_digits_after_the_ninth_are_dropped() -> None:
    assert TIME.read("1970-01-01T00:00:00.1234567899Z", "") == 123_456_789


@pytest.mark.parametrize(
    "operand", ["", "d", "1", "1.5d", "-1d", "+1d", "1 d", "1D", "1y", "²d", "1d12h"]
)
def test_a_duration_is_a_whole_number_and_a_unit(operand: str) -> None:
    answer = OPERATORS["newer_than"].holds("2026-01-01", operand, now=0)
    assert isinstance(answer, Unsure)
    assert OPERATORS["newer_than"].refuses(operand) is not None
