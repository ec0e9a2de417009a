"""CEL in Rust."""

from __future__ import annotations

from benchmarks.peers import _cel

NAME = "CEL Rust"
LANGUAGE = "Rust"
PACKAGES = ("common-expression-language", "orjson")
translate = _cel.translate


class Judge:
    """One compiled program a rule."""

    def __init__(self, translations):
        """Compile the expressions."""
        import cel
        import orjson

        self._cel, self._parse = cel, orjson.loads
        self._rules = [cel.compile(text) for text in translations]

    def read(self, data):
        """A context that holds the parsed document."""
        return self._cel.Context(variables=self._parse(data))

    def judge(self, document):
        """A truth for each rule."""
        return [rule.execute(document) for rule in self._rules]


load = Judge
