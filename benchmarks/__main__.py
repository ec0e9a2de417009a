"""`python -m benchmarks`: measure the engine beside its peers, and write the page."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import cold, marks, page, racing, scaling
from benchmarks.environment import MANY, base_document
from benchmarks.installing import install
from benchmarks.workload import KINDS, rules, rules_of

BY_KIND = (
    "python",
    "precedent",
    "precedent_one",
    "opa_library",
    "regorus_machine",
    "cel_cpp",
    "datalogic",
    "json_logic_engine",
)


@dataclass
class Plan:
    """How long to measure."""

    pace: racing.Pace
    starts: int
    sizes: tuple[int, ...]
    kinds: tuple[str, ...]


FULL = Plan(racing.Pace(rounds=9, seconds=0.15), starts=11, sizes=(10, 100, 1000), kinds=KINDS)
QUICK = Plan(racing.Pace(rounds=3, seconds=0.05), starts=3, sizes=(100,), kinds=())


def main() -> int:
    """Do what the command line asks."""
    asked = _arguments()
    if asked.install:
        install()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if asked.check:
            return check(Path(folder))
        text = measure(QUICK if asked.quick else FULL, Path(folder))
    print(text)
    if asked.write:
        page.write(text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--install", action="store_true", help="install the peers beside the benchmarks, then stop"
    )
    parser.add_argument(
        "--check", action="store_true", help="only compare the verdicts of all peers, then stop"
    )
    parser.add_argument("--quick", action="store_true", help="less than a minute, for a first look")
    parser.add_argument(
        "--write", action="store_true", help="write the result into docs/benchmarks.md"
    )
    return parser.parse_args()


def check(folder: Path) -> int:
    """Compare every peer's verdicts on more rules and documents than are timed."""
    racers, missing = racing.start_all(rules(200, MANY), racing.write_documents(1, 12, folder))
    differing = racing.disagreements(racers)
    for racer in racers:
        print(f"{racer.module.NAME}: {sum(racer.said)} of {len(racer.said)} rules said")
        racer.stop()
    for name, reason in missing.items():
        print(f"{name}: missing, {reason}")
    print("\n".join(differing) or "all verdicts are equal")
    return bool(differing)


def measure(plan: Plan, folder: Path) -> str:
    """Everything, as Markdown."""
    usual, healthy = warm(plan, folder)
    by_size, missing = {}, usual.missing
    for size in plan.sizes:
        by_size[size], also_missing = cold_starts(plan, size, folder)
        missing |= also_missing
    promises = [*marks.warm_marks([healthy, usual]), *marks.cold_marks(by_size)]
    parts = [
        page.machine(dt.datetime.now(dt.UTC).date().isoformat()),
        page.section("The marks", page.marks_table(promises)),
        page.section(
            f"Warm: 100 rules in one process, {usual.failing:.0%} of them fail",
            page.warm_table(usual),
            page.ahead(usual),
            page.missing(missing),
        ),
        page.section("By kind of rule", page.kinds_table(by_kind(plan, folder))),
        page.section(
            "Cold: from the shell to the verdicts",
            page.cold_table(by_size),
            page.ahead_cold(by_size),
        ),
        growth(plan),
    ]
    return "\n\n".join(parts)


def warm(plan: Plan, folder: Path) -> tuple[racing.Race, racing.Race]:
    """All peers where a few rules fail, and those that the marks name where none does."""
    files = racing.write_documents(8, 3, folder)
    usual = racing.race(rules(100), files, plan.pace)
    files = racing.write_documents(1, 1, folder, share=0.0)
    named = ("python", "precedent", "parse_orjson")
    return usual, racing.race(rules(100, share=0.0), files, plan.pace, names=named)


def by_kind(plan: Plan, folder: Path) -> dict[str, racing.Race]:
    """The compiled peers on 30 rules of each kind."""
    files = racing.write_documents(4, 1, folder)
    pace = racing.Pace(plan.pace.rounds, plan.pace.seconds / 3)
    return {
        kind: racing.race(rules_of(kind, 30), files, pace, ["facts"], BY_KIND)
        for kind in plan.kinds
    }


def cold_starts(plan: Plan, size: int, folder: Path) -> tuple[list[cold.Start], dict[str, str]]:
    """Time every command on so many rules."""
    place = folder / f"cold-{size}"
    place.mkdir()
    ready, missing = cold.starts(rules(size), base_document(), place)
    cold.race(ready, plan.starts)
    return ready, missing


def growth(plan: Plan) -> str:
    """How the engine's own costs grow."""
    compiling = scaling.compile_times(plan.sizes, 5)
    steps = ("load", "compile", "generate")
    speeds = scaling.batch_speeds(100, 3)
    shares = scaling.costs_by_failures(100, plan.pace.rounds)
    return page.section(
        "How our own costs grow",
        page.table(
            ["ms", *steps],
            [
                [f"{size} rules", *(f"{compiling[size][step]:,.1f}" for step in steps)]
                for size in compiling
            ],
        ),
        page.table(
            ["documents in a run, 100 rules", "documents a second, from JSON"],
            [[f"{count:,}", f"{speed:,.0f}"] for count, speed in speeds.items()],
        ),
        page.table(
            ["share of 100 rules that fail", "µs a document, parsed"],
            [[f"{share:.0%}", f"{cost:,.0f}"] for share, cost in shares.items()],
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
