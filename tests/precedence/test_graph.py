from __future__ import annotations

import pytest

from engine.precedence.graph import Ring, ordered, unordered


def test_what_has_no_order_stays_as_it_was_given() -> None:
    assert ordered(["c", "a", "b"], []) == ("c", "a", "b")


def test_an_edge_leads_forward() -> None:
    assert ordered(["c", "a", "b"], [("b", "c")]) == ("a", "b", "c")


@pytest.mark.parametrize("nodes", ["abc", "bca", "cab"])
def test_a_ring_is_told_from_the_first_that_was_written(nodes: str) -> None:
    with pytest.raises(Ring) as caught:
        ordered(list(nodes), [("a", "b"), ("b", "c"), ("c", "a")])

    assert caught.value.way[0] == caught.value.way[-1] == nodes[0]
    assert len(caught.value.way) == 4


def test_what_comes_before_itself_is_a_ring_too() -> None:
    with pytest.raises(Ring, match="a -> a"):
        ordered(["a"], [("a", "a")])


def test_pairs_that_no_way_connects_have_no_order() -> None:
    edges = [("a", "b"), ("b", "c"), ("a", "x"), ("x", "c")]

    assert unordered(["a", "b", "x", "c"], edges) == (("b", "x"),)
    assert unordered(["a", "b", "c"], edges[:2]) == ()
