"""A small precedence graph as a plan holds it, and contexts that were resolved from it."""

from __future__ import annotations

from typing import Any

PATHS = [
    [-1, ["process", "shell", "login"], "process.shell.login", True],
    [-1, ["process", "shell", "interactive"], "process.shell.interactive", True],
    [-1, ["process", "env", "BASH_ENV", "state"], "process.env.BASH_ENV.state", True],
    [-1, ["process", "shell", "norc"], "process.shell.norc", True],
    [-1, ["process", "shell", "rcfile"], "process.shell.rcfile", True],
    [-1, ["files", "/etc/acme", "kind"], 'files["/etc/acme"].kind', True],
]
HOME = "/home/ada"


def equals(path: int, value: object = True) -> list[Any]:
    return ["op", ["fact", path], "equals", ["value", value], None, 1]


def all_of(*children: list[Any]) -> list[Any]:
    return ["all", list(children), 1]


def any_of(*children: list[Any]) -> list[Any]:
    return ["any", list(children), 1]


def no(child: list[Any]) -> list[Any]:
    return ["not", child, 1]


def read(source: str, when: list[Any] | None = None) -> dict[str, Any]:
    return {"source": source, "when": when, "evidence": "", "place": {"file": "x", "line": 1}}


def file(*paths: object, kind: str = "file", title: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "paths": list(paths), "title": title or str(paths[0]), **more}


def process(
    title: str,
    parent: str | None = None,
    reads: list[Any] | None = None,
    mode: str = "all",
    names: tuple[Any, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    inherits = {"from": parent, "mode": mode, "names": list(names)}
    return {
        "title": title,
        "template": False,
        "like": None,
        "inherits": None if inherits is None else [inherits],
        "adopts": None,
        "shell": None,
        "reads": reads,
        **more,
    }


SOURCES = {
    "given": {"kind": "environment", "paths": [], "title": "what the session starts with"},
    "environment": file("/etc/environment"),
    "environment-d": file(
        "~/.config/environment.d/*.conf",
        "/etc/environment.d/*.conf",
        kind="files",
        order="basename",
    ),
    "etc-profile": file("/etc/profile"),
    "bash-user": file("~/.bash_profile", "~/.bash_login", "~/.profile", kind="first"),
    "bashrc": file("~/.bashrc"),
    "bash-env": file({"expand": {"env": "BASH_ENV"}}, title="the file that BASH_ENV names"),
    "zshenv": file({"join": [{"env": "ZDOTDIR", "else": {"env": "HOME"}}, ".zshenv"]}),
    "bash-itself": {"kind": "sets", "paths": [], "title": "bash itself"},
    "settings": file("~/.config/Code/User/settings.json"),
    "acme": file("/etc/acme"),
}
INTERACTIVE = all_of(equals(1), equals(0, False))
PROCESSES = {
    "bash": process(
        "bash",
        template=True,
        reads=[
            read("bash-itself"),
            read("etc-profile", equals(0)),
            read("bash-user", equals(0)),
            read("bashrc", all_of(INTERACTIVE, equals(3, False), equals(4, None))),
            read("bash-env", all_of(equals(1, False), equals(2, "set"))),
        ],
        shell={"name": "bash", "login": False, "interactive": False, "norc": False, "rcfile": None},
    ),
    "zsh": process("zsh", template=True, reads=[read("zshenv", no(any_of(equals(3), equals(0))))]),
    "session": process("the login session", mode="nothing", reads=[read("given")]),
    "desktop": process(
        "the desktop session", "session", [read("environment"), read("environment-d")]
    ),
    "terminal": process(
        "bash in a terminal window",
        "desktop",
        like="bash",
        shell={"name": "bash", "login": False, "interactive": True, "norc": False, "rcfile": None},
    ),
    "shell-of-vscode": process(
        "the shell that VS Code asks",
        "desktop",
        like="$SHELL",
        shell={"login": True, "interactive": True},
    ),
    "vscode": process(
        "VS Code",
        "desktop",
        [read("settings"), read("acme", equals(5, "file"))],
        adopts=[
            {
                "from": "shell-of-vscode",
                "mode": "except",
                "names": ["VSCODE_*"],
                "if_it_fails": "keep",
            }
        ],
    ),
    "vscode-terminal": process(
        "VS Code's integrated terminal",
        "vscode",
        mode="except",
        names=("VSCODE_*", "ELECTRON_*"),
        like="bash",
        shell={"name": "bash", "login": False, "interactive": True, "norc": False, "rcfile": None},
    ),
    "sudo": process("`sudo COMMAND`", "terminal", [], "only", ({"fact": ["sudo", "env_keep"]},)),
    **{
        f"bash-{number}": process(
            f"bash, the {word} way",
            "session",
            like="bash",
            shell={"name": "bash", "login": number > 1, "interactive": False, "norc": False},
        )
        for number, word in enumerate(("first", "second", "third"), 1)
    },
}
PLAN = {
    "sources": SOURCES,
    "processes": PROCESSES,
    "order": list(PROCESSES),
    "contexts": [name for name, one in PROCESSES.items() if not one.get("template")],
}
FACTS = {
    "user": {"home": HOME, "shell": "/bin/bash"},
    "contexts": {
        "desktop": {
            "loaded": [{"path": "/etc/environment"}],
            "not_loaded": [],
        },
        "terminal": {
            "loaded": [
                {"path": f"{HOME}/.bashrc"},
                {"path": f"{HOME}/.cargo/env", "by": {"file": f"{HOME}/.bashrc", "line": 20}},
            ],
            "not_loaded": [
                {"path": "/etc/profile", "reason": "condition", "source": "etc-profile"},
                {"path": "/x", "reason": "condition", "source": "bash-env"},
            ],
        },
        "shell-of-vscode": {
            "loaded": [
                {"path": "/etc/profile"},
                {"path": f"{HOME}/.bash_login"},
            ],
            "not_loaded": [
                {"path": f"{HOME}/.bash_profile", "reason": "missing", "source": "bash-user"},
                {
                    "path": f"{HOME}/.profile",
                    "reason": "hidden",
                    "source": "bash-user",
                    "detail": f"{HOME}/.bash_login comes first",
                },
            ],
        },
        "vscode": {
            "loaded": [],
            "not_loaded": [
                {
                    "path": f"{HOME}/.config/Code/User/settings.json",
                    "reason": "unreadable",
                    "source": "settings",
                }
            ],
        },
    },
}
EVIL = '\x1b[2J"]; x --> y\n<b>&amp;\\N{`#35;` \u202e'
HOSTILE = {
    "sources": {
        "a": file(f"/{EVIL}"),
        'b"]': {"kind": "sets", "paths": [], "title": EVIL},
    },
    "processes": {
        "end": process(EVIL, mode="nothing", reads=[read("a"), read('b"]')]),
        EVIL: process("graph", "end", [read("a")], "only", (EVIL,)),
    },
    "order": ["end", EVIL],
    "contexts": ["end", EVIL],
}

# Processes that are there for each of several, and start in one of several ways.
EACH = [
    *PATHS,
    [-1, ["each", "console"], "each.console", True],
    [-1, ["editor", "installed"], "editor.installed", True],
    [-1, ["each", "build"], "each.build", True],
]


def several(title: str, ways: list[Any], reads: list[Any] | None = None, **more: Any) -> Any:
    found = process(title, reads=[] if reads is None else reads, **more)
    return found | {"inherits": ways}


def way(parent: str | None, when: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    mode = "all" if parent else "nothing"
    return {"from": parent, "mode": mode, "names": [], "when": when, **more}


LAUNCHED = {
    "session": PROCESSES["session"],
    "editor": process("the editor", "session", [], when=equals(7)),
    "window": several(
        "the editor's terminal",
        [way("editor", equals(7)), way("session")],
        adopts=[way("probe", equals(7)) | {"if_it_fails": "keep"}, way("session", equals(6, "x"))],
        template=True,
    ),
    "probe": process("the shell that is asked", "session", [], template=True),
    "launch": several(
        "a program under the debugger",
        [way("editor", equals(6, "internal")), way("window", equals(6, "terminal"))],
        [read("settings")],
        for_each=["editor", "launches"],
    ),
    "stage": several("an image", [way(None)], for_each=["docker", "stages"]),
    "service": several(
        "a service",
        [way("stage", equals(8), of={"fact": ["each", "stage"]}), way(None)],
        for_each=["services"],
    ),
}
LAUNCHES = {
    "sources": SOURCES,
    "processes": LAUNCHED,
    "order": ["session", "probe", "editor", "window", "launch", "stage", "service"],
    "contexts": [name for name, one in LAUNCHED.items() if not one.get("template")],
}
ODD = 'a b/c:d" --> <x>&'
LAUNCH_FACTS = {
    "user": {"home": HOME},
    "editor": {
        "installed": True,
        "launches": [{"id": "server", "console": "internal"}, {"id": ODD, "console": "terminal"}],
    },
    "docker": {"stages": [{"id": "Dockerfile"}]},
    "services": [],
    "contexts": {
        "session": {"loaded": [], "not_loaded": []},
        "launch:server": {"loaded": [], "not_loaded": []},
        f"launch:{ODD}": {"loaded": [], "not_loaded": []},
        "stage:Dockerfile": {"loaded": [], "not_loaded": []},
    },
}
