"""The bundled graph reads the start-up files that real shells were seen to open, in their order."""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from engine.compile.build import Request, build
from engine.evaluate.holds import holds

PROGRAM, _ = build(Request(rules=("precedence",)))
PLAN = PROGRAM.plan
HOLDS = holds(PROGRAM)
HOME = "/home/user"
SHELLS = {"bash-sh": "bash"}
FILES = [
    *("/etc/profile", "/etc/bash.bashrc", "/etc/ksh.kshrc", "/etc/fish/config.fish"),
    *(f"/etc/zsh/{name}" for name in ("zshenv", "zprofile", "zshrc", "zlogin")),
    *("~/.bash_profile", "~/.bash_login", "~/.profile", "~/.bashrc", "~/.benv"),
    *("~/.kshrc", "~/.mkshrc", "~/.config/fish/config.fish"),
    *(f"{top}/.{name}" for top in ("~", "~/zd") for name in ("zshenv", "zprofile", "zshrc")),
    *("~/.zlogin", "~/zd/.zlogin", "~/.config/fish/conf.d/u.fish", "/etc/fish/conf.d/s.fish"),
]
LINE = re.compile(r"^(?P<shell>\S+) +(?P<mode>\S.*?\S?) {2,}(?P<files>\S.*)$")
NEEDS_A_FOLD = ("DEBIAN FILES", "su ", " sets ", "setopt")


def rows() -> list[object]:
    text = (Path(__file__).parents[1] / "oracle" / "matrix.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        row = LINE.match(
            line.replace("without ~/.bash_profile,~/.bash_login,~/.profile ", "bare  ")
        )
        assert row, line
        if not any(word in f"{row['mode']} " for word in NEEDS_A_FOLD):
            expected = [] if row["files"] == "(none)" else row["files"].split()
            found.append(
                pytest.param(
                    row["shell"], row["mode"], expected, id=f"{row['shell']} {row['mode']}"
                )
            )
    return found


def launch(shell: str, mode: str) -> tuple[dict[str, object], dict[str, str], list[str]]:
    """Give how a row starts its shell: the shell's mode, its variables and the files there are."""
    words = mode.split()
    started: dict[str, object] = {**PLAN["processes"][SHELLS.get(shell, shell)]["shell"]}
    started["login"] = "-l" in words or any(word.startswith("argv0") for word in words)
    started["interactive"] = "-i" in words or "pty" in words
    started["as_sh"] = shell == "bash-sh" or started["as_sh"]
    via = {"script": "script", "stdin(file)": "stdin", "pty": "prompt"}
    started["via"] = next((via[word] for word in words if word in via), "c")
    started["stdin"] = "socket" if "stdin=socket" in words else "null"
    for flag in ("posix", "norc", "noprofile", "no-config"):
        started[flag.replace("-", "_")] = f"--{flag}" in words
    if "-f" in words:
        started["options"] = {"rcs": False, "globalrcs": True}
    if "--rcfile" in words:
        started["rcfile"] = f"{HOME}/.benv"
    env = {"HOME": HOME}
    for word in words:
        name, is_set, value = word.partition("=")
        for one in name.split("+") if is_set or name.isupper() else ():
            if one.isupper() or one in {"BASH_ENV", "SSH_CLIENT", "SSH2_CLIENT"}:
                env[one] = value.replace("~", HOME) or f"{HOME}/.benv"
    gone = words[words.index("without") + 1].split(",") if "without" in words else []
    if "bare" in words:
        gone = ["~/.bash_profile", "~/.bash_login", "~/.profile"]
    return started, env, [path.replace("~", HOME) for path in FILES if path not in gone]


def read(shell: str, mode: str) -> list[str]:
    """Give the files that the graph reads, as long as none of them sets anything."""
    started, env, files = launch(shell, mode)
    loaded: list[str] = []
    for item in PLAN["processes"][SHELLS.get(shell, shell)]["reads"]:
        variables = {name: {"state": "set", "value": value} for name, value in env.items()}
        process = {"shell": started, "env": variables, "option": started["options"]}
        root = {"process": process, "files": {"/bin/sh": {"target": "/usr/bin/dash"}}}
        if item["when"] is not None:
            judged = HOLDS(item["when"], root)
            assert judged in {True, False}, (item["source"], judged)
            if not judged:
                continue
        source = PLAN["sources"][item["source"]]
        if source["kind"] == "sets":
            for name, setting in source["sets"].items():
                if name not in env or not setting["if_unset"]:
                    env.update(set_to(name, setting["value"], env, started))
            continue
        paths = [text(path, env, started) for path in source["paths"]]
        there = [path for path in paths if path in files]
        if source["kind"] == "files":
            masked: dict[str, str] = {}
            for pattern in paths:
                for path in sorted(path for path in files if pattern and fnmatch(path, pattern)):
                    masked.setdefault(posixpath.basename(path), path)
            there = list(masked.values())
        loaded += [path for path in (there[:1] if source["kind"] == "first" else there) if path]
    return [path.replace(HOME, "~") for path in loaded]


def set_to(
    name: str, value: object, env: dict[str, str], shell: dict[str, object]
) -> dict[str, str]:
    if value == {"count": name}:
        return {name: str(int(env.get(name, "0")) + 1)}
    found = text(value, env, shell) if not isinstance(value, dict) or "join" in value else None
    return {name: found} if found is not None else {}


def text(expression: object, env: dict[str, str], shell: dict[str, object]) -> str | None:
    """Work out an expression, as far as the graph's paths need it."""
    match expression:
        case str():
            return expression.replace("~", HOME, 1) if expression.startswith("~") else expression
        case {"join": parts}:
            found = [text(part, env, shell) for part in parts]
            return None if None in found else posixpath.join(*(part for part in found if part))
        case {"env": name}:
            return env.get(name) or text(expression.get("else"), env, shell)
        case {"expand": inner}:
            return (text(inner, env, shell) or "").replace("$HOME", HOME)
        case {"fact": ["process", "shell", "rcfile"]}:
            return str(shell["rcfile"])
    return None


@pytest.mark.parametrize(("shell", "mode", "files"), rows())
def test_a_shell_reads_what_it_was_seen_to_read(shell: str, mode: str, files: list[str]) -> None:
    assert read(shell, mode) == files


def test_nearly_the_whole_matrix_is_asked() -> None:
    assert len(rows()) > 205
