"""Score the prediction of `go env`: `python -m tests.real.go_env --seeds 1-20 --cases 300`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile

from tests.real.conftest import ALL_GOS, NEEDED
from tests.real.go_env.drawing import draw
from tests.real.go_env.scoring import Bench, scored
from tests.real.go_env.shrinking import shrunk
from tests.real.go_env.truth import cut_off


def main(arguments=None):
    given = _options(arguments)
    if not ALL_GOS:
        return NEEDED
    if not cut_off():
        return "`unshare -n` works neither for this user nor as root: go might reach a network"
    with tempfile.TemporaryDirectory(prefix="go-env-", ignore_cleanup_errors=True) as base:
        bench = Bench.of(ALL_GOS, base, given.memory, given.versions)
        if given.show:
            return _show(bench, _names(given))
        predict = _nothing if given.ask else None
        score = scored(bench, _names(given), given.jobs, predict)
        sys.stdout.writelines(f"{line}\n" for line in score.lines())
        _tell(bench, score.wrong, given.wrong, given)
        _tell(
            bench, [each for each in score.unknown if each.outcome.key == given.unknown], 10, given
        )
    return 1 if score.wrong else 0


def _options(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", default="1", help="such as 7, 1-20 or 3,5")
    parser.add_argument("--cases", type=int, default=300, help="how many of each seed")
    parser.add_argument("--only", metavar="SEED:NUMBER", help="this case alone")
    parser.add_argument("--versions", nargs="*", help="ask only these, such as go1.22.10 go1.27.3")
    parser.add_argument("--wrong", type=int, default=10, help="how many wrong keys to tell")
    parser.add_argument("--unknown", metavar="KEY", help="tell ten cases where it is unknown")
    parser.add_argument("--shrink", action="store_true", help="make each of them small first")
    parser.add_argument("--ask", action="store_true", help="only ask, for later runs to be quick")
    parser.add_argument("--show", action="store_true", help="tell cases and truth, predict nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--memory", metavar="FOLDER", help="where go's answers are kept")
    return parser.parse_args(arguments)


def _names(given):
    if given.only:
        seed, number = given.only.split(":")
        return [(int(seed), int(number))]
    seeds = []
    for part in given.seeds.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return [(seed, number) for seed in seeds for number in range(given.cases)]


def _nothing(_environment, _directory):
    return None


def _tell(bench, found, most, given):
    by_version = {go.version: go for go in bench.gos}
    for each in found[:most]:
        case = draw(each.seed, each.number, bench.versions)
        if given.shrink:
            case = shrunk(case, bench, by_version[each.version], each.outcome)
        lines = [str(each), *case.described()]
        sys.stdout.writelines(f"{line}\n" for line in ["", *lines])
    if len(found) > most:
        sys.stdout.write(f"\n... and {len(found) - most} more\n")


def _show(bench, names):
    for seed, number in names:
        case = draw(seed, number, bench.versions)
        sys.stdout.writelines(f"{line}\n" for line in [case.name, *case.described()])
        for go in bench.asked:
            truth = bench.truth(case, go)
            sys.stdout.write(f"  {go.version}: {truth.status} {truth.complaint}\n")
            for name, value in sorted((truth.values or {}).items()):
                sys.stdout.write(f"    {name}={value!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
