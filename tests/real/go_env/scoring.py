"""Ask many cases of many Go versions, and tell how well they were predicted."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from multiprocessing import get_context

from tests.real.go_env import predicting
from tests.real.go_env.comparing import (
    ERROR,
    RIGHT,
    UNKNOWABLE,
    UNKNOWN,
    WRONG,
    Outcome,
    compared,
)
from tests.real.go_env.drawing import draw
from tests.real.go_env.laying import laid
from tests.real.go_env.truth import Asking


@dataclass(frozen=True)
class Bench:
    """What is needed to put a case to a Go."""

    gos: tuple
    """All that are here: cases are drawn from them, and may switch between them."""
    asked: tuple
    base: str
    """The folder that cases are laid out in."""
    asking: Asking

    @staticmethod
    def of(gos, base, memory=None, only=()):
        """One bench for Go versions, or `only` some of them, with a memory of what they said."""
        os.makedirs(base, exist_ok=True)
        by_version = {go.version: go for go in gos}
        all_here = tuple(sorted(by_version.values(), key=lambda go: go.release))
        asked = tuple(go for go in all_here if not only or go.version in only)
        return Bench(all_here, asked, str(base), Asking(memory or default_memory()))

    @property
    def versions(self):
        return [go.version for go in self.gos]

    def outcomes(self, case, go, predict=None):
        """Predict a case, ask the real Go, and compare."""
        with laid(case, self.base, go, self.gos) as place:
            try:
                predicted = (predict or predicting.predict)(
                    dict(place.environment), place.directory
                )
            except NotImplementedError:
                raise
            except Exception as crash:  # noqa: BLE001 - one case must not cost the others
                return [Outcome(ERROR, WRONG, f"the prediction crashed: {crash!r}")]
            return compared(predicted, self.asking(case, place, go))

    def truth(self, case, go):
        """What the real Go says to a case."""
        with laid(case, self.base, go, self.gos) as place:
            return self.asking(case, place, go)


def default_memory():
    """Where answers are kept: a second run takes a fraction of the first."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "precedent-tests", "go-env")


@dataclass(frozen=True)
class Found:
    """A key that was predicted wrongly, or not at all, and where."""

    version: str
    seed: int
    number: int
    outcome: Outcome

    def __str__(self):
        said, true = self.outcome.predicted, self.outcome.true
        where = f"{self.version} {self.seed}:{self.number} {self.outcome.key}"
        return f"{where}\n    predicted {said!r}\n    really    {true!r}"


class Score:
    """Counts for each version and key, and what was wrong."""

    def __init__(self):
        self.counts = Counter()
        self.wrong, self.unknown = [], []

    def add(self, version, seed, number, outcomes):
        for outcome in outcomes:
            self.counts[version, outcome.key, outcome.kind] += 1
            found = Found(version, seed, number, outcome)
            if outcome.kind in {WRONG, UNKNOWN}:
                (self.wrong if outcome.kind == WRONG else self.unknown).append(found)

    def sort(self):
        """Bring what was found in the order of its cases, whoever came first."""
        for found in (self.wrong, self.unknown):
            found.sort(key=lambda each: (each.seed, each.number, each.version, each.outcome.key))

    def total(self, kind, version=None, key=None):
        """How many outcomes are of a kind, of all or of one version or key."""
        return sum(
            count
            for (at, name, what), count in self.counts.items()
            if what == kind and version in {None, at} and key in {None, name}
        )

    def known(self, version=None, key=None):
        """The share that was said at all, of what could be known; 1 where there was nothing."""
        said = self.total(RIGHT, version, key) + self.total(WRONG, version, key)
        whole = said + self.total(UNKNOWN, version, key)
        return said / whole if whole else 1.0

    def lines(self):
        """Tell the score: first each version, then the keys that are not all right."""
        versions = sorted({version for version, _, _ in self.counts})
        yield f"{'':<24}{'right':>9}{'unknown':>9}{'wrong':>7}{'network':>9}   known"
        for version in [*versions, None]:
            yield self._line(version or "all", version, None)
        for version in versions:
            for key in sorted({name for at, name, _ in self.counts if at == version}):
                if self.total(UNKNOWN, version, key) or self.total(WRONG, version, key):
                    yield self._line(f"{version} {key}", version, key)

    def _line(self, title, version, key):
        right, unknown, wrong, hidden = (
            self.total(kind, version, key) for kind in (RIGHT, UNKNOWN, WRONG, UNKNOWABLE)
        )
        share = f"{self.known(version, key):7.2%}"
        return f"{title:<24}{right:>9}{unknown:>9}{wrong:>7}{hidden:>9}  {share}"


def scored(bench, names, jobs=1, predict=None):
    """Score all cases of the given (seed, number) for every Go on the bench."""
    score = Score()
    tasks = [(bench, seed, number, predict) for seed, number in names]
    if jobs == 1:
        done = map(_task, tasks)
        _collect(score, done)
    else:
        with get_context("fork").Pool(jobs) as pool:
            _collect(score, pool.imap_unordered(_task, tasks, chunksize=4))
    score.sort()
    return score


def _task(task):
    bench, seed, number, predict = task
    case = draw(seed, number, bench.versions)
    return [(go.version, seed, number, bench.outcomes(case, go, predict)) for go in bench.asked]


def _collect(score, done):
    for several in done:
        for one in several:
            score.add(*one)
