"""Write the facts of this machine and repository to a document, secrets as fingerprints only."""

from __future__ import annotations

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.gathering import add_gathering, gathered
from engine.cli.watching import Watching, table
from engine.cli.writing import require_writable, write_file
from engine.errors import Complaint, OutputError, UsageError
from engine.gather.written import document_text

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
  engine gather --show-secrets | less  secrets as they are, for your eyes only
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_gathering(parser)
    shared.add_rules(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to a file (default: standard output)"
    )
    parser.add_argument(
        "--show-secrets",
        action="store_true",
        help="write secrets as they are instead of fingerprints: to a terminal or a pipe only",
    )
    parser.add_argument(
        "--verbose",
        "-v",
        action="store_true",
        help="tell what each collector came to, and how long it took, on standard error",
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Gather and write."""
    if options.show_secrets:
        _require_person(options, terminal)
    if options.output is not None:
        require_writable(options.output)
    elif terminal.is_closed:
        raise OutputError(Complaint("standard output is closed", advice="name a file with `-o`"))
    watching = Watching(terminal)
    document = gathered(options, terminal, watching=watching, show_secrets=options.show_secrets)
    text = document_text(document)
    if options.output is None:
        terminal.write(text)
    else:
        write_file(options.output, text)
    if options.verbose:
        terminal.note("\n".join(table(watching.seconds, document)))
    return exits.CLEAN


def _require_person(options: Namespace, terminal: Terminal) -> None:
    """Refuse to show secrets where they would be kept.

    A pipe leads to another program of the same person, but in a job of CI to its log: there the
    variable `CI` is set, as GitHub, GitLab and most others do.
    """
    advice = "show them on a terminal, or pipe them into a program"
    if options.output is not None:
        raise UsageError(Complaint("`--show-secrets` with `--output`", advice=advice))
    kind = terminal.output_kind
    if kind == "file":
        raise UsageError(Complaint("`--show-secrets` into a file", advice=advice))
    if kind == "other":
        what = "`--show-secrets`, and standard output is neither a terminal nor a pipe"
        raise UsageError(Complaint(what, advice=advice))
    if kind == "pipe" and terminal.environment.get("CI"):
        what = "`--show-secrets` in a job of CI, whose log would keep them"
        raise UsageError(Complaint(what, advice="leave it out; fingerprints can be compared"))
