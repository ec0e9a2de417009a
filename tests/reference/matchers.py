"""Matchers: what is asked of one subject, operator by operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.reference.documents import Found, Hole, Known, Scope, holes_in, is_redacted
from tests.reference.operands import REFERENCES, Context, Wanted, operand
from tests.reference.operators import (
    JUDGES_NULL,
    JUDGES_SECRETS,
    OPERATORS,
    Side,
    compare_versions,
    newer_than,
    older_than,
    version_in,
)
from tests.reference.truth import (
    Answer,
    Truth,
    Unknown,
    answer_all,
    answer_any,
    answer_not,
    truth,
    unknown,
)
from tests.reference.versions import SCHEMES

SIGNS = {"less_than": "<", "at_most": "<=", "more_than": ">", "at_least": ">=", "equals": "="}


@dataclass(frozen=True)
class Subject:
    """What a matcher is about: a value or a hole, and what the rule calls it."""

    known: Known
    text: str
    form: str = ""
    is_fact: bool = True


def matcher(written: Any, subject: Subject, context: Context, scope: Scope) -> Answer:
    if not isinstance(written, dict):
        written = {"equals": written}
    answers = []
    for name, value in written.items():
        if name == "not":
            answers.append(answer_not(matcher(value, subject, context, scope)))
        elif name == "length":
            answers.append(_length(value, subject, context, scope))
        elif name == "version":
            answers.append(_version(value, subject, context, scope))
        else:
            answers.append(_operator(name, value, subject, context, scope))
    return answer_all(answers)


def _length(written: Any, subject: Subject, context: Context, scope: Scope) -> Answer:
    value = context.document.with_holes(subject.known)
    if isinstance(value, Hole):
        return unknown(value.cause, subject.text)
    if is_redacted(value):
        return unknown("redacted", subject.text)
    if not isinstance(value, list | dict | str):
        return unknown("wrong_type", subject.text)
    children = value.values() if isinstance(value, dict) else value
    # An element that is a hole may turn out to be nothing at all.
    whys = [Unknown(child.cause, subject.text) for child in children if isinstance(child, Hole)]
    if whys:
        return Answer(Truth.UNKNOWN, tuple(whys), (subject.text,))
    length = Subject(Found(len(value)), subject.text, "", is_fact=False)
    return matcher(written, length, context, scope)


def _version(written: Any, subject: Subject, context: Context, scope: Scope) -> Answer:
    if not isinstance(written, dict) or REFERENCES & set(written):
        return _version_matcher({"range": written}, None, subject, context, scope)
    matcher = {name: value for name, value in written.items() if name != "scheme"}
    return _version_matcher(matcher, written.get("scheme"), subject, context, scope)


def _version_matcher(
    written: Any, scheme: str | None, subject: Subject, context: Context, scope: Scope
) -> Answer:
    if not isinstance(written, dict):
        written = {"equals": written}
    answers = []
    for name, value in written.items():
        if name == "not":
            child = _version_matcher(value, scheme, subject, context, scope)
            answers.append(answer_not(child))
        else:
            answers.append(_version_entry(name, value, scheme, subject, context, scope))
    return answer_all(answers)


def _version_entry(  # noqa: PLR0913, PLR0917 - all that a question is asked with
    name: str, written: Any, scheme: str | None, subject: Subject, context: Context, scope: Scope
) -> Answer:
    known = subject.known
    if isinstance(known, Hole):
        return unknown(known.cause, subject.text)
    items = written if name == "in" and isinstance(written, list) else [written]
    answers = []
    for item in items:
        wanted = operand(item, context, scope)
        if isinstance(wanted, Answer):
            answers.append(wanted)
            continue
        # As everywhere, what is not there comes before what is hidden.
        if is_redacted(known.value):
            answers.append(unknown("redacted", subject.text))
            continue
        chosen = scheme or SCHEMES.get(subject.form)
        if chosen is None:
            answers.append(unknown("wrong_type", subject.text))
            continue
        actual = Side(known.value, subject.form, subject.is_fact)
        if name in {"range", "version"}:
            said = version_in(actual, wanted.value, chosen)
        else:
            said = compare_versions(known.value, SIGNS.get(name, "="), wanted.value, chosen)
        answers.append(_answer(said, subject.text, wanted.facts))
    return answer_any(answers) if name == "in" else answers[0]


def _operator(name: str, written: Any, subject: Subject, context: Context, scope: Scope) -> Answer:
    known, text = subject.known, subject.text
    if name in {"exists", "set"}:
        return _presence(name, written, subject, context, scope)
    if isinstance(known, Hole):
        return unknown(known.cause, text)
    wanted = Wanted(written) if name == "conforms_to" else operand(written, context, scope)
    if isinstance(wanted, Answer):
        return wanted
    value = context.document.with_holes(known)
    if is_redacted(value) and name not in JUDGES_SECRETS:
        return unknown("redacted", text)
    if is_redacted(wanted.value) and name not in JUDGES_SECRETS:
        return unknown("redacted", wanted.facts[0])
    if value is None and name not in JUDGES_NULL:
        return unknown("wrong_type", text)
    if name in {"newer_than", "older_than"}:
        aged = newer_than if name == "newer_than" else older_than
        return _answer(aged(value, wanted.value, context.now), text, wanted.facts)
    actual = Side(value, subject.form, subject.is_fact)
    expected = Side(wanted.value, wanted.form, wanted.is_fact)
    said = OPERATORS[name](actual, expected)
    if isinstance(said, bool):
        return _answer(said, text, wanted.facts)
    return _unsure(said, text, value, wanted, {subject.form, wanted.form})


def _unsure(cause: str, text: str, value: Any, wanted: Wanted, forms: set[str]) -> Answer:
    """Say why an operator could not tell: by what is not known on either side, if anything."""
    first, *_ = (*wanted.facts, text)
    whys = [Unknown(hole.cause, text) for hole in holes_in(value)]
    whys += [Unknown(hole.cause, hole.fact or first) for hole in holes_in(wanted.value)]
    if cause not in {why.cause for why in whys}:
        whys.insert(0, Unknown(cause, text))
    if "path-list" in forms:
        # A relative path among others is a further one, as it compares with nothing.
        whys.append(Unknown("wrong_type", text))
    return Answer(Truth.UNKNOWN, tuple(whys), (text, *wanted.facts))


def _presence(name: str, written: Any, subject: Subject, context: Context, scope: Scope) -> Answer:
    known = subject.known
    wanted = operand(written, context, scope)
    if isinstance(wanted, Answer):
        return wanted
    if isinstance(known, Hole) and not known.certain:
        return unknown(known.cause, subject.text)
    there = isinstance(known, Found)
    if name == "set" and isinstance(known, Found):
        if is_redacted(known.value):
            return unknown("redacted", subject.text)
        if known.value is None:
            return unknown("wrong_type", subject.text)
        there = known.value != ""
    return Answer(truth(there is wanted.value), (), (subject.text,))


def _answer(said: bool | str, text: str, facts: tuple[str, ...]) -> Answer:
    if isinstance(said, str):
        return unknown(said, text)
    return Answer(truth(said), (), tuple(dict.fromkeys((text, *facts))))
