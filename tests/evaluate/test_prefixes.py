"""Look-ups in an order in which what paths share is looked up once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.prefixes import prefixes

STEPS = st.lists(st.sampled_from(["a", "b", "0", 0, -1]), min_size=1, max_size=4)


@given(st.lists(st.tuples(st.sampled_from([-1, -1, 0]), STEPS), max_size=8))
def test_every_path_from_the_root_ends_at_one_look_up(paths):
    whole: list[list[object]] = []
    ends: dict[int, list[object]] = {}
    for start, steps, ending in prefixes([[slot, steps, ""] for slot, steps in paths]):
        assert steps, "a look-up goes somewhere"
        assert start < len(whole), "a look-up starts at one that was made before"
        whole.append([*([] if start < 0 else whole[start]), *steps])
        ends |= dict.fromkeys(ending, whole[-1])
    expected = {index: steps for index, (slot, steps) in enumerate(paths) if slot < 0}
    assert ends == expected
    assert [list(map(type, ends[index])) for index in expected] == [
        list(map(type, steps)) for steps in expected.values()
    ]
    assert len({tuple(map(repr, steps)) for steps in whole}) == len(whole), "none is made twice"


def test_what_two_paths_share_is_looked_up_once():
    paths = [[-1, ["go", "env", "A"], ""], [-1, ["go", "env", "B"], ""], [0, ["x"], ""]]
    made = list(prefixes(paths))
    assert made[0] == (-1, ["go", "env"], [])
    assert sorted(made[1:]) == [(0, ["A"], [0]), (0, ["B"], [1])]
