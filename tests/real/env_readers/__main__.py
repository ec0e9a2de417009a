"""Ask all programs again, or compare many files with them."""

from __future__ import annotations

import collections
import json
import sys

from engine.gather.dotenv import DIALECTS
from tests.gather.dotenv.cases import ANSWERS, CASES, CLIENT
from tests.gather.dotenv.generating import files
from tests.gather.dotenv.judging import judged, shortened
from tests.real.env_readers.asking import readers


def compare(seed, count, only=""):
    """Print how many files of a seed are told right, not known, and wrong, by program."""
    given = list(files(seed, count))
    for name, ask in readers().items():
        dialect = name.split(" ")[0]
        if dialect not in DIALECTS or not name.startswith(only):
            continue
        tally = collections.Counter()
        for (content, client), answer in zip(given, ask(given), strict=True):
            word, rows = judged(dialect, content, client, answer)
            tally[word] += 1
            if word == "wrong" and tally[word] <= 5:
                sys.stdout.write(f"{name}: {content!r} {client}\n  {answer}\n  {rows}\n")
        sys.stdout.write(f"{name}: {count} files, {dict(tally)}\n")


def record():
    """Ask all programs that are here about the cases, and keep their answers."""
    for name, ask in readers().items():
        answers = ask([(content, CLIENT) for content in CASES.values()])
        for answer in answers:
            if "set" in answer:
                answer["set"] = {
                    key: shortened(each) for key, each in sorted(answer["set"].items())
                }
        said = {"dialect": name.split(" ")[0], "answers": dict(zip(CASES, answers, strict=True))}
        path = ANSWERS / f"{name.replace(' ', '-')}.json"
        path.write_text(json.dumps(said, indent=1) + "\n", "utf-8")


if len(sys.argv) > 1:
    compare(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
else:
    record()
