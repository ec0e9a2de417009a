"""Check packs and rule files without any facts: they load, and what they name exists and fits."""

from __future__ import annotations

import os

from engine.cli import exits
from engine.cli.terminal import counted
from engine.compile.build import facts_schema, find_config
from engine.compile.lint import lint
from engine.compile.packs import compile_packs
from engine.model.visible import visible
from engine.resources import bundled, bundled_packs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal
    from engine.errors import Complaint

EPILOG = """\
examples:
  engine lint                      the packs of engine.yaml, else all bundled ones
  engine lint ./policy my-rule.yaml

It finds facts that do not exist, comparisons of types that never fit, branches that never hold,
parameters and definitions that nothing uses, and rules without examples.

exit codes: 0 nothing found, 1 something found, 2 a pack could not be loaded
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="a bundled pack's name, a folder or a rule file"
    )
    parser.add_argument(
        "--repository",
        action="store_true",
        help="refuse packs that lead out of the repository here: safe where nobody vouches for it",
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Load, compile and look closely."""
    from engine.compile.parameters import misfit  # noqa: PLC0415
    from engine.loading.packs import load_packs_and_graph  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415

    inside = None
    if options.repository:
        from engine.cli.gathering import tree_of  # noqa: PLC0415 - few need what gathers

        inside = tree_of(".")
    requests = packs_of(options.packs, inside)
    schema = facts_schema(bundled("schemas") / "facts.schema.json")
    loaded, graph = load_packs_and_graph(requests, bundled("rules"), OPERATORS, inside)
    compile_packs((*graph, *loaded), facts_schema=schema, check=misfit)
    found = sorted(lint(loaded, schema, graph), key=_order)
    for complaint in found:
        terminal.write(visible(str(complaint)) + "\n")
    rules = sum(len(pack.rules) for pack in loaded)
    looked_at = f"{counted(rules, 'rule')} in {counted(len(loaded), 'pack')}"
    terminal.note(f"{looked_at}: {len(found) or 'nothing'} to mend")
    return exits.FINDINGS if found else exits.CLEAN


def packs_of(named: list[str], inside: str | None = None) -> list[str]:
    """Give the packs that a command is about: those named, else those configured, else the bundled.

    A file inside a pack stands for the whole pack, since names reach across its files.
    """
    if named:
        return list(dict.fromkeys(_pack_around(name, inside) for name in named))
    path = find_config(".")
    if path is not None:
        from engine.loading.config import load_config  # noqa: PLC0415

        config = load_config(path, inside)
        if config.rules:
            return list(config.rules)
    return list(bundled_packs())


def _pack_around(name: str, inside: str | None) -> str:
    """Give the folder of the pack that a rule file belongs to, or the name as it is."""
    if not os.path.isfile(name):
        return name
    folder = os.path.dirname(os.path.abspath(name))
    while True:
        if os.path.isfile(os.path.join(folder, "pack.yaml")):
            here = os.path.relpath(folder)
            return folder if here.startswith("..") else here
        above = os.path.dirname(folder)
        if folder in {above, inside}:
            return name
        folder = above


def _order(complaint: Complaint) -> tuple[str, int, int]:
    place = complaint.place
    return ("", 0, 0) if place is None else (place.file, place.line or 0, place.column or 0)
