"""Launch contexts of a made-up laptop, as `facts.contexts` holds them, and some that are odd."""

from __future__ import annotations

from typing import Any

HOME = "/home/ada"
BASHRC, PROFILE, ENVIRONMENT = f"{HOME}/.bashrc", "/etc/profile.d/go.sh", "/etc/environment"


def at(file: str, line: int, process: str) -> dict[str, Any]:
    return {"file": file, "line": line, "process": process}


def event(op: str, process: str, value: object = None, **more: Any) -> dict[str, Any]:
    given = {} if value is None else {"value": value}
    return {"op": op, "process": process, **given, **more}


def unset(chain: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {"state": "unset", "chain": list(chain)}


def context(
    title: str,
    goroot: dict[str, Any],
    path: list[dict[str, Any]],
    go: dict[str, Any],
    **more: Any,
) -> dict[str, Any]:
    value = ":".join(entry["dir"] for entry in path)
    env = {
        "GOROOT": goroot,
        "PATH": {"state": "set", "value": value, "chain": []},
        "HOME": {
            "state": "set",
            "value": HOME,
            "set_by": {"source": "login", "process": "desktop"},
        },
    }
    return {"title": title, "env": env, "path": path, "commands": {"go": go}, **more}


def shell(name: str, *, login: bool, interactive: bool) -> dict[str, Any]:
    return {"name": name, "login": login, "interactive": interactive}


def folder(name: str, file: str, line: int, process: str) -> dict[str, Any]:
    return {"dir": name, "set_by": at(file, line, process)}


OLD = event("set", "desktop", "/usr/lib/go-1.19", file=ENVIRONMENT, line=3)
OLD_ONE = {
    "state": "set",
    "value": "/usr/lib/go-1.19",
    "set_by": at(ENVIRONMENT, 3, "desktop"),
    "shadowed": [],
}
BASE = [folder(name, ENVIRONMENT, 1, "desktop") for name in ("/usr/local/bin", "/usr/bin", "/bin")]
SYSTEM_GO = {"state": "found", "kind": "file", "path": "/usr/bin/go", "hides": []}


def new_one(process: str) -> dict[str, Any]:
    chain = [
        OLD,
        event("inherit", process, "/usr/lib/go-1.19"),
        event("set", process, "/opt/go1.21", file=BASHRC, line=9),
        event("set", process, "/opt/go1.22", file=BASHRC, line=12),
        event("export", process, file=BASHRC, line=13),
    ]
    return {
        "state": "set",
        "value": "/opt/go1.22",
        "set_by": at(BASHRC, 12, process),
        "shadowed": [{"value": "/usr/lib/go-1.19", **at(ENVIRONMENT, 3, "desktop")}],
        "chain": chain,
    }


def in_a_window(title: str, process: str) -> dict[str, Any]:
    path = [
        folder("/opt/go1.22/bin", BASHRC, 12, process),
        *BASE,
        folder(f"{HOME}/go/bin", BASHRC, 14, process),
    ]
    go = {
        "state": "found",
        "kind": "file",
        "path": "/opt/go1.22/bin/go",
        "hides": [{"kind": "file", "path": "/usr/bin/go"}],
    }
    return context(
        title,
        new_one(process),
        path,
        go,
        shell=shell("bash", login=False, interactive=True),
        moment="prompt",
        loaded=[{"path": "/etc/bash.bashrc"}, {"path": BASHRC}],
        not_loaded=[{"path": f"{HOME}/.profile", "reason": "condition", "source": "bash-profile"}],
    )


def laptop() -> dict[str, Any]:
    """Give facts of a laptop on which Go is another one in nearly every context."""
    login = [*BASE[1:], BASE[0], folder("/usr/local/go/bin", PROFILE, 2, "ssh-login")]
    function = {
        "state": "found",
        "kind": "function",
        "set_by": at(PROFILE, 9, "ssh-login"),
        "hides": [
            {"kind": "file", "path": "/usr/bin/go"},
            {"kind": "file", "path": "/usr/local/go/bin/go"},
        ],
    }
    unknown = {"state": "unknown", "cause": "opaque", "detail": "PATH is not known"}
    direnv = "`direnv hook bash` was not run"
    cron = [{"dir": name, "set_by": {"source": "cron-itself", "process": "cron"}} for name in
            ("/usr/bin", "/bin")]  # fmt: skip
    contexts = {
        "desktop": context("the desktop session", OLD_ONE | {"chain": [OLD]}, BASE, SYSTEM_GO,
                           loaded=[{"path": ENVIRONMENT}]),
        "terminal": in_a_window("bash in a terminal window", "terminal"),
        "vscode": in_a_window("VS Code's integrated terminal", "vscode"),
        "ssh-login": context(
            "login shell over ssh", OLD_ONE, login, function,
            shell=shell("bash", login=True, interactive=True),
            confidence="documented",
            loaded=[{"path": ENVIRONMENT}, {"path": "/etc/profile"}, {"path": PROFILE,
                    "by": at("/etc/profile", 20, "ssh-login")}, {"path": f"{HOME}/.bash_profile"}],
            not_loaded=[{"path": BASHRC, "reason": "condition", "source": "bashrc"},
                        {"path": f"{HOME}/.profile", "reason": "hidden", "source": "bash-profile",
                         "detail": f"{HOME}/.bash_profile comes first"}],
        ),
        "gopls": context(
            "gopls, started by VS Code",
            {"state": "unknown", "cause": "opaque", "detail": direnv, "shadowed": [],
             "chain": [*new_one("gopls")["chain"][:-1],
                       event("unknown", "gopls", file=BASHRC, line=30, detail=direnv)]},
            BASE, unknown, loaded=[{"path": BASHRC}],
        ),
        "cron": context("a cron job", unset(), cron, SYSTEM_GO,
                        shell=shell("sh", login=False, interactive=False), loaded=[],
                        not_loaded=[{"path": BASHRC, "reason": "sh -c reads no start-up file"}]),
        "sudo": context(
            "a command under sudo",
            unset((OLD, event("drop", "sudo", detail="env_reset keeps what env_keep names"))),
            BASE, {"state": "missing"}, loaded=[],
        ),
    }  # fmt: skip
    return {"user": {"name": "ada", "home": HOME}, "contexts": contexts}


def variable(value: object, **more: Any) -> dict[str, Any]:
    """Give a context that holds one variable, `X`."""
    return {"title": "T", "env": {"X": {"state": "set", "value": value, **more}}}


def secret(fingerprint: str) -> dict[str, Any]:
    return {"$redacted": ["https://u:", {"salt": "s", "hash": fingerprint}, "@proxy"]}


EVIL = "\x1b]0;owned\x07\u202e\nX=forged 👩\u200d💻"


def hostile() -> dict[str, Any]:
    """Give facts that would steer a terminal or forge a line if anybody let them."""
    place = at("/home/\u202eada/\x1b[31m", 2, "\x1b[1m")
    return {
        "user": {"home": "/home/\u202eada"},
        "contexts": {
            "a\x1b[2J": variable(EVIL, set_by=place, shadowed=[{"value": "a\nb", **place}],
                                 chain=[event("\x1b[5m", "\x9b", EVIL, detail="\x07")])
            | {"title": "T\x1b[5m\nX is unset"},
            "👍": {"title": "👍🏽 中文標題", "env": {"X": {"state": "unknown", "cause": "\x1b[",
                                                    "detail": "\u2066x\n"}}},
            "empty": variable(""),
            "blanks": variable(" x "),
        },
    }  # fmt: skip


def many() -> dict[str, Any]:
    """Give facts with more contexts than fit on a page."""
    contexts = {
        f"context-{number:03}": variable(
            f"v{number % 3}", set_by=at(f"/etc/{number % 2}.sh", number % 2 + 1, "p")
        )
        | {"title": f"Number {number}", "loaded": [{"path": f"/etc/{number % 2}.sh"}]}
        for number in range(100)
    }
    return {"contexts": contexts}


def long_path() -> dict[str, Any]:
    """Give facts with a PATH of 60 entries and three variations of it."""
    usual = [f"/opt/tool-{number}/bin" for number in range(60)]
    lists = {
        "one": usual,
        "same": usual,
        "other": [*usual[:30], "/new", "/new", *usual[31:], ""],
        "turned": usual[::-1],
    }
    contexts = {
        name: {
            "title": name,
            "env": {"PATH": {"state": "set", "value": ":".join(entries)}},
            "path": [folder(one, f"/etc/{n % 4}.sh", n + 1, name) for n, one in enumerate(entries)],
        }
        for name, entries in lists.items()
    }
    return {"contexts": contexts}


def appended() -> dict[str, Any]:
    """Give facts with a value that several lines put together."""
    chain = [
        event("set", "session", "/never", file="/etc/profile", line=1),
        event("inherit", "bash", "/never"),
        event("set", "bash", "/usr/bin", file=BASHRC, line=2),
        event("prepend", "bash", "/opt/bin:/usr/bin", file=BASHRC, line=3),
        event("append", "bash", "/opt/bin:/usr/bin:/home/ada/bin", file=BASHRC, line=4),
    ]
    value = chain[-1]["value"]
    return {
        "user": {"home": HOME},
        "contexts": {"bash": variable(value, chain=chain, set_by=at(BASHRC, 4, "bash"))},
    }


def programs() -> dict[str, Any]:
    """What a program makes of a variable: its own file, a shadowed line, a refusal, no program."""
    file = f"{HOME}/.config/go/env"
    from_file = {
        "value": "https://proxy.acme.example",
        "from": "env_file",
        "set_by": {"file": file, "line": 3},
        "shadowed": [{"value": "direct", "from": "goroot", "file": "/opt/go/go.env", "line": 1}],
    }
    own = {"value": "off", "from": "os", "set_by": at(BASHRC, 2, "terminal")}
    shadowed = {"value": "https://proxy.acme.example", "from": "env_file", "file": file, "line": 3}
    default = {"value": "direct", "from": "default"}
    hole = 'GOPATH entry is relative; must be absolute path: "go"'

    def told(variable: dict[str, Any], **go: Any) -> dict[str, Any]:
        return {"env": {"GOPROXY": variable}, "commands": {}, "go": go}

    off = {"state": "set", "value": "off", "set_by": at(BASHRC, 2, "terminal"), "chain": []}
    return {
        "contexts": {
            "login": told(unset(), state="found", env={"GOPROXY": from_file}),
            "cron": told(unset(), state="found", env={"GOPROXY": from_file}),
            "terminal": told(off, state="found", env={"GOPROXY": own | {"shadowed": [shadowed]}}),
            "sudo": told(unset(), state="found", env={"GOPROXY": default}),
            "off": told(unset(), state="found", env={"GOPROXY": {"value": "", "from": "env_file"}}),
            "editor": told(unset(), state="found", error=hole, set_by={"file": BASHRC, "line": 7}),
            "bare": told(unset(), state="missing"),
            "odd": told(unset(), state="found", env={"GOPROXY": 7}),
        }
    }


def instances() -> dict[str, Any]:
    """Give facts of a repository with dozens of steps, services and stages."""
    bashrc, compose = f"{HOME}/.bashrc", f"{HOME}/shop/compose.yaml"

    def one(value: str, file: str, line: int, name: str, title: str, **more: Any) -> dict[str, Any]:
        setter = at(file, line, name)
        goroot = {"state": "set", "value": value, "set_by": setter}
        goroot["chain"] = [event("set", name, value, file=file, line=line)]
        return {"title": title, "env": {"GOROOT": goroot}, "loaded": [], **more}

    def unknown(title: str, detail: str, **more: Any) -> dict[str, Any]:
        hole = {"state": "unknown", "cause": "not_collected", "detail": detail}
        return {"title": title, "env": {"GOROOT": hole}, "loaded": [], **more}

    read = {"loaded": [{"path": bashrc}]}
    contexts = {
        "terminal": one("/opt/go", bashrc, 2, "terminal", "a terminal") | read,
        "ssh": one("/opt/go", bashrc, 2, "ssh", "a shell over ssh") | read,
        "cron": {"title": "cron", "env": {"GOROOT": unset()}, "loaded": []},
    }
    step = {"of": "build-step", "confidence": "documented"}
    for number in range(1, 61):
        name = f"build-step:.github/workflows/ci.yml/test/{number}"
        file = f"{HOME}/shop/.github/workflows/ci.yml"
        told = one("/opt/hosted", file, 7, name, "a step", **step)
        contexts[name] = (
            told if number < 7 or number == 9 else unknown("a step", "an action may set it", **step)
        )
    for number in range(1, 13):
        name = (
            f"service:s{number}"
            if number > 1
            else "service:a-service-of-a-name-that-goes-on-and-on"
        )
        contexts[name] = one("/usr/go", compose, 3 * number, name, "a service", of="service")
    for process in ("image-build", "image-run"):
        for number in range(1, 9):
            stage = f"services/backend-{number}/Dockerfile"
            told = one(
                "/usr/go", f"{HOME}/shop/{stage}", 4, f"image:{stage}", "a stage", of=process
            )
            hole = unknown("a stage", f"the files of `{stage}` are not at hand", of=process)
            contexts[f"{process}:{stage}"] = hole if number in {1, 2} else told
    files = {bashrc: {"scripts": {"bash": []}}}
    return {"user": {"home": HOME}, "files": files, "contexts": contexts}
