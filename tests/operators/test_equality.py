from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.operators.equality import key_of, same_value

if TYPE_CHECKING:
    from engine.operators._base import Unsure

SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, 1.5, "", "1", "a"])
)
ATOMS: st.SearchStrategy[Any] = st.sampled_from(
    ["", "a", "b", "ab", ("s", "1"), ("s", "2"), ("t", "1")]
)
SECRETS = st.lists(ATOMS, min_size=1, max_size=4).map(lambda atoms: Redacted(tuple(atoms)))
PLAIN = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=5,
)


def opened(value: Any, more: bool) -> Any:
    """Make a container one with holes, and maybe one that goes on."""
    open_value = PartialMap(value) if isinstance(value, dict) else PartialList(value)
    open_value.more = Absent("opaque") if more else None
    return open_value


def holed_lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    return st.builds(opened, lists, st.booleans())


HOLED = st.recursive(SCALARS | st.builds(Absent, st.just("permission")), holed_lists, max_leaves=5)


def as_text(value: Any) -> str:
    """Give one text for each value, with numbers by value and keys in order."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return f"[{','.join(map(as_text, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{key}:{as_text(value[key])}' for key in sorted(value))}}}"
    return json.dumps(value)


def kind_of(answer: bool | Unsure) -> bool | str:
    return answer if isinstance(answer, bool) else "unknown"


@given(PLAIN, PLAIN)
def test_plain_values_are_equal_exactly_if_they_are_written_alike(one: Any, two: Any) -> None:
    assert same_value(one, two) is (as_text(one) == as_text(two))


@given(PLAIN, PLAIN)
def test_equal_values_share_a_key_and_no_others_do(one: Any, two: Any) -> None:
    assert (key_of(one) == key_of(two)) is same_value(one, two)


@given(HOLED | SECRETS, HOLED | SECRETS)
def test_equality_goes_both_ways(one: Any, two: Any) -> None:
    assert kind_of(same_value(one, two)) == kind_of(same_value(two, one))


@given(PLAIN)
def test_every_plain_value_is_itself(value: Any) -> None:
    assert same_value(value, json.loads(json.dumps(value))) is True


def filled(value: Any, data: Any) -> Any:
    """Fill every hole in some way that it may turn out."""
    if isinstance(value, Absent):
        return data.draw(PLAIN)
    if isinstance(value, list):
        whole = [filled(child, data) for child in value]
        # A hole at the end may turn out to be no element at all.
        while whole and isinstance(value[len(whole) - 1], Absent) and data.draw(st.booleans()):
            whole.pop()
        return whole + (
            data.draw(st.lists(PLAIN, max_size=2)) if getattr(value, "more", None) else []
        )
    if isinstance(value, dict):
        kept = {k: filled(v, data) for k, v in value.items() if not isinstance(v, Absent)}
        holes = [k for k, v in value.items() if isinstance(v, Absent) and data.draw(st.booleans())]
        extra = (
            {"c": data.draw(PLAIN)}
            if getattr(value, "more", None) and data.draw(st.booleans())
            else {}
        )
        return kept | {key: data.draw(PLAIN) for key in holes} | extra
    return value


@given(HOLED, HOLED, st.data())
def test_a_certain_answer_stands_however_the_holes_turn_out(one: Any, two: Any, data: Any) -> None:
    answer = same_value(one, two)
    if isinstance(answer, bool):
        assert same_value(filled(one, data), filled(two, data)) is answer


SECRET_TEXTS = st.fixed_dictionaries(
    {pair: st.text("ab", max_size=3) for pair in [("s", "1"), ("s", "2")]}
).filter(lambda texts: texts["s", "1"] != texts["s", "2"])
ONE_SALT = st.lists(
    st.sampled_from(["a", "b", "ab", ("s", "1"), ("s", "2")]), min_size=1, max_size=4
)


@given(ONE_SALT, ONE_SALT, SECRET_TEXTS)
def test_a_certain_answer_on_secrets_is_true_whatever_they_are(
    one: list[Any], two: list[Any], texts: dict[Any, str]
) -> None:
    answer = same_value(Redacted(tuple(one)), Redacted(tuple(two)))
    if isinstance(answer, bool):
        written = ["".join(texts.get(atom, atom) for atom in atoms) for atoms in (one, two)]
        assert (written[0] == written[1]) is answer
