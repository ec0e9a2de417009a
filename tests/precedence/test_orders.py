from engine.precedence.orders import stretches

A, B, C, D = ({"source": name} for name in "abcd")


def pair(one, other):
    return frozenset((one["source"], other["source"]))


def names(orders):
    return sorted("".join(edge["source"] for edge in order) for order in orders)


def test_sources_with_an_order_are_stretches_of_one():
    assert [names(orders) for orders in stretches([A, B, C], [])] == [["a"], ["b"], ["c"]]


def test_two_without_an_order_may_come_either_way():
    assert [names(orders) for orders in stretches([A, B, C], [pair(A, B)])] == [["ab", "ba"], ["c"]]


def test_an_order_that_somebody_stated_stays():
    # a before c is said; b stands anywhere around them
    found = stretches([A, B, C], [pair(A, B), pair(B, C)])
    assert [names(orders) for orders in found] == [["abc", "acb", "bac"]]


def test_many_are_tried_forwards_and_backwards():
    pairs = [pair(x, y) for x in (A, B, C, D) for y in (A, B, C, D) if x is not y]
    assert [names(orders) for orders in stretches([A, B, C, D], pairs)] == [["abcd", "dcba"]]
