"""Regorus with its register machine: rules compiled to instructions beforehand."""

from __future__ import annotations

import json

from benchmarks.peers import _rego

NAME = "regorus RVM"
LANGUAGE = "Rust"
PACKAGES = ("gordon-to-regorus",)
translate = _rego.translate


class Judge:
    """One compiled program with one entry: the whole package as a list of truths."""

    def __init__(self, translations):
        """Compile the module."""
        import regorus

        numbers = _rego.numbers(translations)
        defaults = [f"default rule_{number} := false" for number in numbers]
        # One a line: the library refuses lines above 1,024 characters.
        listed = ",\n".join(f"rule_{number}" for number in numbers)
        text = "\n".join([_rego.module(translations), *defaults, f"verdicts := [\n{listed}\n]"])
        self._program = regorus.Program.compile_from_modules(
            "{}", [("bench.rego", text)], ["data.bench.verdicts"]
        )
        self._machine = regorus.Rvm

    def read(self, data):
        """A machine with the program loaded and the document as its input."""
        machine = self._machine()
        machine.load_program(self._program)
        machine.set_input_json(data.decode())
        return machine

    def judge(self, document):
        """A truth for each rule."""
        return json.loads(document.execute())


load = Judge
