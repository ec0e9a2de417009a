from __future__ import annotations

from engine.cli.main import COMMANDS, command_module
from engine.discovery import modules


def test_the_table_of_commands_is_that_of_the_modules():
    names = [name.removesuffix("_command") for name in modules("engine.cli.commands")]

    assert list(COMMANDS) == names


def test_every_command_has_what_the_command_line_asks_for():
    for name in COMMANDS:
        module = command_module(name)
        assert module.__doc__.endswith(".")
        assert module.EPILOG.startswith("examples:\n")
        assert callable(module.configure)
        assert callable(module.run)
