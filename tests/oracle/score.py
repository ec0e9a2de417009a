"""Hold what the engine says to what real shells did.

    python -m tests.oracle.score [--verbose] [--only ID] [--shell S] [--level L] CASES.jsonl.gz...

prints one JSON line; with `--verbose`, each wrong and each unknown answer before it, on stderr.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.oracle import store
from tests.oracle.scoring.comparing import RIGHT, UNKNOWN, WRONG, Answer, compared
from tests.oracle.scoring.predicting import Predictor

KINDS = ("values", "loaded", "command", "setters")
_state = {}


def scored(cases, *, processes=2):
    """Give each case with its answers, in order."""
    with tempfile.TemporaryDirectory(prefix="precedent-scripts-") as cache:
        if processes == 1 or len(cases) < 4:
            predictor = Predictor(cases, cache)
            return [(case, _answers(predictor, case)) for case in cases]
        context = multiprocessing.get_context("spawn")
        arguments = (cases, cache)
        with ProcessPoolExecutor(processes, context, _start, arguments) as pool:
            answers = pool.map(_numbered, range(len(cases)), chunksize=4)
            return list(zip(cases, answers, strict=True))


def _start(cases, cache):
    _state["cases"], _state["predictor"] = cases, Predictor(cases, cache)


def _numbered(number):
    return _answers(_state["predictor"], _state["cases"][number])


def _answers(predictor, case):
    try:
        return list(compared(case, predictor(case)))
    except Exception:  # noqa: BLE001 - one case that breaks the engine hides no other
        trace = traceback.format_exc()
        return [Answer("values", "the engine broke", WRONG, None, None, trace)]


def summary(rows):
    """Count answers by shell and level, in all, and as shares that are known."""
    by, totals = {}, {kind: _zeroes() for kind in KINDS}
    for case, answers in rows:
        counts = by.setdefault(case["shell"], {}).setdefault(
            str(case["level"]), {kind: _zeroes() for kind in KINDS}
        )
        for answer in answers:
            for where in (counts, totals):
                where[answer.kind][answer.outcome] += 1
    levels = {level for levels in by.values() for level in levels}
    return {
        "cases": len(rows),
        "totals": totals,
        "known": {
            level: {
                kind: share(rows, kind, lambda case, level=level: str(case["level"]) == level)
                for kind in KINDS
            }
            for level in sorted(levels)
        },
        "by": by,
    }


def share(rows, kind, wanted=lambda _: True):
    """Give which part of the answers of a kind is right or wrong, and not unknown."""
    counts = _zeroes()
    for case, answers in rows:
        for answer in answers if wanted(case) else ():
            counts[answer.outcome] += answer.kind == kind
    asked = sum(counts.values())
    return round(1 - counts[UNKNOWN] / asked, 4) if asked else None


def _zeroes():
    return {RIGHT: 0, UNKNOWN: 0, WRONG: 0}


def told(rows, *outcomes):
    """Give a line for each answer of some outcomes."""
    return [
        f"{answer.outcome:7} {case['id']} {answer.kind} {answer.name}: "
        f"predicted {answer.predicted!r}, expected {answer.expected!r}"
        + (f" - {answer.cause}" if answer.cause else "")
        for case, answers in rows
        for answer in answers
        if answer.outcome in outcomes
    ]


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="CASES.jsonl.gz")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--only", action="append", metavar="ID")
    parser.add_argument("--shell", action="append")
    parser.add_argument("--level", action="append")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    given = parser.parse_args(arguments)
    cases = [
        case
        for file in given.files
        for case in store.read(file)
        if (not given.only or case["id"] in given.only)
        and (not given.shell or case["shell"] in given.shell)
        and (not given.level or str(case["level"]) in given.level)
    ]
    started = time.monotonic()
    rows = scored(cases, processes=given.processes)
    if given.verbose:
        sys.stderr.write("".join(f"{line}\n" for line in told(rows, WRONG, UNKNOWN)))
    found = summary(rows) | {"seconds": round(time.monotonic() - started, 1)}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
