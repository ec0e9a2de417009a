"""Print a JSON Schema: of what people write, for editors; of facts and reports, for tools."""

from __future__ import annotations

from engine.cli import exits
from engine.errors import Complaint, UsageError, did_you_mean
from engine.resources import bundled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal

EPILOG = """\
examples:
  engine schema                        name the schemas
  engine schema rule > rule.schema.json
  engine schema facts > facts.schema.json

In a rule file, editors with a YAML language server take it from a first line such as
  # yaml-language-server: $schema=rule.schema.json
A facts document takes no such line: name the schema in the editor's settings (`json.schemas` in
Visual Studio Code). Keywords that begin with `x-` are for people; validators pass over them.
"""

_SUFFIX = ".schema.json"


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="which schema (default: name them all)"
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Print a schema, or the names of all."""
    paths = {
        path.name.removesuffix(_SUFFIX): path for path in bundled("schemas").glob(f"*{_SUFFIX}")
    }
    if options.name is None:
        terminal.write("".join(f"{name}\n" for name in sorted(paths)))
        return exits.CLEAN
    if options.name not in paths:
        known = "the schemas are " + ", ".join(sorted(paths))
        advice = did_you_mean(options.name, paths) or known
        raise UsageError(Complaint(f"unknown schema `{options.name}`", advice=advice))
    terminal.write(paths[options.name].read_text(encoding="utf-8"))
    return exits.CLEAN
