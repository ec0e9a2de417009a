from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from engine.gather.collector import Fact, collector
from engine.gather.crew import at_work
from engine.gather.declare import number
from engine.gather.run import gather
from engine.model.place import Provenance
from tests.gather.fake_host import FakeHost

HERE = Provenance(origin="here")


class Notes:
    """A watch that writes down what it is told."""

    def __init__(self):
        self.told = []
        self.glances = 0

    def began(self, name):
        self.told.append(("began", name))

    def ended(self, name):
        self.told.append(("ended", name))

    def waiting(self):
        self.glances += 1


def made(name, collect, **more):
    return collector(name, subjects=("workstation",), facts={name: number("x")}, **more)(collect)


@pytest.fixture
def run(redaction):
    def gather_with(*collectors, host=None, **options):
        table = {each.name: each for each in collectors}
        return gather(
            host or FakeHost(),
            collectors=table,
            subject="workstation",
            directory="/",
            redaction=redaction,
            **options,
        )

    return gather_with


def test_collectors_work_side_by_side(run):
    both_are_there = threading.Barrier(2, timeout=10)

    def meets(survey):
        both_are_there.wait()
        yield Fact("a", 1, HERE)

    def meets_too(survey):
        both_are_there.wait()
        yield Fact("b", 2, HERE)

    assert run(made("a", meets), made("b", meets_too))["facts"] == {"a": 1, "b": 2}


def test_one_that_hangs_costs_its_own_facts_and_no_more_than_its_time(run):
    never = threading.Event()
    begun = time.monotonic()

    document = run(
        made("stuck", lambda _: [never.wait(60)], seconds=0.3),
        made("well", lambda _: [Fact("well", 1, HERE)]),
        made("after", lambda survey: [Fact("after", len(survey.facts), HERE)], last=True),
    )

    assert time.monotonic() - begun < 10
    assert document["facts"] == {"well": 1, "after": 1}
    assert document["absent"] == {
        "/stuck": {
            "reason": "timeout",
            "detail": "the collector `stuck` did not end within 0.3 s",
        }
    }
    never.set()


def test_what_comes_too_late_is_not_taken(run):
    goes_on, came = threading.Event(), threading.Event()

    def late(survey):
        goes_on.wait(60)
        came.set()
        return [Fact("late", 1, HERE)]

    def waits_for_it(survey):
        goes_on.set()
        came.wait(60)
        return [Fact("then", 1, HERE)]

    document = run(made("late", late, seconds=0.2), made("then", waits_for_it, last=True))

    assert document["facts"] == {"then": 1}
    assert document["absent"]["/late"]["reason"] == "timeout"


def test_the_last_one_knows_what_the_others_found_in_the_order_of_the_collectors(run):
    is_done = threading.Event()

    def waits(survey):
        is_done.wait(10)
        return [Fact("a", 1, HERE)]

    def first(survey):
        is_done.set()
        return [Fact("b", 2, HERE)]

    def tells(survey):
        assert [fact.key for fact in survey.facts] == ["a", "b"]
        return [Fact("c", 3, HERE)]

    document = run(made("c", tells, last=True), made("a", waits), made("b", first))
    assert document["facts"] == {"a": 1, "b": 2, "c": 3}


def test_what_two_want_to_know_is_asked_once(run):
    asked = []

    def ask(survey):
        asked.append(1)
        time.sleep(0.05)
        return 7

    def collect(name):
        return lambda survey: [Fact(name, survey.once(ask), HERE)]

    names = [f"c{number}" for number in range(20)]
    document = run(*(made(name, collect(name)) for name in names))

    assert document["facts"] == dict.fromkeys(names, 7)
    assert len(asked) == 1


def test_what_could_not_be_learnt_by_one_is_asked_again(run):
    asked = []

    def ask(survey):
        asked.append(1)
        raise OSError

    document = run(*(made(name, lambda survey: [survey.once(ask)]) for name in ("a", "b")))

    assert len(asked) == 2
    assert document["facts"] == {}


def test_whoever_watches_is_told_who_began_and_ended_and_that_time_passes():
    notes = Notes()
    quick, slow = made("quick", lambda _: []), made("slow", lambda _: [time.sleep(0.5)])
    stuck = made("stuck", lambda _: [time.sleep(5)], seconds=1)

    at_work((quick, slow, stuck), lambda each: list(each.collect(None)), notes)

    assert notes.told == [
        *(("began", name) for name in ("quick", "slow", "stuck")),
        *(("ended", name) for name in ("quick", "slow", "stuck")),
    ]
    assert notes.glances > 2


def test_where_no_thread_is_to_be_had_collectors_work_one_after_the_other(run, monkeypatch):
    def refused(_thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    both = (made(name, lambda _, name=name: [Fact(name, 1, HERE)]) for name in ("a", "b"))
    assert run(*both)["facts"] == {"a": 1, "b": 1}


def test_an_interrupt_ends_the_gathering_and_what_it_runs(run):
    class Interrupted(Notes):
        def waiting(self):
            raise KeyboardInterrupt

    host, never = FakeHost(), threading.Event()
    with pytest.raises(KeyboardInterrupt):
        run(made("stuck", lambda _: [never.wait(60)]), host=host, watch=Interrupted())
    assert host.is_stopped
    never.set()


def test_a_process_ends_though_a_collector_hangs_in_the_system(tmp_path):
    os.mkfifo(tmp_path / "pipe")  # opening it waits for a writer for ever
    code = f"""
import os
from engine.gather.collector import Collector
from engine.gather.crew import NOBODY, at_work
stuck = Collector("stuck", "", (), {{}}, None, seconds=0.3)
print(at_work([stuck], lambda _: os.open({str(tmp_path / "pipe")!r}, os.O_RDONLY), NOBODY))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Absent" in ran.stdout


def test_one_may_wait_for_the_last_ones_too(run):
    def tells(survey):
        assert [fact.key for fact in survey.facts] == ["b", "c"]
        return [Fact("a", 1, HERE)]

    document = run(
        made("a", tells, last=2),
        made("b", lambda _: [Fact("b", 2, HERE)]),
        made("c", lambda _: [Fact("c", 3, HERE)], last=True),
    )
    assert document["facts"] == {"a": 1, "b": 2, "c": 3}
