from __future__ import annotations

import pytest

from engine.gather.collectors import COLLECTORS
from engine.operators import OPERATORS
from engine.report import format_names

KINDS = ["rules", "operators", "collectors", "formats", "packs", "facts", "contexts", "sources"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_sorted_and_fits(engine, kind):
    ran = engine("list", kind)

    assert (ran.code, ran.err) == (0, "")
    rows = ran.out.splitlines()
    names = [row.split()[0] for row in rows if not row.startswith(" ")]
    assert names == sorted(names)
    assert names
    assert max(map(len, rows)) <= 80


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_list_is_without_its_meaning(engine, kind):
    rows = engine("list", kind).out.splitlines()

    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        assert len(row.split()) > 1 or row.startswith(" ") or following.startswith(" "), row


@pytest.mark.parametrize(
    ("kind", "names"),
    [("operators", OPERATORS), ("collectors", COLLECTORS), ("formats", format_names())],
)
def test_a_list_holds_all_there_is(engine, kind, names):
    rows = engine("list", kind).out.splitlines()

    assert [row.split()[0] for row in rows if not row.startswith(" ")] == sorted(names)


def test_the_rules_of_a_pack_of_ones_own(engine, demo, golden):
    golden("cli/list_rules.text", engine("list", "rules", "--rules", "rule.yaml").out)
