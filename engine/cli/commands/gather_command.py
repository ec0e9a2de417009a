"""Write the facts of this machine and repository to a document, secrets as fingerprints only."""

from __future__ import annotations

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.gathering import add_gathering, gathered
from engine.cli.writing import write_file
from engine.cli.written import document_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal

EPILOG = """\
examples:
  engine gather -o facts.json          everything, of this machine and the repository here
  engine gather --only go | jq .facts  what one collector finds (engine list collectors)
  engine gather --repository ../other  only the files of a repository
  engine gather --root /mnt --user dana  another machine's files, and what dana's shells do there
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_gathering(parser)
    shared.add_rules(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to a file (default: standard output)"
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Gather and write."""
    document = gathered(options, terminal.environment)
    text = document_text(document)
    if options.output is None:
        terminal.write(text)
    else:
        write_file(options.output, text)
    return exits.CLEAN
