"""Compare our reading of Dockerfiles with BuildKit's own: `python -m tests.real.dockerfiles`.

`PRECEDENT_BUILDKIT` names the program that `ask.go` makes. With `--record`, the questions and the
answers are kept, to be told again where there is none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.real.dockerfiles.asking import ask, program, record
from tests.real.dockerfiles.comparing import compared
from tests.real.dockerfiles.drawing import draw


def main():
    given = _options()
    if program() is None:
        return "set PRECEDENT_BUILDKIT to the program that tests/real/dockerfiles/ask.go makes"
    first, _, last = given.seeds.partition("-")
    names = [
        (seed, number)
        for seed in range(int(first), int(last or first) + 1)
        for number in range(given.cases)
    ]
    questions = [draw(*name) for name in names]
    answers = ask(questions)
    if given.record:
        record(given.record, questions, answers)
    tally, wrong, files = Counter(), [], Counter()
    for name, question, answer in zip(names, questions, answers, strict=True):
        found = compared(question, answer)
        tally.update(f"{each[0]}" for each in found.values())
        files["refused" if "error" in answer else "built"] += 1
        wrong += [(name, key, each) for key, each in found.items() if each[0] == "wrong"]
    sys.stdout.write(f"{len(names)} files ({dict(files)}): {dict(tally)}\n")
    for name, key, each in wrong[: given.wrong]:
        sys.stdout.write(f"{name} {key}: {each[1]!r} is {str(each[2])[:300]}\n{draw(*name)!r}\n")
    return 1 if wrong else 0


def _options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--wrong", type=int, default=10)
    parser.add_argument("--record", metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
