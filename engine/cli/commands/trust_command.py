"""Let the commands of a pack run when facts are gathered, for this user on this machine."""

from __future__ import annotations

import os
import shlex
import sys

from engine.cli import exits
from engine.cli.commands.lint_command import packs_of
from engine.cli.gathering import state_folder
from engine.cli.terminal import counted
from engine.errors import Complaint, EngineError, UsageError
from engine.gather.pack_facts.commands import FOLDERS
from engine.gather.pack_facts.trust import Trust
from engine.model.visible import visible
from engine.resources import bundled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from engine.cli.terminal import Terminal
    from engine.model.rules import Pack

EPILOG = """\
examples:
  engine trust ./policy            show what the pack runs, and ask whether it may
  engine trust ./policy --yes      the same without asking, in a script of your own
  engine trust --list              the packs that are trusted
  engine trust --revoke ./policy   trust it no longer

A pack is trusted as it is now: a change to any of its files ends that. The list is a file of yours
in $XDG_STATE_HOME/precedent, so commit hooks and pipelines elsewhere run nothing. Programs that a
command runs are not looked into.

exit codes: 0 done, or nothing to run; 2 not trusted
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="a pack's folder (default: those of engine.yaml)"
    )
    parser.add_argument("--yes", action="store_true", help="trust without asking")
    parser.add_argument("--list", action="store_true", help="list the packs that are trusted")
    parser.add_argument("--revoke", action="store_true", help="trust the packs no longer")


def run(options: Namespace, terminal: Terminal) -> int:
    """Show what would run, ask, and note the answer."""
    folder = state_folder(terminal.environment)
    if folder is None:
        advice = "set HOME or XDG_STATE_HOME"
        raise UsageError(Complaint("there is no home to keep the list in", advice=advice))
    trust = Trust(folder)
    if options.list:
        for place, digest in sorted(trust.entries().items()):
            is_same = _digest_of(place) == digest
            noted = f"sha256:{digest}" if is_same else "has changed since, so nothing of it runs"
            terminal.write(visible(f"{place}  {noted}") + "\n")
        return exits.CLEAN
    if options.revoke:
        return _revoke(options.packs, trust, terminal)
    packs = _packs_with_commands(options.packs)
    if not packs:
        terminal.note("no pack here has commands, so there is nothing to trust")
        return exits.CLEAN
    for pack in packs:
        _show(pack, terminal)
    return _trust(packs, trust, options, terminal)


def _packs_with_commands(names: list[str]) -> list[Pack]:
    from engine.compile.packs import with_bases  # noqa: PLC0415
    from engine.loading.packs import load_packs  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415

    loaded = load_packs(packs_of(names), bundled("rules"), OPERATORS)
    return [pack for pack in with_bases(loaded) if any(entry.command for entry in pack.gather)]


def _digest_of(folder: str) -> str | None:
    """Give the digest of the pack in a folder as it is now; None where no pack can be read."""
    try:
        packs = _packs_with_commands([folder])
    except EngineError:
        return None
    return next((pack.digest for pack in packs if _folder(pack) == folder), None)


def _show(pack: Pack, terminal: Terminal) -> None:
    version = f" {pack.version}" if pack.version != "0" else ""
    terminal.write(visible(f"{pack.name}{version} in {_folder(pack)} runs") + "\n")
    for entry in pack.gather:
        if entry.command:
            line = f"  {shlex.join(entry.command)}    for {'.'.join(entry.fact)}"
            terminal.write(visible(line) + "\n")


def _trust(packs: Sequence[Pack], trust: Trust, options: Namespace, terminal: Terminal) -> int:
    known = trust.entries()
    if all(known.get(_folder(pack)) == pack.digest for pack in packs):
        terminal.note("trusted already")
        return exits.CLEAN
    if not options.yes and not _agrees(terminal):
        return exits.NOT_JUDGED
    for pack in packs:
        trust.add(_folder(pack), pack.digest)
    noun = counted(len(packs), "pack")
    terminal.note(f"{noun} trusted until a file of it changes; noted in {trust.path}")
    return exits.CLEAN


def _agrees(terminal: Terminal) -> bool:
    """Ask whoever sits there; where nobody does, the answer is no."""
    if sys.stdin is None or not sys.stdin.isatty():
        terminal.note("not trusted: nobody is there to ask; give `--yes` to trust without asking")
        return False
    places = ", ".join(FOLDERS)
    terminal.write(f"Names without a path are looked for in {places}. Let all of it run? [y/N] ")
    agrees = sys.stdin.readline().strip().lower() in {"y", "yes"}
    if not agrees:
        terminal.note("not trusted")
    return agrees


def _revoke(names: list[str], trust: Trust, terminal: Terminal) -> int:
    """Forget packs by their folders, which need not be there any more."""
    if not names:
        advice = "name the pack's folder; `engine trust --list` lists them"
        raise UsageError(Complaint("`--revoke` of nothing", advice=advice))
    for name in names:
        folder = os.path.abspath(name)
        was_there = trust.revoke(folder)
        said = "is trusted no longer" if was_there else "was not trusted"
        terminal.note(visible(f"{folder} {said}"))
    return exits.CLEAN


def _folder(pack: Pack) -> str:
    return os.path.dirname(os.path.abspath(pack.place.file))
