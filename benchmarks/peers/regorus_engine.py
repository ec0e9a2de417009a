"""Regorus, the Rego interpreter in Rust: its plain engine."""

from __future__ import annotations

from benchmarks.peers import _rego

NAME = "regorus"
LANGUAGE = "Rust"
PACKAGES = ("gordon-to-regorus",)
translate = _rego.translate
COLD = True


class Judge:
    """One engine with one module."""

    def __init__(self, translations):
        """Compile the module."""
        import regorus

        self._engine = regorus.Engine()
        self._engine.add_policy("bench.rego", _rego.module(translations))
        self._numbers = _rego.numbers(translations)

    def read(self, data):
        """An engine that has the document as its input."""
        engine = self._engine.clone()
        engine.set_input_json(data.decode())
        return engine

    def judge(self, document):
        """The package's document."""
        return document.eval_query("data.bench")

    def truths(self, answer):
        """A truth for each rule."""
        return _rego.truths(answer["result"][0]["expressions"][0]["value"], self._numbers)


load = Judge
