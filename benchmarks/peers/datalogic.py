"""datalogic: JSONLogic in Rust, from Python. It has no regular expressions."""

from __future__ import annotations

from benchmarks.peers import CannotSayError, _json_logic

NAME = "datalogic-py"
LANGUAGE = "Rust"
PACKAGES = ("datalogic-py",)


def translate(rule, _number):
    """A JSONLogic expression."""
    if '"matches"' in str(rule).replace("'", '"'):
        raise CannotSayError("no regular expressions")
    return _json_logic.translate(rule, _number)


class Judge:
    """One compiled expression a rule."""

    def __init__(self, translations):
        """Compile the expressions."""
        import datalogic_py

        engine = datalogic_py.Engine()
        self._handle = datalogic_py.DataHandle
        self._rules = [engine.compile(rule) for rule in translations]
        self._session = engine.session()

    def read(self, data):
        """A handle of the document in the library's own form."""
        return self._handle(data.decode())

    def judge(self, document):
        """A truth for each rule."""
        return [self._session.evaluate_bool(rule, document) for rule in self._rules]


load = Judge
