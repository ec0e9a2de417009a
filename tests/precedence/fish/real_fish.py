"""The real fish beside ours: what variables hold after a piece of source."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from functools import partial

from engine.gather.fish.reader import read_fish
from engine.gather.syntaxes.dotenv import read_dotenv
from engine.precedence.fish import Fish
from engine.precedence.launch import Launch
from engine.precedence.outcomes import merged
from engine.precedence.state import State, Variable
from engine.precedence.values import hole_in
from engine.precedence.world import World, snippet_key

FISH = shutil.which("fish")
NAMES = ("A", "B", "C", "D", "E", "PATH", "XPATH")
HOME = "/tmp"
PATH = "/usr/bin:/bin"
UNKNOWN = "unknown"


def root(files=None):
    """Facts without a file but those given."""
    return {
        "os": {"kernel": "Linux", "machine": "x86_64", "hostname": "box"},
        "user": {"name": "user", "uid": 1000, "gid": 1000, "home": HOME},
        "users": {"root": {"home": "/root"}},
        "files": dict(files or {}),
        "snippets": {},
    }


def entry(path):
    """What the machine at hand says of a path."""
    try:
        found = os.stat(path)
    except OSError:
        return {"kind": "missing"}
    kind = "directory" if stat.S_ISDIR(found.st_mode) else "file"
    return {
        "kind": kind,
        "readable": os.access(path, os.R_OK),
        "writable": os.access(path, os.W_OK),
        "executable": os.access(path, os.X_OK),
        "size": found.st_size,
    }


def answer(question, facts):
    """Answer a question of the interpreter out of the machine."""
    kind, what = question[:2]
    if kind == "snippet":
        facts["snippets"].setdefault("fish", {})[snippet_key(what)] = read_fish(what.encode())
        return
    found = facts["files"].setdefault(what, entry(what))
    if kind == "names":
        found["names"] = sorted(os.listdir(what))
    if kind == "script":
        with open(what, "rb") as file:
            read = read_fish if question[2] == "fish" else read_dotenv
            found["scripts"] = {question[2]: read(file.read())}


def fold(  # noqa: PLR0913 - what a shell may be started with
    text, facts=None, *, shell=None, prompt=False, tools=(), environment=None
):
    """Fold source until no question is open, and give the interpreter and the state."""
    facts = facts or root()
    while True:
        world = World(facts)
        fish = Fish(Launch(world, process="p", shell=shell or {}, tools=tools))
        state = State()
        state.directory = HOME
        for name, value in (environment or {"HOME": HOME, "PATH": PATH}).items():
            state.put(name, Variable(value, True))
        script = read_fish(text.encode())
        run = partial(fish.run, script, state)
        state = merged(fish.ended_file(fish.at("/x.fish", run)))
        if prompt:
            state = merged(fish.at_prompt(state))
        if not world.wanted:
            return fish, state
        for question in world.wanted:
            answer(question, facts)


def ours(text, **more):
    """Give what our fish says of each name: exported and value, or that it is unknown."""
    fish, state = fold(text, **more)
    fish.finish(state)
    found = {}
    for name in NAMES:
        variable = state.variable(name)
        value = variable.scalar()
        if (value is not None and hole_in(value)) or None in (variable.is_set, variable.exported):
            found[name] = UNKNOWN
        elif variable.is_set:
            found[name] = (bool(variable.exported), value)
    return found


def real(text, folder):
    """Give what the real fish says of each name."""
    file = folder / "x.fish"
    file.write_text(text)
    ask = f"builtin source {file} </dev/null >/dev/null 2>/dev/null\n" + "".join(
        f"if set -q {name}; set -qx {name}; and set -l __x 1; or set -l __x 0;"
        f" builtin printf '%s\\0%s\\0%s\\0' {name} $__x \"${name}\"; end\n"
        for name in NAMES
    )
    done = subprocess.run(
        [FISH, "--no-config", "-c", ask],
        env={"HOME": HOME, "PATH": PATH},
        cwd=HOME,
        capture_output=True,
        check=True,
    )
    parts = done.stdout.decode().split("\0")[:-1]
    return {
        name: (exported == "1", value)
        for name, exported, value in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    }
