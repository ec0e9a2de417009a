"""Run the examples of rules, and tell which branches no example decides."""

from __future__ import annotations

import json

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.commands.lint_command import packs_of
from engine.cli.terminal import counted
from engine.compile.build import facts_schema
from engine.compile.packs import compile_packs
from engine.evaluate.examples import Coverage, try_example
from engine.evaluate.scope import Scope
from engine.loading.facts import SCHEMA, facts_from, read_facts
from engine.model.visible import visible
from engine.resources import bundled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from engine.cli.terminal import Terminal
    from engine.compile.program import Program
    from engine.model.facts import Facts
    from engine.model.json_value import JsonObject
    from engine.model.rules import Example, Pack, Rule

EPILOG = """\
examples:
  engine test                      the packs of engine.yaml, else all bundled ones
  engine test ./policy --strict    fail also for branches that no example decides

exit codes: 0 all examples hold, 1 some do not, 2 a pack could not be loaded
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="a bundled pack's name, a folder or a rule file"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit 1 if a branch is not decided by any example"
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Try every example of every rule."""
    from engine.loading.packs import load_packs_and_graph  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415

    packs, graph = load_packs_and_graph(packs_of(options.packs), bundled("rules"), OPERATORS)
    bench = Bench((*graph, *packs))
    examples = wrong = branches = 0
    for pack in packs:
        for rule in pack.rules:
            mistakes, undecided = bench.try_rule(rule)
            examples += len(rule.examples)
            wrong += len(mistakes)
            branches += len(undecided)
            for line in (*mistakes, *undecided):
                terminal.write(visible(line) + "\n")
    rules = sum(len(pack.rules) for pack in packs)
    tried = f"{counted(rules, 'rule')}, {counted(examples, 'example')}"
    noun = "branch" if branches == 1 else "branches"
    terminal.note(f"{tried}: {wrong} wrong; {branches} {noun} not decided")
    return exits.FINDINGS if wrong or (options.strict and branches) else exits.CLEAN


class Bench:
    """Where rules are tried on their examples."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        """Take the packs; an example with parameters of its own has them compiled again."""
        self._packs = packs
        self._schema = facts_schema(bundled("schemas") / "facts.schema.json")
        self._program = compile_packs(packs, facts_schema=self._schema)

    def try_rule(self, rule: Rule) -> tuple[list[str], list[str]]:
        """Give what is wrong with a rule's examples, and the branches that they leave undecided."""
        compiled = _rule_of(self._program, rule.id)
        if compiled is None:
            return [], []  # switched off by another pack
        mistakes = []
        coverage = Coverage()
        for example in rule.examples:
            program = self._program_for(example)
            own = _rule_of(program, rule.id) or compiled
            facts = document_of(example)
            now = None if example.today is None else shared.day_start(example.today)
            trial = try_example(program, own, example, facts, now)
            if trial.mistake is not None:
                mistakes.append(f"{example.place}: {rule.id}: {example.name}: {trial.mistake}")
            coverage.note(own, Scope(program, facts, now))
        some_facts = facts_from({}, "nothing")
        undecided = [
            f"{rule.place.file}:{branch.line}: {rule.id}: "
            f"never {branch.missing} in an example: {branch.text}"
            for branch in coverage.undecided(compiled, Scope(self._program, some_facts, None))
        ]
        return mistakes, undecided

    def _program_for(self, example: Example) -> Program:
        if not example.params:
            return self._program
        return compile_packs(self._packs, facts_schema=self._schema, params=example.params)


def document_of(example: Example) -> Facts:
    """Give an example's facts: a whole document, or plain facts with what it says is absent."""
    document: JsonObject = example.facts
    if example.absent is not None:
        envelope = document if "schema" in document else {"schema": SCHEMA, "facts": document}
        document = envelope | {"absent": example.absent}
    # Through its bytes, so that an example is read as a document is, secrets included.
    return read_facts(json.dumps(document).encode(), example.name)


def _rule_of(program: Program, name: str) -> JsonObject | None:
    return next((rule for rule in program.rules if rule["id"] == name), None)
