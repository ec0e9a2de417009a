"""Judge facts documents: files, or `-` for standard input."""

from __future__ import annotations

from engine.cli import options as shared
from engine.cli.documents import read_documents
from engine.cli.reports import exit_code, publish, refuse_overwriting
from engine.evaluate.run import evaluate_many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal

EPILOG = """\
examples:
  engine eval facts.json                              with engine.yaml, else all bundled packs
  engine eval facts.json --rules go --rules ./policy  with the pack `go` and one of your own
  engine eval - --rules my-rule.yaml < facts.json     from standard input, with a lone rule file
  engine eval laptops/*.json --format json            one report for each document
  engine eval facts.json --format text --format sarif=out.sarif --fail-on high
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "facts", nargs="+", metavar="FACTS", help="a facts document, or - for standard input"
    )
    parser.add_argument(
        "--validate",
        action="store_true",
        help="refuse documents that do not conform to the facts schema",
    )
    shared.add_time(parser)
    shared.add_rules(parser)
    shared.add_report(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Judge the documents and print the reports."""
    refuse_overwriting(options.facts, options)  # a wrong format is said before any work is done
    now = shared.now(options)
    program = shared.program(options, terminal.environment)
    documents = read_documents(options.facts, validate=options.validate)
    reports = list(evaluate_many(program, documents, now))
    publish(reports, options, terminal)
    return exit_code(reports, options, program.settings)
