"""Precedent itself, as it judges many documents; and its program, started from the shell."""

from __future__ import annotations

import json
import shutil

from benchmarks.peers import _precedent

NAME = "Precedent"
LANGUAGE = "Python"
PACKAGES = ()
OURS = True
translate = _precedent.translate
version = _precedent.version


class Judge:
    """A program with its generated function."""

    truths = staticmethod(_precedent.truths)

    def __init__(self, translations):
        """Load, compile and generate."""
        from engine.compile.packs import compile_packs
        from engine.evaluate.run import Swift
        from engine.loading.facts import read_facts

        self._read = read_facts
        self.judge = Swift(compile_packs(_precedent.packs(translations))).evaluate

    def read(self, data):
        """The document as the engine has it."""
        return self._read(data, "facts.json")


load = Judge


def colds(place, translations):
    """From the cache, without it, and the first run, which fills it."""
    rules, cache = place / "rules.yaml", place / "cache"
    rules.write_text(_precedent.rule_file(translations))
    command = [
        _precedent.command(),
        "eval",
        str(place / "facts.json"),
        "--rules",
        str(rules),
        "--format",
        "json",
    ]
    surroundings = {"XDG_CACHE_HOME": str(cache)}
    yield "cached", command, surroundings, None
    yield (
        "first run",
        command,
        {"XDG_CACHE_HOME": str(place / "new")},
        lambda: shutil.rmtree(place / "new", True),
    )
    yield "no cache", [*command, "--no-cache"], surroundings, None


def cold_truths(text, _count):
    """What the JSON report says, as truths."""
    known = {"pass": True, "fail": False}
    return [known.get(verdict["outcome"]) for verdict in json.loads(text)["verdicts"]]
