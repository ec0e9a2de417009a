"""Launch contexts, as commands get them: facts from a document or this machine, then resolved."""

from __future__ import annotations

import json

from engine.errors import Complaint, UsageError, did_you_mean
from engine.evaluate.contexts import resolved
from engine.loading.facts import read_facts
from engine.precedence.instances import SEPARATOR, split_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Sequence

    from engine.cli.terminal import Terminal
    from engine.compile.program import Program
    from engine.model.facts import Facts
    from engine.model.json_value import JsonObject


_SHOWN = 12
"""How many names an error lists at most."""


def add_facts(parser: ArgumentParser) -> None:
    """Add what says which facts there are, beside what gathers them."""
    parser.add_argument(
        "--facts",
        metavar="FILE",
        help="a facts document, or - for standard input (default: gather them)",
    )


def facts_of(options: Namespace, terminal: Terminal, program: Program) -> Facts:
    """Give the facts of the document that the options name, or else of this machine."""
    if options.facts is not None:
        from engine.cli.documents import read_documents  # noqa: PLC0415 - one or the other

        return read_documents([options.facts])[0]
    from engine.cli.gathering import gathered  # noqa: PLC0415

    document = gathered(options, terminal, program)
    return read_facts(json.dumps(document).encode(), "this machine")


def with_contexts(program: Program, facts: Facts, only: Iterable[str] | None = None) -> JsonObject:
    """Give the root of the facts with its contexts; a document's own are taken as given.

    `only` names the processes to resolve, where not all contexts are asked for.
    """
    plan = plan_of(program)
    if "contexts" in facts.root or not plan.get("contexts"):
        return facts.root
    return resolved(program, facts, only).root


def plan_of(program: Program) -> JsonObject:
    """Give the plan of launch contexts that a program holds."""
    plan: JsonObject = getattr(program, "plan", None) or {}
    return plan


def _advice(name: str, names: Sequence[str]) -> str | None:
    """Give the one that was meant, or else those of the same process, or else all processes."""
    process, element = split_name(name)
    alike = [one for one in names if one.startswith(process + SEPARATOR)]
    if alike:
        # That the process is the same makes no two names alike.
        near = did_you_mean(element or "", [split_name(one)[1] or "" for one in alike])
        there_are = f"the contexts of `{process}` are {_listed(alike)}"
        return did_you_mean(name, alike) if near else there_are
    near = did_you_mean(name, names)
    if near:
        return near
    processes = list(dict.fromkeys(split_name(one)[0] for one in names))
    return f"the contexts are {_listed(processes)}" if processes else None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{one}`" for one in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more: see `engine list contexts`" if more > 0 else shown


def require_context(name: str, known: Iterable[str], plan: JsonObject | None = None) -> None:
    """Refuse a context that does not exist, with the one that was meant.

    Of a process that is there for each of several, all of them may be meant.
    """
    names = sorted(known)
    if plan is not None and any(one.startswith(name + SEPARATOR) for one in names):
        return
    if name not in names:
        advice = _advice(name, names)
        raise UsageError(Complaint(f"unknown context `{name}`", advice=advice))
