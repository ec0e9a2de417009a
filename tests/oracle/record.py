"""Ask the real shells again, and record: `python -m tests.oracle.record traps dotfiles`."""

from __future__ import annotations

import sys

from tests.oracle import initvars, store, traps
from tests.oracle.dotfiles import build as dotfiles
from tests.oracle.generating.answering import recorded
from tests.oracle.snippets import build as snippets
from tests.oracle.truth import matrix

SETS = {
    "matrix": matrix.cases,
    "traps": traps.cases,
    "initial": initvars.cases,
    "dotfiles": dotfiles.cases,
    "snippets": snippets.cases,
}


def main(names):
    for name in names:
        cases = recorded(SETS[name]())
        store.write(store.FOLDER / "cases" / f"{name}.jsonl.gz", cases)
        lost = [case["id"] for case in cases if case["expect"]["status"] != "ok"]
        sys.stdout.write(f"{name}: {len(cases)} cases, {len(lost)} without a probe: {lost}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
