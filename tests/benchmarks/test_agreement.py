from __future__ import annotations

import pytest

from benchmarks.environment import MANY
from benchmarks.page import BEGIN, END, PAGE
from benchmarks.racing import disagreements, start, start_all, write_documents
from benchmarks.workload import rules, rules_of


@pytest.fixture
def started():
    racers = []
    yield racers
    for racer in racers:
        racer.stop()


def test_every_peer_that_is_installed_gives_the_same_verdicts(tmp_path, started):
    racers, _ = start_all(rules(40, MANY), write_documents(1, 4, tmp_path))
    started.extend(racers)
    assert {"python", "precedent", "precedent_one"} <= {racer.name for racer in racers}
    assert disagreements(racers) == []


def test_a_peer_that_judges_otherwise_is_told(tmp_path, started):
    documents = write_documents(1, 2, tmp_path)
    started.append(start("python", rules_of("equality", 20, MANY), documents))
    started.append(start("precedent", rules_of("equality", 20, 1.0), documents))
    told = disagreements(started)
    assert told
    assert all(line.startswith("precedent differs on document") for line in told)


def test_the_page_has_a_place_for_what_was_measured():
    text = PAGE.read_text()
    assert text.index(BEGIN) < text.index(END)
