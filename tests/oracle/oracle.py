"""Ask a real shell what its start-up files do: `python -m tests.oracle.oracle --help`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.oracle.truth import matrix
from tests.oracle.truth.running import run_case
from tests.oracle.truth.shells import SHELLS, default_env
from tests.oracle.truth.staging import load_tree


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="asked", required=True)
    one = commands.add_parser("run", help="one case, a JSON file or `-`")
    one.add_argument("case")
    tree = commands.add_parser("tree", help="a folder that holds etc/ and home/user/")
    tree.add_argument("folder")
    tree.add_argument("--shell", default="bash", choices=list(SHELLS))
    tree.add_argument("--login", "-l", action="store_true")
    tree.add_argument("--interactive", "-i", action="store_true")
    tree.add_argument("--via", default="c", choices=["c", "script", "stdin", "pty", "su"])
    tree.add_argument("--env", "-e", action="append", default=[], metavar="NAME=VALUE")
    for asking in (one, tree):
        asking.add_argument("--command", default="go")
        asking.add_argument("--trace", action="store_true", help="also who set what")
    every = commands.add_parser("matrix", help="every way to start every shell")
    every.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    if given.asked == "matrix":
        return _matrix(given.json)
    case = _of_tree(given) if given.asked == "tree" else _read(given.case)
    found = run_case(case, command=given.command, trace=given.trace)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


def _read(file):
    return json.loads(sys.stdin.read() if file == "-" else Path(file).read_text())


def _of_tree(given):
    return {
        "shell": given.shell,
        "mode": {"login": given.login, "interactive": given.interactive, "via": given.via},
        "env": default_env(**dict(pair.split("=", 1) for pair in given.env)),
        "files": load_tree(given.folder),
    }


def _matrix(file):
    rows = []
    for case in matrix.cases():
        row = matrix.answered(case)
        sys.stdout.write(matrix.as_line(row) + "\n")
        rows.append(row)
    if file:
        file.write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
