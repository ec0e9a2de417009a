"""Make a case that is predicted wrongly, or not, as small as it can be and still be that."""

from __future__ import annotations

from dataclasses import replace

from tests.real.go_env.laying import NoGo

MAPPINGS = ("environment", "files", "links", "gos", "trees")
TUPLES = ("folders", "programs")


def shrunk(case, bench, go, outcome, predict=None):
    """Drop one thing after the other, as long as the same key comes out the same way."""

    def still_so(smaller):
        try:
            outcomes = bench.outcomes(smaller, go, predict)
        except (NoGo, OSError):
            return False
        return (outcome.key, outcome.kind) in {(each.key, each.kind) for each in outcomes}

    progress = True
    while progress:
        progress = False
        for smaller in _smaller(case):
            if still_so(smaller):
                case, progress = smaller, True
                break
    return case


def _smaller(case):
    for name in (*MAPPINGS, *TUPLES):
        for item in getattr(case, name):
            if item != "PATH":
                yield replace(case, **{name: _without(getattr(case, name), item)})
    for path, text in case.files.items():
        lines = text.splitlines(keepends=True)
        for at in range(len(lines)):
            fewer = "".join(lines[:at] + lines[at + 1 :])
            yield replace(case, files=case.files | {path: fewer})
    elements = case.environment["PATH"].split(":")
    for at in range(len(elements)):
        shorter = ":".join(elements[:at] + elements[at + 1 :])
        yield replace(case, environment=case.environment | {"PATH": shorter})


def _without(whole, item):
    if isinstance(whole, tuple):
        return tuple(each for each in whole if each != item)
    return {name: value for name, value in whole.items() if name != item}
