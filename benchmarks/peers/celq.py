"""celq, a CEL program for the shell, written in Rust; all rules as one list."""

from __future__ import annotations

from benchmarks.peers import _cel
from benchmarks.places import program

NAME = "celq"
LANGUAGE = "Rust"
PACKAGES = ("celq",)


def translate(rule, _number):
    """A CEL expression whose facts stand under `this`."""
    return _cel.expression(rule, "this")


def cold(place, translations):
    """The program itself; a shell hands it the document on standard input, one a line."""
    rules = place / "rules.cel"
    rules.write_text(f"[{', '.join(translations)}]\n")
    return [
        "sh",
        "-c",
        f"exec '{program('celq')}' --from-file '{rules}' < '{place / 'facts.json'}'",
    ]
