"""Snippets put together into a case, by a seed.

Level 1  plain assignments, exports, PATH edits, quoting, comments
Level 2  conditions on files, mode and variables, defaults, source chains, unset, aliases
Level 3  functions that edit PATH, loops, case on PATH, here-documents, eval of literals
Level 4  opaque: tool hooks, command substitution, loops over data, exec, prompt hooks

A case of a level holds at least one snippet of it, and others of the levels up to it.
"""

from __future__ import annotations

import json
import random

from tests.oracle.generating import (
    conditional,
    constructs,
    of_fish,
    of_ksh,
    of_zsh,
    opaque,
    plain,
)
from tests.oracle.generating.draft import FAKE_GO, SNIPPETS, Draft, H
from tests.oracle.truth.matrix import DEBIAN
from tests.oracle.truth.shells import default_env

DEBIAN_FILES = json.loads(DEBIAN.read_text())

_WRITERS = [
    module.__name__ for module in (plain, conditional, constructs, of_zsh, of_ksh, opaque, of_fish)
]
# Importing a module enters its snippets; a pool is in this order, whatever was imported first.
_SNIPPETS = sorted(SNIPPETS, key=lambda row: _WRITERS.index(row[3].__module__))
_PROFILE = ["/etc/profile", "/etc/profile.d/go.sh"]
_PLACES = {
    "bash": [
        *_PROFILE,
        *("/etc/bash.bashrc", "~/.bash_profile", "~/.bash_login", "~/.profile", "~/.bashrc"),
    ],
    "sh": [*_PROFILE, "~/.profile"],
    "zsh": [
        *("/etc/zsh/zshenv", "/etc/zsh/zprofile", "/etc/zsh/zshrc"),
        *("~/.zshenv", "~/.zprofile", "~/.zshrc", "~/.zlogin", "~/.profile"),
    ],
    "ksh": [*_PROFILE, "~/.profile", "~/.kshrc", "/etc/ksh.kshrc"],
    "fish": [
        *("/etc/fish/config.fish", "/etc/fish/conf.d/sys.fish"),
        *("~/.config/fish/conf.d/10-go.fish", "~/.config/fish/conf.d/z.fish"),
        "~/.config/fish/config.fish",
    ],
}
_MAIN = {
    "bash": ["~/.bashrc", "~/.profile", "~/.bash_profile"],
    "sh": ["~/.profile"],
    "zsh": ["~/.zshrc", "~/.zshenv", "~/.zprofile"],
    "ksh": ["~/.profile", "~/.kshrc"],
    "fish": ["~/.config/fish/config.fish"],
}
_WEIGHTS = {1: [1], 2: [1, 1, 2], 3: [1, 2, 3, 3], 4: [1, 2, 3, 4]}
_MODES = (
    (0.22, {"login": True, "interactive": True, "via": "c"}),
    (0.42, {"login": False, "interactive": True, "via": "c"}),
    (0.57, {"login": True, "interactive": False, "via": "c"}),
    (0.67, {"login": False, "interactive": False, "via": "c"}),
    (0.77, {"login": False, "interactive": True, "via": "pty"}),
    (0.87, {"login": True, "interactive": True, "via": "pty", "argv0": True}),
    (0.92, {"login": False, "interactive": False, "via": "script"}),
)


def gen_case(seed, shell, level):
    """Make the case of a seed, without an answer."""
    chance = random.Random(f"{seed}/{shell}/{level}")
    draft = Draft(chance, shell)
    mode, extra = _mode(chance, shell)
    env = _environment(chance, extra)
    texts = _texts(draft, env, level)
    _framed(draft, texts)
    for path, text in draft.files.items():
        texts.setdefault(path, text)
    if chance.random() < 0.35:
        texts["/usr/local/go/bin/go"] = {"text": FAKE_GO, "mode": 0o755}
    return {
        "seed": seed,
        "level": level,
        "shell": shell,
        "mode": mode,
        "env": env,
        "uid": 1000,
        "files": texts,
        "features": draft.feats,
    }


def _mode(chance, shell):
    drawn = chance.random()
    for bound, mode in _MODES:
        if drawn < bound:
            return dict(mode), {}
    mode = {"login": False, "interactive": False, "via": "c"}
    if shell == "bash":
        if chance.random() < 0.5:
            return mode, {"SSH_CLIENT": "127.0.0.1 5000 22"}
        return mode, {"BASH_ENV": f"{H}/.bash_env"}
    if shell in ("sh", "ksh"):
        return mode | {"interactive": True}, {"ENV": f"{H}/.shrc"}
    if shell == "zsh":
        return mode | {"interactive": True}, {"ZDOTDIR": f"{H}/.config/zsh"}
    return mode, {}


def _environment(chance, extra):
    env = default_env() | extra
    if chance.random() < 0.25:
        name = chance.choice(["GOROOT", "GOPATH", "FOO", "GOFLAGS", "EDITOR"])
        env[name] = chance.choice(["/inherited", "inherited val"])
    if chance.random() < 0.1:
        env["PATH"] = chance.choice(["/usr/bin:/bin", "/usr/local/go/bin:/usr/bin:/bin"])
    return env


def _chosen(draft, env):
    """The files to write, the main one first."""
    chance, shell = draft.r, draft.shell
    places = [path.replace("~", H) for path in _PLACES[shell]]
    main = chance.choice(_MAIN[shell]).replace("~", H)
    chosen = [main] + [path for path in places if path != main and chance.random() < 0.45]
    if "BASH_ENV" in env:
        chosen.append(env["BASH_ENV"])
    if "ENV" in env and shell != "fish":
        chosen.append(env["ENV"])
    if "ZDOTDIR" in env:
        chosen += [f"{env['ZDOTDIR']}/.zshrc", f"{env['ZDOTDIR']}/.zshenv"]
    return chosen


def _texts(draft, env, level):
    chance = draft.r
    pools = {
        number: [
            (name, write)
            for at, shells, name, write in _SNIPPETS
            if draft.shell in shells and at == number
        ]
        for number in _WEIGHTS
    }

    def pick(number):
        name, write = chance.choice(pools[number])
        text = write(draft)
        draft.feats.append(name)
        return text

    chosen = _chosen(draft, env)
    main = chosen[0]
    written = {}
    for path in chosen:
        count = chance.randint(1, 4 if path == main else 3)
        written[path] = [pick(chance.choice(_WEIGHTS[level])) for _ in range(count)]
    # At least one of the level, in a file that tends to be read.
    target = main if chance.random() < 0.5 else chance.choice(chosen)
    written[target].insert(chance.randint(0, len(written[target])), pick(level))
    return {path: _joined(draft, path, parts) for path, parts in written.items()}


def _joined(draft, path, parts):
    chance = draft.r
    head = ""
    if chance.random() < 0.4:
        first = "#!/bin/sh\n" if draft.shell != "fish" else "# fish\n"
        head = chance.choice([f"# {path}\n", "# managed by hand\n\n", first])
    return head + ("\n" if chance.random() < 0.7 else "\n\n").join(parts) + "\n"


def _framed(draft, texts):
    """Put what a distribution ships around the texts, as it is on a real machine."""
    frames = {"bash": _frame_bash, "sh": _frame_ksh, "ksh": _frame_ksh, "zsh": _frame_zsh}
    frames.get(draft.shell, lambda *_: None)(draft, texts)


def _before(draft, texts, path, feature):
    texts[path] = DEBIAN_FILES[path] + texts.get(path, "")
    draft.feats.append(feature)


def _frame_bash(draft, texts):
    chance = draft.r
    if chance.random() < 0.45:
        _before(draft, texts, "/etc/profile", "debian_profile")
    bashrc, profile = f"{H}/.bashrc", f"{H}/.profile"
    if chance.random() < 0.35 and bashrc in texts:
        stock, own = DEBIAN_FILES[bashrc], texts[bashrc]
        texts[bashrc] = stock + own if chance.random() < 0.7 else own + stock
        draft.feats.append("debian_bashrc")
    if chance.random() < 0.35 and profile in texts:
        _before(draft, texts, profile, "debian_dotprofile")
    if f"{H}/.bash_profile" in texts and chance.random() < 0.6:
        texts[f"{H}/.bash_profile"] += chance.choice(
            [
                "if [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n",
                "[[ -f ~/.bashrc ]] && . ~/.bashrc\n",
                "[ -r ~/.profile ] && . ~/.profile\n[ -f ~/.bashrc ] && . ~/.bashrc\n",
                "source ~/.bashrc\n",
            ]
        )
        draft.feats.append("bash_profile_sources_bashrc")


def _frame_ksh(draft, texts):
    chance, profile = draft.r, f"{H}/.profile"
    if chance.random() < 0.5:
        _before(draft, texts, "/etc/profile", "debian_profile")
    if draft.shell == "ksh" and chance.random() < 0.4 and profile in texts:
        texts[profile] += "ENV=$HOME/.kshrc; export ENV\n"
        draft.feats.append("ksh_env")


def _frame_zsh(draft, texts):
    chance, zprofile = draft.r, f"{H}/.zprofile"
    if chance.random() < 0.6:
        _before(draft, texts, "/etc/zsh/zshenv", "debian_zshenv")
    if f"{H}/.profile" in texts and zprofile in texts:
        texts[zprofile] += chance.choice(
            ["[[ -e ~/.profile ]] && emulate sh -c 'source ~/.profile'\n", ". ~/.profile\n"]
        )
        draft.feats.append("zprofile_sources_profile")
