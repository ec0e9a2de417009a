"""Gather the facts of this machine and repository, and judge them."""

from __future__ import annotations

import json

from engine.cli import options as shared
from engine.cli.gathering import add_gathering, config_folder, gathered, tree_of
from engine.cli.reports import exit_code, outputs, publish
from engine.cli.writing import require_writable
from engine.evaluate.run import evaluate
from engine.loading.facts import read_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal

EPILOG = """\
examples:
  engine check                         this machine and the repository here
  engine check --rules ./policy        with rules of your own
  engine check --repository            what a commit hook does: files of the repository only
  engine check --format sarif=out.sarif --format text
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_gathering(parser)
    shared.add_time(parser)
    shared.add_rules(parser)
    shared.add_report(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Gather, judge and print."""
    for _, path in outputs(options):
        if path is not None:
            require_writable(path)
    now = shared.now(options)
    inside = tree_of(options.path) if options.repository else None
    program = shared.program(options, terminal.environment, config_folder(options), inside)
    document = gathered(options, terminal, program)
    name = "this repository" if options.repository else "this machine"
    # Through its bytes, so that a verdict is what `eval` says of the document that `gather` writes.
    facts = read_facts(json.dumps(document).encode(), name)
    reports = [evaluate(program, facts, now)]
    publish(reports, options, terminal)
    return exit_code(reports, options, program.settings)
