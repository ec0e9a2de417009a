"""Cases with their answers, by the real shells."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor

from tests.oracle.generating.assembly import gen_case
from tests.oracle.truth.running import run_case
from tests.oracle.truth.shells import HIDE, TRACKED

PLAN = {
    "bash": (24, 36, 36, 24),
    "sh": (8, 12, 12, 8),
    "zsh": (14, 20, 20, 14),
    "fish": (10, 14, 12, 8),
    "ksh": (6, 8, 8, 6),
}
"""How many cases of each level, at scale 1: 300."""

_NEXT = 10007
_CLASHES = (ValueError, NotADirectoryError, FileExistsError, IsADirectoryError)


def expected(case):
    """Ask twice: what differs between two runs is nobody's to predict."""
    track = case.get("track", TRACKED)
    first, second = run_case(case, track=track, trace=True), run_case(case, track=track)
    variables = {name: first["vars"].get(name) for name in track}
    kept = ("status", "loaded", "attempted", "subshell_read", "state_files", "execs")
    return {name: first[name] for name in kept} | {
        "vars": variables,
        "nondeterministic": [
            name for name, found in variables.items() if found != second["vars"].get(name)
        ],
        "loaded_stable": first["loaded"] == second["loaded"],
        "command": first["command"] | {"function": bool(first["command"]["function"])},
        "setters": first.get("setters", {}),
        "flags": first["flags"],
        "stderr": first["stderr"][-400:],
        # What is this machine's and not the case's.
        "hostname": os.uname().nodename,
        "hidden": [path for path in case.get("hide", HIDE) if os.path.exists(path)],
    }


def planned(scale=1.0):
    """Give (shell, level, number) of every case of a run."""
    for shell, counts in PLAN.items():
        for level, count in enumerate(counts, 1):
            for number in range(round(count * scale)):
                yield shell, level, number


def answered(start, shell, level, number):
    """Make a case, and take the next seed where a case shows nothing."""
    seed = start + number
    while True:
        case = gen_case(seed, shell, level)
        try:
            answer = expected(case)
        except _CLASHES:  # a folder where a file should be
            seed += _NEXT
            continue
        lost = answer["status"] != "ok" and random.Random(seed).random() < 0.7
        idle = not answer["loaded"] and random.Random(seed).random() < 0.8
        if not lost and not idle:
            return {"id": f"L{level}-{shell}-{number:03d}"} | case | {"expect": answer}
        seed += _NEXT


def recorded(cases):
    """Give cases with their answers, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda case: case | {"expect": expected(case)}, cases))


def generated(seed, scale=1.0):
    """Give every case of a seed, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda each: answered(seed, *each), planned(scale)))


def changed(case):
    """Run a recorded case again; name the variables that differ, and `loaded`."""
    track = case.get("track", TRACKED)
    found, recorded = run_case(case, track=track), case["expect"]
    differing = [
        name
        for name in track
        if name not in recorded["nondeterministic"]
        and found["vars"].get(name) != recorded["vars"].get(name)
    ]
    return differing + (["loaded"] if found["loaded"] != recorded["loaded"] else [])
