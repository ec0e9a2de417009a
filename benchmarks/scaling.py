"""How the engine's own costs grow: with rules, with documents, with findings."""

from __future__ import annotations

import statistics
import time
from functools import partial
from itertools import cycle, islice

from benchmarks.environment import FEW, as_bytes, base_document, documents
from benchmarks.peers import _precedent
from benchmarks.workload import rules
from engine.compile.packs import compile_packs
from engine.evaluate.run import Swift, evaluate_many
from engine.loading.facts import facts_from, read_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.compile.program import Program

BATCHES = (1, 10, 100, 1000)
REPEATS = 20


def compile_times(sizes: tuple[int, ...], rounds: int) -> dict[int, dict[str, float]]:
    """Milliseconds to load rules from YAML, compile them, and generate code for many documents."""
    return {size: _compile_times(size, rounds) for size in sizes}


def _compile_times(size: int, rounds: int) -> dict[str, float]:
    said = _said(size)
    packs = _precedent.packs(said)
    program = compile_packs(packs)
    return {
        "load": _median_ms(partial(_precedent.packs, said), rounds),
        "compile": _median_ms(partial(compile_packs, packs), rounds),
        "generate": _median_ms(partial(Swift, program), rounds),
    }


def batch_speeds(size: int, rounds: int) -> dict[int, float]:
    """Documents a second from JSON bytes to reports, by how many documents there are in a run."""
    program = _program(size)
    data = [as_bytes(document) for document in documents(8)]

    def judge(count: int) -> None:
        read = (read_facts(content, "facts.json") for content in islice(cycle(data), count))
        for _ in evaluate_many(program, read):
            pass

    return {count: count / _median_ms(partial(judge, count), rounds) * 1000 for count in BATCHES}


def costs_by_failures(size: int, rounds: int) -> dict[float, float]:
    """Microseconds a document by the share of rules that fail: only a failure is explained."""
    swift, found = Swift(_program(size, share=0.0)), {}

    def judge(facts: object) -> None:
        for _ in range(REPEATS):
            swift.evaluate(facts)

    for document in (base_document(), *(documents(1, share)[0] for share in (0.01, 0.05, 0.2))):
        facts = facts_from(document, "facts.json")
        outcomes = [verdict.outcome for verdict in swift.evaluate(facts).verdicts]
        cost = _median_ms(partial(judge, facts), rounds) / REPEATS * 1000
        found[outcomes.count("fail") / len(outcomes)] = cost
    return dict(sorted(found.items()))


def _said(size: int, share: float = FEW) -> list[str]:
    return [_precedent.translate(rule, nth) for nth, rule in enumerate(rules(size, share))]


def _program(size: int, share: float = FEW) -> Program:
    return compile_packs(_precedent.packs(_said(size, share)))


def _median_ms(step: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        step()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)
