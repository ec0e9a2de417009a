"""Precedent as it judges a single document: nothing generated, the rules walked."""

from __future__ import annotations

from benchmarks.peers import _precedent

NAME = "Precedent, one document"
LANGUAGE = "Python"
PACKAGES = ()
OURS = True
translate = _precedent.translate
version = _precedent.version


class Judge:
    """A compiled program."""

    truths = staticmethod(_precedent.truths)

    def __init__(self, translations):
        """Load and compile."""
        from engine.compile.packs import compile_packs
        from engine.evaluate.run import evaluate
        from engine.loading.facts import read_facts

        self._read, self._evaluate = read_facts, evaluate
        self._program = compile_packs(_precedent.packs(translations))

    def read(self, data):
        """The document as the engine has it."""
        return self._read(data, "facts.json")

    def judge(self, document):
        """A report."""
        return self._evaluate(self._program, document)


load = Judge
