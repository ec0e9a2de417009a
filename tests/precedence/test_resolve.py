"""Contexts out of a plan and facts: those that are asked for, and none that breaks the others."""

from __future__ import annotations

import sys

from engine.evaluate.holds import holds
from engine.model.facts import Absent
from engine.precedence.resolve import resolve
from tests.precedence.machine import HOME, Machine, always_there, program, value


def resolved(machine, **more):
    made = program()
    return resolve(made.plan, machine.root, holds=holds(made), **more)


def test_all_contexts_are_resolved_or_those_that_are_asked_for():
    machine = Machine({})
    assert set(resolved(machine, answer=machine.answer).contexts) == always_there()
    assert set(resolved(machine, only=["cron"], answer=machine.answer).contexts) == {"cron"}


def test_questions_that_nobody_answers_are_wanted():
    found = resolved(Machine({}), only=["bash-interactive"])
    assert ("file", "/etc/bash.bashrc") in found.wanted
    assert value(found.contexts["bash-interactive"], "A") == "?not_collected"


def test_lines_that_ran_are_visited():
    machine = Machine({f"{HOME}/.bashrc": "A=1\nif false; then\nA=2\nfi\n"})
    found = resolved(machine, only=["bash-interactive"], answer=machine.answer)
    assert {line for path, line in found.visited if path == f"{HOME}/.bashrc"} == {1, 2}


def test_a_context_that_breaks_is_a_hole_that_says_where():
    machine = Machine({})

    def answer(question):
        if question[1] == f"{HOME}/.bashrc":
            raise ZeroDivisionError
        return machine.answer(question)

    found = resolved(machine, only=["bash-interactive", "cron"], answer=answer).contexts
    assert isinstance(found["bash-interactive"], Absent)
    assert found["bash-interactive"].cause == "unsupported"
    assert "broke at test_resolve.py:" in found["bash-interactive"].detail
    assert "ZeroDivisionError" in found["bash-interactive"].detail
    assert value(found["cron"], "PATH") == "/usr/bin:/bin"


def test_the_depth_of_calls_is_as_it_was():
    before = sys.getrecursionlimit()
    resolved(Machine({}), only=["cron"])
    assert sys.getrecursionlimit() == before


def test_resolving_twice_says_the_same():
    machine = Machine({f"{HOME}/.bashrc": "export A=1\nPATH=/x:$PATH\nalias go=x\n"})
    first = machine.contexts("bash-interactive")["bash-interactive"]
    second = machine.contexts("bash-interactive")["bash-interactive"]
    assert first["env"]["A"] == second["env"]["A"]
    assert first["path"] == second["path"]


def test_an_unknown_plan_of_another_engine_leaves_contexts_out():
    found = resolve({"processes": {}, "sources": {}, "contexts": []}, {}, holds=lambda *_: True)
    assert found.contexts == {}
