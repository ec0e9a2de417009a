"""Check packs, rule files and facts documents: they load, and what they name exists and fits."""

from __future__ import annotations

import os

from engine.cli import exits
from engine.cli.terminal import counted
from engine.compile.build import facts_schema, find_config
from engine.compile.packs import compile_packs, with_bases
from engine.model.visible import visible
from engine.resources import bundled, bundled_packs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from engine.cli.terminal import Terminal
    from engine.errors import Complaint
    from engine.model.rules import Pack

EPILOG = """\
examples:
  engine lint                      the packs of engine.yaml, else all bundled ones
  engine lint ./policy my-rule.yaml
  engine lint facts.json           a facts document, with the facts that those packs declare
  engine gather | engine lint -

In packs it finds facts that do not exist, comparisons of types that never fit, branches that never
hold, parameters and definitions that nothing uses, and rules without examples; in documents values
of another type than declared, names that nobody declares, versions that cannot be read, and
pointers that lead nowhere.

exit codes: 0 nothing found, 1 something found, 2 a pack or a document could not be loaded
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "named",
        nargs="*",
        metavar="PACK|FACTS",
        help="a bundled pack's name, a folder or a rule file; a facts document (*.json), or - for "
        "standard input",
    )
    parser.add_argument(
        "--repository",
        action="store_true",
        help="refuse what leads out of the repository here: safe where nobody vouches for it",
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Load, compile and look closely."""
    from engine.loading.files import require_kept_inside  # noqa: PLC0415
    from engine.loading.packs import load_packs_and_graph  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415

    inside = None
    if options.repository:
        from engine.cli.gathering import tree_of  # noqa: PLC0415 - few need what gathers

        inside = tree_of(".")
    documents = list(dict.fromkeys(filter(is_document, options.named)))
    named = [name for name in options.named if not is_document(name)]
    requests = packs_of(named, inside)
    packs, graph = load_packs_and_graph(requests, bundled("rules"), OPERATORS, inside)
    # Where only documents are named, the packs tell what is declared and are not looked at.
    found: list[Complaint] = []
    looked_at = []
    if named or not documents:
        found += _in_packs(packs, graph)
        rules = sum(len(pack.rules) for pack in packs)
        looked_at.append(f"{counted(rules, 'rule')} in {counted(len(packs), 'pack')}")
    if documents:
        for name in documents:
            require_kept_inside(name, name, inside, None)
        found += _in_documents(documents, packs)
        looked_at.append(counted(len(documents), "document"))
    for complaint in found:
        terminal.write(visible(str(complaint)) + "\n")
    terminal.note(f"{', '.join(looked_at)}: {len(found) or 'nothing'} to mend")
    return exits.FINDINGS if found else exits.CLEAN


def is_document(name: str) -> bool:
    """Say whether an argument means a facts document: rule files are YAML."""
    return name == "-" or name.endswith(".json")


def _in_packs(packs: Sequence[Pack], graph: Sequence[Pack]) -> list[Complaint]:
    from engine.compile.lint import lint  # noqa: PLC0415 - documents need none of it
    from engine.compile.parameters import misfit  # noqa: PLC0415

    schema = facts_schema(bundled("schemas") / "facts.schema.json")
    compile_packs((*graph, *packs), facts_schema=schema, check=misfit)
    return sorted(lint(packs, schema, graph), key=_order)


def _in_documents(names: Sequence[str], packs: Sequence[Pack]) -> list[Complaint]:
    """Check every document; those that cannot be read at all are told together."""
    from engine.cli.documents import document_name, read_document  # noqa: PLC0415
    from engine.compile.lint_facts import lint_facts  # noqa: PLC0415
    from engine.errors import FactsError  # noqa: PLC0415

    declared = [pack.facts for pack in with_bases(packs) if pack.facts]
    found: list[Complaint] = []
    refused: list[Complaint] = []
    for name in names:
        try:
            found += lint_facts(read_document(name), document_name(name), declared)
        except FactsError as error:
            refused += error.complaints
    if refused:
        raise FactsError(refused)
    return found


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
