from __future__ import annotations

import pytest

from benchmarks.environment import MANY, as_bytes, base_document, documents
from benchmarks.peers import python
from benchmarks.workload import KINDS, MIX, rules, rules_of


def by_hand(some_rules):
    return python.Judge([python.translate(rule, nth) for nth, rule in enumerate(some_rules)])


def test_a_document_is_as_large_as_a_developer_environment():
    sizes = [len(as_bytes(document)) for document in documents(3, MANY)]
    assert all(34_000 < size < 38_000 for size in sizes)


def test_the_same_documents_and_rules_come_every_time():
    assert documents(2, MANY) == documents(2, MANY)
    assert rules(20) == rules(20)


def test_fewer_rules_are_the_beginning_of_more():
    assert rules(30)[:10] == rules(10)


def test_four_of_ten_rules_compare_a_scalar_and_every_kind_occurs():
    assert sum(kind in ("equality", "pattern") for kind in MIX) == 4
    assert set(MIX) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule_holds_here_and_fails_there(kind):
    judge = by_hand(rules_of(kind, 40, MANY))
    truths = [truth for document in documents(6, MANY) for truth in judge.judge(document)]
    assert {True, False} == set(truths)


def test_without_a_broken_share_every_rule_holds_on_the_base_document():
    assert all(by_hand(rules(200, share=0.0)).judge(base_document()))
