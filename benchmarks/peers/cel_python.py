"""CEL in Python, with its compiled runner."""

from __future__ import annotations

from benchmarks.peers import _cel

NAME = "cel-python"
LANGUAGE = "Python"
PACKAGES = ("cel-python", "orjson")
translate = _cel.translate


class Judge:
    """One compiled program a rule."""

    def __init__(self, translations):
        """Compile the expressions."""
        import celpy
        import orjson

        self._convert, self._parse = celpy.json_to_cel, orjson.loads
        environment = celpy.Environment(runner_class=celpy.CompiledRunner)
        self._rules = [environment.program(environment.compile(text)) for text in translations]

    def read(self, data):
        """The document in CEL's own types."""
        return self._convert(self._parse(data))

    def judge(self, document):
        """A truth for each rule."""
        return [bool(rule.evaluate(document)) for rule in self._rules]


load = Judge
