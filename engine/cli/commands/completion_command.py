"""Print a completion script for bash, zsh or fish, made from the commands' own options."""

from __future__ import annotations

from engine.cli import exits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal

EPILOG = """\
examples:
  source <(engine completion bash)                 in ~/.bashrc
  source <(engine completion zsh)                  in ~/.zshrc, after compinit
  engine completion fish | source                  in ~/.config/fish/config.fish
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell to complete in")


def run(options: Namespace, terminal: Terminal) -> int:
    """Print the script."""
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]
    terminal.write(script(_commands()))
    return exits.CLEAN


def _commands() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Give each command with its summary and its options, each with its help."""
    from engine.cli.main import COMMANDS, command_module, command_parser  # noqa: PLC0415 - a circle

    found = {}
    for name, summary in COMMANDS.items():
        parser = command_parser(name, command_module(name))
        options = [
            (option, (action.help or "").split(" (")[0])
            for action in parser._actions  # noqa: SLF001 - argparse has no public way to ask
            for option in action.option_strings
            if option.startswith("--")
        ]
        found[name] = (summary, options)
    return found


def _bash(commands: dict[str, tuple[str, list[tuple[str, str]]]]) -> str:
    cases = "\n".join(
        f"    {name}) words={' '.join(option for option, _ in options)!r} ;;"
        for name, (_, options) in commands.items()
    )
    return f"""\
_engine() {{
  local words current="${{COMP_WORDS[COMP_CWORD]}}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W {" ".join(commands)!r} -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -o filenames -F _engine engine
"""


def _zsh(commands: dict[str, tuple[str, list[tuple[str, str]]]]) -> str:
    def quoted(word: str, help_text: str) -> str:
        return "'" + f"{word}:{help_text}".replace("'", "'\\''") + "'"

    names = "\n    ".join(quoted(name, summary) for name, (summary, _) in commands.items())
    cases = "\n".join(
        f"    {name}) words=({' '.join(quoted(option, text) for option, text in options)}) ;;"
        for name, (_, options) in commands.items()
    )
    return f"""\
#compdef engine
_engine() {{
  local -a names words
  names=(
    {names}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  case $words_of_line[2] in
{cases}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe option words
  else
    _files
  fi
}}
compdef _engine engine
""".replace("$words_of_line[2]", "${(Q)${(z)BUFFER}[2]}")


def _fish(commands: dict[str, tuple[str, list[tuple[str, str]]]]) -> str:
    lines = []
    names = " ".join(commands)
    for name, (summary, options) in commands.items():
        only_first = f"not __fish_seen_subcommand_from {names}"
        lines.append(
            f"complete -c engine -n {_fish_word(only_first)} -f -a {name} -d {_fish_word(summary)}"
        )
        seen = f"__fish_seen_subcommand_from {name}"
        lines += [
            f"complete -c engine -n {_fish_word(seen)} -l {option[2:]} -d {_fish_word(text)}"
            for option, text in options
        ]
    return "\n".join(lines) + "\n"


def _fish_word(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
