"""Make a wrongly predicted case as small as it can be, and still wrong in the same key."""

from __future__ import annotations

from dataclasses import replace

from tests.real.go_env.comparing import WRONG
from tests.real.go_env.laying import NoGo

MAPPINGS = ("environment", "files", "links", "gos", "trees")
TUPLES = ("folders", "programs")


def shrunk(case, bench, go, key, predict=None):
    """Drop one thing after the other, as long as the key stays wrong."""

    def still_wrong(smaller):
        try:
            outcomes = bench.outcomes(smaller, go, predict)
        except (NoGo, OSError):
            return False
        return any(each.key == key and each.kind == WRONG for each in outcomes)

    progress = True
    while progress:
        progress = False
        for smaller in _smaller(case):
            if still_wrong(smaller):
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
