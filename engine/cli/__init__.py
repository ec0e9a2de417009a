"""The command line: options, calls, printing, exit codes; the only code that prints."""

from engine.cli.main import main

__all__ = ["main"]
