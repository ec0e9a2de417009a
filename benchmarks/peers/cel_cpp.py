"""Google's own CEL in C++."""

from __future__ import annotations

from benchmarks.peers import _cel

NAME = "CEL C++"
LANGUAGE = "C++"
PACKAGES = ("cel-expr-python", "orjson")
translate = _cel.translate
COLD = True

_TOP = ("host", "go", "search", "shells", "editor", "project", "files", "container")


class Judge:
    """One compiled expression a rule."""

    def __init__(self, translations):
        """Compile the expressions."""
        import orjson
        from cel_expr_python import cel

        self._parse = orjson.loads
        self._environment = cel.NewEnv(variables=dict.fromkeys(_TOP, cel.Type.DYN))
        self._rules = [self._environment.compile(text) for text in translations]

    def read(self, data):
        """An activation of the parsed document."""
        return self._environment.Activation(self._parse(data))

    def judge(self, document):
        """A truth for each rule."""
        return [rule.eval(document).plain_value() for rule in self._rules]


load = Judge
