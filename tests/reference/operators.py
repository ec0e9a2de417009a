"""Every operator between two values, plainly: a yes, a no, or the cause of not knowing."""

from __future__ import annotations

import itertools
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema
import re2

from tests.reference.documents import Further, Hole, holes_in, is_redacted
from tests.reference.equality import equal, member
from tests.reference.truth import Truth, all_of, any_of, negated, truth
from tests.reference.versions import (
    SCHEMES,
    compare,
    duration_of,
    in_range,
    instant_of,
    version_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = "wrong_type"
REDACTED = "redacted"

Verdict = bool | str
"""True, false, or the cause of not knowing."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its value, its declared format, and whether it is a fact."""

    value: Any
    form: str = ""
    is_fact: bool = False


# Equality


def _said(value: Truth, *sides: Any) -> Verdict:
    """Give a verdict; what is not known is so because of the first hole or secret of the sides."""
    if value is not Truth.UNKNOWN:
        return value is Truth.YES
    return next((hole.cause for side in sides for hole in holes_in(side)), REDACTED)


def _equals(actual: Side, expected: Side) -> Verdict:
    return _said(equal(actual.value, expected.value), actual.value, expected.value)


def _in(actual: Side, expected: Side) -> Verdict:
    if is_redacted(expected.value):
        return REDACTED
    items = _list(expected, _is_path_list(actual, expected))
    if items is None:
        return WRONG
    value = actual.value
    if _is_path_list(actual, expected):
        value = _path(value)
        if isinstance(value, Hole):
            return WRONG
    return _said(member(value, items), value, items)


# Order


def _ordering(sign: str) -> Callable[[Side, Side], Verdict]:
    def ordered(actual: Side, expected: Side) -> Verdict:
        left, right = actual.value, expected.value
        scheme = _common_scheme(actual, expected)
        # A number where a version is declared is `1.20` that was read as `1.2`.
        if _is_number(left) and _is_number(right) and not _are_versions(actual, expected):
            return compare(left, sign, right)
        if scheme is None:
            return WRONG
        return compare_versions(left, sign, right, scheme)

    return ordered


def compare_versions(left: Any, sign: str, right: Any, scheme: str) -> Verdict:
    """Compare two versions of a scheme."""
    if not isinstance(left, str) or not isinstance(right, str):
        return WRONG
    one, two = version_of(left, scheme), version_of(right, scheme)
    return "parse_error" if one is None or two is None else compare(one, sign, two)


def version_in(actual: Side, wanted: Any, scheme: str) -> Verdict:
    """Say whether a version lies in a range."""
    if not isinstance(actual.value, str) or not isinstance(wanted, str):
        return WRONG
    version = version_of(actual.value, scheme)
    found = None if version is None else in_range(version, wanted, scheme)
    return "parse_error" if found is None else found


def _common_scheme(actual: Side, expected: Side) -> str | None:
    declared = {SCHEMES.get(side.form) for side in (actual, expected) if side.is_fact}
    return declared.pop() if len(declared) == 1 else None


def _are_versions(*sides: Side) -> bool:
    return any(side.form in SCHEMES for side in sides)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# Time


def _before(actual: Side, expected: Side) -> Verdict:
    return _instants(actual, expected, lambda a, b: a < b)


def _after(actual: Side, expected: Side) -> Verdict:
    return _instants(actual, expected, lambda a, b: a > b)


def _instants(actual: Side, expected: Side, holds: Callable[[int, int], bool]) -> Verdict:
    if not isinstance(actual.value, str) or not isinstance(expected.value, str):
        return WRONG
    one, two = instant_of(actual.value), instant_of(expected.value)
    return "parse_error" if one is None or two is None else holds(one, two)


def newer_than(actual: Any, age: Any, now: int | None) -> Verdict:
    """Say whether a time lies less than an age before now."""
    if not isinstance(actual, str) or not isinstance(age, str):
        return WRONG
    then, span = instant_of(actual), duration_of(age)
    if then is None or span is None:
        return "parse_error"
    return "not_collected" if now is None else now - then < span


def older_than(actual: Any, age: Any, now: int | None) -> Verdict:
    """Say whether a time lies more than an age before now."""
    if not isinstance(actual, str) or not isinstance(age, str):
        return WRONG
    then, span = instant_of(actual), duration_of(age)
    if then is None or span is None:
        return "parse_error"
    return "not_collected" if now is None else now - then > span


# Text


def _texts(holds: Callable[[str, str], Verdict]) -> Callable[[Side, Side], Verdict]:
    def compared(actual: Side, expected: Side) -> Verdict:
        if not isinstance(actual.value, str) or not isinstance(expected.value, str):
            return WRONG
        return holds(actual.value, expected.value)

    return compared


def _matches(text: str, pattern: str) -> Verdict:
    try:
        return re2.search(pattern, text) is not None
    except re2.error:
        return "parse_error"


def _glob(text: str, pattern: str) -> Verdict:
    parts = re.split(r"(\*\*|\*|\?)", pattern)
    meanings = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    regex = "".join(meanings.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(regex, text, re.DOTALL) is not None


# Lists


def _contains(actual: Side, expected: Side) -> Verdict:
    value, wanted = actual.value, expected.value
    as_paths = _is_path_list(actual, expected)
    if isinstance(value, str) and not as_paths:
        return wanted in value if isinstance(wanted, str) else WRONG
    have = _list(actual, as_paths)
    if as_paths:
        wanted = _path(wanted)
    if have is None or isinstance(wanted, Hole):
        return WRONG
    return _said(member(wanted, have), have, wanted)


def _contains_any(actual: Side, expected: Side) -> Verdict:
    return _among(actual, expected, lambda have, want: any_of(member(one, want) for one in have))


def _contains_all(actual: Side, expected: Side) -> Verdict:
    return _among(actual, expected, lambda have, want: all_of(member(one, have) for one in want))


def _subset_of(actual: Side, expected: Side) -> Verdict:
    return _among(actual, expected, lambda have, want: all_of(member(one, want) for one in have))


def _among(actual: Side, expected: Side, ask: Callable[[list[Any], list[Any]], Truth]) -> Verdict:
    as_paths = _is_path_list(actual, expected)
    have, want = _list(actual, as_paths), _list(expected, as_paths)
    if have is None or want is None:
        return WRONG
    return _said(ask(have, want), have, want)


def _unique(actual: Side, expected: Side) -> Verdict:
    have = _list(actual, _is_path_list(actual))
    if have is None or not isinstance(expected.value, bool):
        return WRONG
    pairs = [equal(a, b) for i, a in enumerate(have) for b in have[:i]]
    pairs += [Truth.UNKNOWN for one in have if isinstance(one, Further)]
    alone = negated(any_of(pairs))
    return _said(alone if expected.value else negated(alone), have)


def _ordered(actual: Side, expected: Side) -> Verdict:
    """Say whether first occurrences stand in order, in every way that what is unknown may be."""
    as_paths = _is_path_list(actual, expected)
    have, want = _list(actual, as_paths), _list(expected, as_paths)
    if have is None or want is None:
        return WRONG
    if any(equal(a, b) is Truth.YES for i, a in enumerate(want) for b in want[:i]):
        return "parse_error"
    if any(isinstance(one, Further) for one in [*have, *want]):
        return _said(Truth.UNKNOWN, have, want)
    cells = [[_possible(equal(one, item)) for one in have] for item in want]
    answers = set()
    for row in itertools.product(*(itertools.product(*cell) for cell in cells)):
        places = [one.index(True) for one in row if True in one]
        # Two wanted items in one place would be one item written twice, which has no order.
        repeats = places == sorted(places) and len(set(places)) < len(places)
        answers.add(Truth.UNKNOWN if repeats else truth(places == sorted(places)))
    return _said(answers.pop() if len(answers) == 1 else Truth.UNKNOWN, have, want)


def _possible(value: Truth) -> tuple[bool, ...]:
    return (True, False) if value is Truth.UNKNOWN else (value is Truth.YES,)


def _is_path_list(*sides: Side) -> bool:
    return any(side.form == "path-list" for side in sides)


def _list(side: Side, as_paths: bool) -> list[Any] | None:
    """Give a side as a list; a declared path list may be one text, as PATH is."""
    value = side.value
    if as_paths and isinstance(value, str):
        value = value.split(":") if value else []
    if not isinstance(value, list):
        return None
    return [_path(one) if isinstance(one, str) else one for one in value] if as_paths else value


def _path(value: Any) -> Any:
    """Give an absolute path in its shortest spelling; of another one nothing is known."""
    if not isinstance(value, str) or not value.startswith("/"):
        return Hole(WRONG)
    return _normal(value)


def _empty(actual: Side, expected: Side) -> Verdict:
    value = actual.value
    if not isinstance(value, str | list | dict) or not isinstance(expected.value, bool):
        return WRONG
    children = value.values() if isinstance(value, dict) else value
    if any(not isinstance(child, Hole) for child in children):
        return expected.value is False
    return _said(Truth.UNKNOWN, value) if len(value) else expected.value is True


# Paths


def _normal(path: str) -> str:
    normal = posixpath.normpath(path)
    return "/" + normal.lstrip("/") if path.startswith("/") else normal


def _paths(holds: Callable[[str, str], bool]) -> Callable[[Side, Side], Verdict]:
    def compared(actual: Side, expected: Side) -> Verdict:
        one, two = actual.value, expected.value
        if not isinstance(one, str) or not isinstance(two, str):
            return WRONG
        if not one.startswith("/") or not two.startswith("/"):
            return WRONG
        return holds(_normal(one), _normal(two))

    return compared


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _absolute(actual: Side, expected: Side) -> Verdict:
    if not isinstance(actual.value, str) or not isinstance(expected.value, bool):
        return WRONG
    return actual.value.startswith("/") is expected.value


def joined(parts: list[Any]) -> str | None:
    """Put a path together; only the first part may be absolute, and all are texts."""
    if not all(isinstance(part, str) for part in parts):
        return None
    if any(part.startswith("/") for part in parts[1:]):
        return None
    path: str = posixpath.join(*parts)
    return path


# Shape


def _conforms_to(actual: Side, expected: Side) -> Verdict:
    if holes_in(actual.value):
        return _said(Truth.UNKNOWN, actual.value)
    validator = jsonschema.Draft202012Validator(expected.value)
    return bool(validator.is_valid(actual.value))


OPERATORS: dict[str, Callable[[Side, Side], Verdict]] = {
    "equals": _equals,
    "in": _in,
    "less_than": _ordering("<"),
    "at_most": _ordering("<="),
    "more_than": _ordering(">"),
    "at_least": _ordering(">="),
    "before": _before,
    "after": _after,
    "matches": _texts(_matches),
    "starts_with": _texts(str.startswith),
    "ends_with": _texts(str.endswith),
    "glob": _texts(_glob),
    "contains": _contains,
    "contains_all": _contains_all,
    "contains_any": _contains_any,
    "subset_of": _subset_of,
    "unique": _unique,
    "ordered": _ordered,
    "empty": _empty,
    "inside": _paths(_is_inside),
    "same_path": _paths(str.__eq__),
    "absolute": _absolute,
    "conforms_to": _conforms_to,
}
JUDGES_NULL = {"equals", "in", "conforms_to"}
"""`same` too, which is a condition; everything else does not know about null."""
JUDGES_SECRETS = {"equals", "in"}
