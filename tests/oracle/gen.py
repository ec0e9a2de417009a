"""Make start-up trees by a seed, answered by the real shells.

python -m tests.oracle.gen --seed N --scale 0.5 --out FOLDER
python -m tests.oracle.gen --recheck FOLDER       runs every recorded case again
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from tests.oracle import store
from tests.oracle.generating.answering import changed, generated


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="the folder for <shell>.jsonl.gz")
    parser.add_argument("--seed", type=int, default=20240601)
    parser.add_argument("--scale", type=float, default=1.0, help="of the plan of 300 cases")
    parser.add_argument("--recheck", type=Path, metavar="FOLDER")
    given = parser.parse_args(arguments)
    if given.recheck:
        return _recheck(given.recheck)
    if given.out is None:
        parser.error("--out FOLDER is missing")
    given.out.mkdir(parents=True, exist_ok=True)
    by_shell = {}
    cases = generated(given.seed, given.scale)
    for case in cases:
        by_shell.setdefault(case["shell"], []).append(case)
    for shell, its in by_shell.items():
        store.write(given.out / f"{shell}.jsonl.gz", its)
    sys.stdout.write(json.dumps(_summary(cases), indent=1) + "\n")
    return 0


def _recheck(folder):
    count = wrong = 0
    for file in sorted(folder.glob("*.jsonl*")):
        for case in store.read(file):
            count += 1
            if differing := changed(case):
                wrong += 1
                sys.stdout.write(f"changed {case['id']}: {', '.join(differing)}\n")
    sys.stdout.write(f"{count} cases, {wrong} changed\n")
    return int(wrong > 0)


def _summary(cases):
    answers = [case["expect"] for case in cases]
    return {
        "cases": len(cases),
        "by": Counter(f"{case['shell']}/L{case['level']}" for case in cases),
        "status": Counter(answer["status"] for answer in answers),
        "nondeterministic": sum(len(answer["nondeterministic"]) for answer in answers),
        "unstable loads": sum(not answer["loaded_stable"] for answer in answers),
    }


if __name__ == "__main__":
    sys.exit(main())
