"""The `opa` program, where there is one on PATH: no package of an index used here ships it."""

from __future__ import annotations

import json
import shutil

from benchmarks.peers import _rego

NAME = "opa eval"
LANGUAGE = "Go"
PACKAGES = ()
NEEDS = "opa"
translate = _rego.translate


def cold(place, translations):
    """`opa eval` of the whole package."""
    rules = place / "bench.rego"
    rules.write_text(_rego.module(translations))
    program = shutil.which(NEEDS) or NEEDS
    return [
        program,
        "eval",
        "--data",
        str(rules),
        "--input",
        str(place / "facts.json"),
        "data.bench",
    ]


def cold_truths(text, count):
    """What it printed, as truths."""
    answer = json.loads(text)["result"][0]["expressions"][0]["value"]
    return _rego.truths(answer, range(count))
