"""OPA as a library: Go, called in the process."""

from __future__ import annotations

import json
import re

from benchmarks.peers import _rego
from benchmarks.places import PEERS, program

NAME = "OPA, in-process library"
LANGUAGE = "Go"
PACKAGES = ("opa-golib-python-bindings",)
COLD_NAME = "OPA library in a C program"
translate = _rego.translate


class Judge:
    """One engine for JSON, and one for each parsed document, which lies in OPA's own store."""

    def __init__(self, translations):
        """Compile the module."""
        self._module = _rego.module(translations)
        self._numbers = _rego.numbers(translations)
        self._engine = self._made(self._module)

    @staticmethod
    def _made(module):
        from opa_bindings import OpaEngine

        engine = OpaEngine()
        engine.add_policy("bench.rego", module)
        return engine

    def read(self, data):
        """An engine whose store holds the document: the library takes input as JSON text only."""
        engine = self._made(self._module.replace("input[", "data.facts["))
        engine.add_data(json.loads(data), path="facts")
        return engine

    def judge(self, document):
        """The package's document."""
        return document.eval_document("bench")

    def judge_bytes(self, data):
        """The same from JSON, past the public method, which has Python print it once more."""
        call, library = self._engine._call, self._engine._lib  # noqa: SLF001
        answer = call(library.OpaEvalDocument, b"bench", data, 0, 0)["result"]
        return answer[0]["expressions"][0]["value"]

    def truths(self, answer):
        """A truth for each rule."""
        return _rego.truths(answer, self._numbers)


load = Judge


def version():
    """OPA's own version, which the library was built from; the binding's says nothing about it."""
    found = re.search(rb"open-policy-agent/opa@v([0-9.]+)/", _library().read_bytes())
    return found[1].decode() if found else "unknown"


def _library():
    return next(PEERS.glob("lib/python*/site-packages/opa_bindings/libopabridge.so"))


def cold(place, translations):
    """The library in a small C program, which costs what `opa eval` costs."""
    rules = place / "bench.rego"
    rules.write_text(_rego.module(translations))
    return [program("opa-host"), str(_library()), str(rules), str(place / "facts.json")]


def cold_truths(text, count):
    """What the C program printed, as truths."""
    return _rego.truths(json.loads(text)["result"][0]["expressions"][0]["value"], range(count))
