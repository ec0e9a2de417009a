"""`engine COMMAND ...`: find the command, run it, say clearly what it could not do."""

from __future__ import annotations

import argparse
import os
import sys

from engine import __version__
from engine.cli import exits
from engine.cli.terminal import Terminal
from engine.errors import Complaint, EngineError, UsageError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import NoReturn

COMMANDS = {
    "check": "gather the facts of this machine and repository, and judge them",
    "completion": "print a completion script for a shell",
    "eval": "judge facts documents",
    "explain": "print the proof of a rule's verdict, with every value",
    "gather": "write the facts of this machine and repository to a document",
    "graph": "draw which processes inherit and read what, in which order",
    "lint": "check packs, rule files and facts documents, without judging",
    "list": "list rules, operators, collectors, formats, packs or facts",
    "schema": "print a JSON Schema, for editors and for checking documents",
    "test": "run the examples of rules, and tell which branches no example decides",
    "trust": "let the commands of a pack run when facts are gathered",
    "why": "tell what a variable or a command is in every launch context, and who says so",
}

_DID = {
    "completion": "printed",
    "gather": "gathered",
    "graph": "drawn",
    "list": "listed",
    "schema": "printed",
    "trust": "changed",
    "why": "told",
}
"""What commands do, as they say of nothing at all; the others judge."""

_EPILOG = """\
examples:
  engine check                             judge this machine with all bundled packs
  engine eval facts.json --rules go        judge a document with the pack `go`
  engine eval facts.json --format sarif=out.sarif --format text
  engine explain goroot-env-set facts.json
  engine why GOROOT                        what it is in every shell, and who set it

exit codes:
  0  nothing at or above --fail-on        2  nothing was judged: usage, pack or facts
  1  findings                             3  only with --strict: something is unknown
                                        130  interrupted

`engine COMMAND --help` tells more about a command.
"""


class HelpFormat(argparse.RawDescriptionHelpFormatter):
    """Help as it is written, on lines of one width: asking the terminal would cost 2 ms."""

    def __init__(self, prog: str) -> None:
        """Take the command's name."""
        super().__init__(prog, max_help_position=26, width=100)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints read like all others."""

    def options(self, words: list[str]) -> argparse.Namespace:
        """Give the options; one that does not exist is refused, with the name that was meant."""
        found, unknown = self.parse_known_intermixed_args(words)
        if unknown:
            name = unknown[0].partition("=")[0]
            what = "option" if name.startswith("-") else "argument"
            advice = did_you_mean(name, self._option_string_actions)
            raise UsageError(
                Complaint(f"unknown {what} `{name}`", advice=advice or f"see `{self.prog} --help`")
            )
        return found

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the usage instead of exiting."""
        raise UsageError(Complaint(_in_our_words(message), advice=f"see `{self.prog} --help`"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(os.environ)
    try:
        return _run(words, terminal)
    except EngineError as error:
        did = _DID.get(words[0], "judged") if words else "judged"
        terminal.complain(error, f"nothing was {did}")
        return exits.NOT_JUDGED
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - left alone, Python would exit with 1: findings
        terminal.note(_where(error) + "nothing was judged: this is a fault of the engine")
        return exits.NOT_JUDGED


def _run(words: list[str], terminal: Terminal) -> int:
    name = words[0] if words else ""
    if not words:
        terminal.note(_overview().format_help().rstrip())
        return exits.NOT_JUDGED
    if name in {"-h", "--help", "help"}:
        terminal.write(_overview().format_help())
        return exits.CLEAN
    if name in {"-V", "--version"}:
        terminal.write(f"engine {__version__}\n")
        return exits.CLEAN
    if name not in COMMANDS:
        known = "the commands are " + ", ".join(COMMANDS)
        what = "option" if name.startswith("-") else "command"
        raise UsageError(
            Complaint(f"unknown {what} `{name}`", advice=did_you_mean(name, COMMANDS) or known)
        )
    command = command_module(name)
    parser = command_parser(name, command)
    if any(word in {"-h", "--help"} for word in before_dashes(words[1:])):
        terminal.write(parser.format_help())
        return exits.CLEAN
    code: int = command.run(parser.options(words[1:]), terminal)
    return code


def before_dashes(words: list[str]) -> list[str]:
    """Give the words before a lone `--`, after which nothing is an option."""
    return words[: words.index("--")] if "--" in words else words


def command_module(name: str) -> ModuleType:
    """Give a command's module; only this one is imported."""
    from importlib import import_module  # noqa: PLC0415

    return import_module(f"engine.cli.commands.{name}_command")


def command_parser(name: str, command: ModuleType) -> Parser:
    """Give a command's parser."""
    parser = Parser(
        prog=f"engine {name}",
        description=command.__doc__,
        epilog=command.EPILOG,
        formatter_class=HelpFormat,
        # An abbreviation would mean something else once there is another option.
        allow_abbrev=False,
    )
    command.configure(parser)
    return parser


def _overview() -> Parser:
    parser = Parser(
        prog="engine",
        usage="engine COMMAND [options]",
        description="Policy-as-code for the environments that software is built in.",
        epilog=_EPILOG,
        formatter_class=HelpFormat,
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_argument_group("commands")
    for name, summary in COMMANDS.items():
        commands.add_argument(name, nargs="?", help=summary)
    return parser


def _where(error: Exception) -> str:
    """Tell where something broke, without its own words: they may quote what was read."""
    import traceback  # noqa: PLC0415 - only a fault of ours needs it

    way = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{way}{type(error).__name__}\n"


def _in_our_words(message: str) -> str:
    return message.replace("argument ", "", 1).replace("'", "`")
