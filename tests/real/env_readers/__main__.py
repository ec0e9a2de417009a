"""Ask all programs again, or compare many files with them."""

from __future__ import annotations

import collections
import sys

from engine.gather.dotenv import DIALECTS
from tests.gather.dotenv.generating import files
from tests.gather.dotenv.judging import judged
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
                print(f"{name}: {content!r} {client}\n  {answer}\n  {rows}")
        print(name, count, dict(tally), flush=True)


compare(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
