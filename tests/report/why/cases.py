"""The answers that the golden files show: facts, the name asked about, one context, the layout."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

from engine.report import Layout

MADE = run_path(str(Path(__file__).with_name("contexts.py")))
LONG = "größe" * 2000
LAPTOP = MADE["laptop"]()
VARIABLE, SECRET = MADE["variable"], MADE["secret"]

CASES = {
    "goroot": (LAPTOP, "GOROOT", None, Layout()),
    "goroot_in_terminal": (LAPTOP, "GOROOT", "terminal", Layout()),
    "goroot_in_gopls": (LAPTOP, "GOROOT", "gopls", Layout()),
    "goroot_in_sudo": (LAPTOP, "GOROOT", "sudo", Layout()),
    "goroot_in_ssh": (LAPTOP, "GOROOT", "ssh-login", Layout()),
    "goroot_in_colour": (LAPTOP, "GOROOT", None, Layout(colour=True)),
    "goroot_in_terminal_in_colour": (LAPTOP, "GOROOT", "terminal", Layout(colour=True)),
    "goroot_in_ascii": (LAPTOP, "GOROOT", None, Layout(ascii=True)),
    "goroot_narrow": (LAPTOP, "GOROOT", None, Layout(width=60)),
    "path": (LAPTOP, "PATH", None, Layout()),
    "path_in_colour": (LAPTOP, "PATH", None, Layout(colour=True)),
    "path_in_terminal": (LAPTOP, "PATH", "terminal", Layout()),
    "path_long": (MADE["long_path"](), "PATH", None, Layout()),
    "path_long_whole": (MADE["long_path"](), "PATH", None, Layout(verbose=True)),
    "go": (LAPTOP, "go", None, Layout()),
    "go_in_ssh": (LAPTOP, "go", "ssh-login", Layout()),
    "home_is_the_same": (LAPTOP, "HOME", None, Layout()),
    "nobody_sets_it": (LAPTOP, "GOROT", None, Layout()),
    "no_contexts": ({"contexts": {}}, "GOROOT", None, Layout()),
    "appended": (MADE["appended"](), "X", "bash", Layout()),
    "program": (MADE["programs"](), "GOPROXY", None, Layout()),
    "program_in_terminal": (MADE["programs"](), "GOPROXY", "terminal", Layout()),
    "program_that_refuses": (MADE["programs"](), "GOPROXY", "editor", Layout()),
    "hostile": (MADE["hostile"](), "X", None, Layout()),
    "hostile_chain": (MADE["hostile"](), "X", "a\x1b[2J", Layout()),
    "many": (MADE["many"](), "X", None, Layout()),
    "many_whole": (MADE["many"](), "X", None, Layout(verbose=True)),
    "instances": (MADE["instances"](), "GOROOT", None, Layout()),
    "instances_narrow": (MADE["instances"](), "GOROOT", None, Layout(width=60)),
    "instances_whole": (MADE["instances"](), "GOROOT", None, Layout(verbose=True)),
    "instances_of_one": (MADE["instances"](), "GOROOT", "image-build", Layout()),
    "long": (
        {"contexts": {"a": VARIABLE(LONG), "b": VARIABLE(f"{LONG}!")}},
        "X",
        None,
        Layout(),
    ),
    "secrets": (
        {"contexts": {name: VARIABLE(SECRET(name[0])) for name in ("a1", "a2", "b")}},
        "X",
        None,
        Layout(),
    ),
}
