"""A case's way to start its shell, in the words of a pack."""

from __future__ import annotations

import json

_SHELLS = {
    "bash": {"like": "bash"},
    "bash-sh": {"like": "bash", "shell": {"as_sh": True}},
    "sh": {"like": "sh"},
    "dash": {"like": "dash"},
    "zsh": {"like": "zsh"},
    "fish": {"like": "fish"},
    "ksh": {"like": "ksh"},
    "mksh": {"like": "mksh"},
    "ash": {"like": "ash"},
}
_ARGV0 = {"bash-sh": "sh", "ash": "sh"}
_FLAGS = {
    "--norc": {"norc": True},
    "--noprofile": {"noprofile": True},
    "--no-config": {"no_config": True},
}


def key(case):
    """What makes two cases start alike; each has one process in the pack."""
    return json.dumps([case["shell"], case["mode"]], sort_keys=True)


def pack(cases):
    """Give the id of each case's process by `key`, and the pack that has them all."""
    ids, processes = {}, {}
    for case in cases:
        if (same := key(case)) not in ids:
            ids[same] = f"asked-{len(ids)}"
            processes |= _processes(ids[same], case)
    names = sorted({name for case in cases for name in case.get("track", ())})
    text = {
        "pack": "asked",
        "version": "1.0.0",
        "title": "How the shells of some cases are started",
        "requires": {"engine": ">=1"},
        "tracks": {"variables": names, "commands": ["go"]},
        "processes": processes,
    }
    return ids, json.dumps(text, indent=1)


def _processes(name, case):
    mode, written = case["mode"], _SHELLS[case["shell"]]
    via = mode.get("via", "c")
    shell = {
        "login": bool(mode.get("login")),
        "interactive": bool(mode.get("interactive")),
        "posix": bool(mode.get("posix")),
        "via": {"pty": "prompt", "su": "c"}.get(via, via),
        "stdin": "tty" if via == "pty" else mode.get("stdin", "null"),
    }
    if via in {"c", "pty"}:
        # The oracle starts shells by their plain names, which no terminal is sure to do.
        plain = _ARGV0.get(case["shell"], case["shell"])
        shell["argv0"] = f"-{plain}" if mode.get("argv0") else plain
    shell |= written.get("shell", {}) | _flags(mode.get("flags", []))
    process = {
        "title": f"{case['shell']} {via}",
        "like": written["like"],
        "inherits": {"from": "session"},
        "shell": shell,
        "moment": "prompt" if via == "pty" else "started",
    }
    if via != "su":
        return {name: process}
    login = mode.get("login")
    start = {
        "template": True,
        "title": "su",
        "inherits": {"from": "session"} | ({"only": ["TERM"]} if login else {}),
        "reads": [
            {"source": source, "evidence": "su(1)"}
            for source in ("su-login-itself" if login else "su-itself", "pam-environment")
        ],
    }
    return {
        f"{name}-su": start,
        name: process | {"inherits": {"from": f"{name}-su"}, "directory": "~"},
    }


def _flags(flags):
    found = {}
    for at, flag in enumerate(flags):
        if flag == "--rcfile":
            found["rcfile"] = flags[at + 1]
        elif flag == "-f":
            found["norc"] = True
        else:
            found |= _FLAGS.get(flag, {})
    return found
