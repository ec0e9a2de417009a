"""Every operator keeps what its table in conformance/operators says, and tables say enough."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.model.verdicts import CAUSES
from engine.operators import OPERATORS
from engine.operators._base import Operator, Unsure
from tests.conformance.cases import read_yaml

FOLDER = Path(__file__).parents[1] / "conformance" / "operators"
TABLES: dict[str, list[dict[str, Any]]] = {
    path.stem: read_yaml(path)["cases"] for path in sorted(FOLDER.glob("*.yaml"))
}
CASES = [(name, case) for name, cases in TABLES.items() for case in cases]
AS_CASES = pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}: {case['name']}" for name, case in CASES]
)
AS_OPERATORS = pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
FAST = [(operator, fast) for operator in OPERATORS.values() for fast in operator.fast]
KEYS = {"name", "actual", "expected", "form", "now", "holds", "cause"}
SOME = {
    str: st.sampled_from(["", "a", "ab", "b", "go1.22", "1.22", "/usr/bin", "a*", "^a", "Ä\n"]),
    int: st.integers(-3, 3) | st.sampled_from([2**53 + 1]),
    float: st.floats(-3, 3, allow_nan=False) | st.sampled_from([2.0**53, 1.0]),
    bool: st.booleans(),
    list: st.lists(st.sampled_from(["a", "b", ""])),
}


def value_of(written: Any) -> Any:
    """Give what a table writes as the facts hold it; `$` marks what JSON has no words for."""
    if isinstance(written, list):
        return _list([value_of(child) for child in written])
    if not isinstance(written, dict):
        return written
    match written:
        case {"$absent": cause}:
            return Absent(cause)
        case {"$missing": True}:
            return Absent("missing", certain=True)
        case {"$redacted": atoms}:
            pairs = (a if isinstance(a, str) else (a["salt"], a["hash"]) for a in atoms)
            return Redacted(tuple(pairs))
        case {"$list": children, "$more": cause}:
            more = PartialList([value_of(child) for child in children])
            more.more = Absent(cause)
            return more
        case {"$mapping": entries, "$more": cause}:
            open_map = PartialMap({key: value_of(child) for key, child in entries.items()})
            open_map.more = Absent(cause)
            return open_map
    entries = {key: value_of(child) for key, child in written.items()}
    return PartialMap(entries) if any(map(has_hole, entries.values())) else entries


def _list(children: list[Any]) -> list[Any]:
    return PartialList(children) if any(map(has_hole, children)) else children


def has_hole(value: Any) -> bool:
    return isinstance(value, Absent | PartialList | PartialMap)


def answer_to(operator: Operator, case: dict[str, Any]) -> bool | Unsure:
    """Give an operator's answer to a case."""
    now = int(datetime.fromisoformat(case["now"]).timestamp()) * 10**9 if "now" in case else None
    actual, expected = value_of(case["actual"]), value_of(case["expected"])
    return operator.holds(actual, expected, case.get("form", ""), now)


@AS_CASES
def test_the_operator_answers_as_the_table_says(name: str, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    answer = answer_to(OPERATORS[name], case)
    if case["holds"] == "unknown":
        assert isinstance(answer, Unsure)
        assert answer.cause == case["cause"]
        assert answer.cause in CAUSES
    else:
        assert answer is case["holds"]


@AS_CASES
def test_an_unknown_answer_never_shows_the_value(name: str, case: dict[str, Any]) -> None:
    secret = "s3cr3t"
    for value in (secret, [secret], {secret: secret}):
        answer = OPERATORS[name].holds(value, value_of(case["expected"]), case.get("form", ""))
        assert not (isinstance(answer, Unsure) and secret in answer.detail)


@AS_OPERATORS
def test_every_operator_has_a_table_that_shows_all_there_is_to_see(operator: Operator) -> None:
    cases = TABLES[operator.name]
    assert {case["holds"] for case in cases} == {True, False, "unknown"}
    assert any(case["actual"] is None for case in cases), "null"
    assert any(has_hole(value_of(case["actual"])) for case in cases), "a hole"
    takes_all = len(operator.actual.types) == len(operator.expected.types) == 7
    assert takes_all or any(case.get("cause") == "wrong_type" for case in cases), "a wrong type"


def test_every_table_is_that_of_an_operator() -> None:
    assert TABLES.keys() == OPERATORS.keys()


@AS_OPERATORS
def test_every_operator_says_in_one_sentence_when_it_holds(operator: Operator) -> None:
    assert operator.summary.endswith(".")
    assert operator.summary[0].isupper()


@AS_CASES
def test_a_fast_expression_answers_as_the_table_says(name: str, case: dict[str, Any]) -> None:
    operator, form = OPERATORS[name], case.get("form", "")
    actual, operand = value_of(case["actual"]), operator.operand(value_of(case["expected"]), form)
    expression = operator.expression(type(actual), operand, form)
    if expression is not None:
        # An expression of ours, over values of a table.
        assert eval(expression, {"a": actual, "e": operand}) is case["holds"]


@pytest.mark.parametrize(
    ("operator", "fast"), FAST, ids=[f"{one.name}: {fast.expression}" for one, fast in FAST]
)
@given(data=st.data())
def test_a_fast_expression_equals_the_operator(operator: Operator, fast: Any, data: Any) -> None:
    expected = data.draw(st.one_of(*SOME.values()))
    actual = data.draw(SOME[fast.actual])
    operand = operator.operand(expected)
    if type(operand) is fast.expected:
        quick = eval(fast.expression, {"a": actual, "e": operand})
        assert quick is operator.holds(actual, expected)


@pytest.mark.parametrize(
    ("operator", "fast"), FAST, ids=[f"{one.name}: {fast.expression}" for one, fast in FAST]
)
def test_a_fast_expression_is_reached_by_some_literal(operator: Operator, fast: Any) -> None:
    operands = (operator.operand(literal) for literal in ("a", 1, 1.5, True, ["a"]))
    assert fast.expression in {operator.expression(fast.actual, operand) for operand in operands}


REFUSED = [
    ("matches", 5, "`matches` expects a pattern, got the number `5`"),
    ("matches", "(", "`matches` expects a pattern, got the text `(`: a `(` is not closed"),
    ("in", "abc", "`in` expects a list, got the text `abc`"),
    ("exists", "yes", "`exists` expects `true` or `false`, got the text `yes`"),
    (
        "inside",
        "go/bin",
        "`inside` expects an absolute path, got the text `go/bin`: it is relative",
    ),
    ("contains_all", None, "`contains_all` expects a list, got null"),
    ("starts_with", True, "`starts_with` expects a text, got the truth value `true`"),
]


@pytest.mark.parametrize(("name", "literal", "words"), REFUSED)
def test_a_literal_that_can_never_be_an_operand_is_refused(
    name: str, literal: Any, words: str
) -> None:
    assert OPERATORS[name].refuses(literal) == words


@AS_CASES
def test_a_literal_is_refused_exactly_where_it_is_no_operand(
    name: str, case: dict[str, Any]
) -> None:
    expected, form = value_of(case["expected"]), case.get("form", "")
    if not has_hole(expected) and not isinstance(expected, Redacted):
        operator = OPERATORS[name]
        refused = operator.refuses(expected, form) is not None
        assert refused == isinstance(operator.operand(expected, form), Unsure)
