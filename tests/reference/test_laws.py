"""Laws that hold of every rule and every document, tried on random ones.

One is the heart of the language: whoever takes knowledge away can turn a verdict into unknown, and
never into another one.
"""

from __future__ import annotations

import copy
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.engine_adapter import WAYS, compiled, rulings, walked, write_pack
from tests.reference.documents import is_redacted, tokens_of
from tests.reference.strategies import Batch, batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conformance.engine_adapter import Ruling, Way

    Json = Any

SEEDS = range(9001, 9004)
RULES, DOCUMENTS = 25, 12
NOW = 1_795_392_000_000_000_000


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_all_and_any_does_not_matter(seed: int, tmp_path: Path) -> None:
    _assert_no_difference(seed, tmp_path, _turned_round)


@pytest.mark.parametrize("seed", SEEDS)
def test_not_not_is_the_thing_itself(seed: int, tmp_path: Path) -> None:
    _assert_no_difference(seed, tmp_path, _twice_negated)


@pytest.mark.parametrize("seed", SEEDS)
def test_de_morgan_holds(seed: int, tmp_path: Path) -> None:
    _assert_no_difference(seed, tmp_path, _by_de_morgan)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_is_none_of_not(seed: int, tmp_path: Path) -> None:
    _assert_no_difference(seed, tmp_path, _every_as_none)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_less_knowledge_never_turns_a_verdict_into_another(
    way: Way, seed: int, tmp_path: Path
) -> None:
    made, draw = batch(seed, RULES, DOCUMENTS), Random(seed)
    program = compiled(write_pack(tmp_path / "pack", made.pack, made.rules))
    for document in made.documents:
        poorer = [with_hole(document, pointer) for pointer in _some_pointers(document, draw)]
        first, *others = (rulings(report) for report in way(program, [document, *poorer], NOW))
        for changed, other in zip(poorer, others, strict=True):
            for name, before in first.items():
                assert _is_less(other[name], before), (name, document, changed["absent"])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_rule_does_not_name_does_not_matter(seed: int, tmp_path: Path) -> None:
    made = batch(seed, RULES, DOCUMENTS)
    program = compiled(write_pack(tmp_path / "pack", made.pack, made.rules))
    more = [_with_unused_facts(document) for document in made.documents]
    assert [rulings(one) for one in walked(program, made.documents, NOW)] == [
        rulings(one) for one in walked(program, more, NOW)
    ]


def _is_less(poorer: Ruling, before: Ruling) -> bool:
    """Say whether a ruling follows from another by knowing less."""
    if poorer.outcome == "fail":
        return set(poorer.failing_elements) <= set(before.failing_elements)
    return poorer.outcome in {"unknown", before.outcome}


def _assert_no_difference(seed: int, folder: Path, rewrite: Callable[[Json], Json]) -> None:
    """Assert that rules say the same when every condition is written in another way."""
    made = batch(seed, RULES, DOCUMENTS)
    changed = Batch(made.pack, [_rewritten(rule, rewrite) for rule in made.rules], made.documents)
    assert changed.rules != made.rules
    before, after = (
        walked(compiled(write_pack(folder / name, one.pack, one.rules)), one.documents, NOW)
        for name, one in (("before", made), ("after", changed))
    )
    for document, one, two in zip(made.documents, before, after, strict=True):
        for name, ruling in rulings(one).items():
            assert _essence(ruling) == _essence(rulings(two)[name]), (name, document)


def _essence(ruling: Ruling) -> tuple[Any, ...]:
    return ruling.outcome, ruling.failing_elements, ruling.unknown_elements


# Other ways to write a condition

CONDITIONS = {"when", "where", "unless", "require", "satisfies", "not"}
CHILDREN = {"all", "any"}


def _rewritten(written: Json, rewrite: Callable[[Json], Json]) -> Json:
    """Rewrite every condition in a rule, innermost first."""
    if not isinstance(written, dict):
        return written
    made: Json = {}
    for key, value in written.items():
        if key in CONDITIONS and _is_condition(value):
            made[key] = rewrite(_rewritten(value, rewrite))
        elif key in CHILDREN:
            made[key] = [rewrite(_rewritten(child, rewrite)) for child in value]
        elif key in {"count", "same"}:
            made[key] = _rewritten(value, rewrite)
        else:
            made[key] = value
    return made


def _is_condition(value: Json) -> bool:
    return isinstance(value, dict)


def _turned_round(condition: Json) -> Json:
    return {
        key: value[::-1] if key in CHILDREN else value for key, value in reversed(condition.items())
    }


def _twice_negated(condition: Json) -> Json:
    return {"not": {"not": condition}}


def _by_de_morgan(condition: Json) -> Json:
    if set(condition) == {"all"}:
        return {"not": {"any": [{"not": child} for child in condition["all"]]}}
    if set(condition) == {"any"}:
        return {"not": {"all": [{"not": child} for child in condition["any"]]}}
    return condition


def _every_as_none(condition: Json) -> Json:
    if "every" not in condition:
        return condition
    others = {key: value for key, value in condition.items() if key not in {"every", "satisfies"}}
    return {"none": condition["every"], **others, "satisfies": {"not": condition["satisfies"]}}


# Documents that know less, or more of no interest


def with_hole(document: Json, pointer: str) -> Json:
    """Give a document in which something is no longer known."""
    changed = copy.deepcopy(document)
    changed["absent"][pointer] = {"reason": "permission"}
    return changed


def _some_pointers(document: Json, draw: Random) -> list[str]:
    pointers = list(_pointers(document["facts"], ""))
    return draw.sample(pointers, min(12, len(pointers)))


def _pointers(value: Json, here: str) -> Iterator[str]:
    """Name every place in the facts that may become a hole."""
    if here:
        yield here
    if not isinstance(value, dict | list) or is_redacted(value):
        return
    if here:
        yield f"{here}/-"
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        yield from _pointers(child, f"{here}/{key}")


def _with_unused_facts(document: Json) -> Json:
    changed = copy.deepcopy(document)
    changed["facts"]["unused"] = {"xs": [1, {"a": None}]}
    changed["absent"]["/unused/xs/0"] = {"reason": "permission"}
    assert all(tokens_of(pointer) for pointer in changed["absent"])
    return changed
