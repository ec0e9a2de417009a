"""What each shell has set by itself, with no start-up file at all."""

from __future__ import annotations

from tests.oracle.truth.shells import HOME, SHELLS, default_env

NAMES = [
    *("PS1", "PS2", "PS4", "BASH", "BASH_VERSION", "ZSH_VERSION", "KSH_VERSION", "FISH_VERSION"),
    *("HOSTNAME", "HOSTTYPE", "OSTYPE", "MACHTYPE", "SHLVL", "PWD", "OLDPWD", "UID", "EUID"),
    *("PPID", "OPTIND", "SHELL", "COLUMNS", "TERM", "USER", "LOGNAME", "HOME", "MAIL", "PATH"),
    *("HISTFILE", "ENV", "FPATH", "version", "LC_ALL", "BASHOPTS", "SHELLOPTS"),
    *("POSIXLY_CORRECT", "CDPATH", "VENDOR", "ZDOTDIR", "USERNAME", "HOST", "_"),
]

_WAYS = [
    ("-c", {}),
    ("-l -c", {"login": True}),
    ("-i -c", {"interactive": True}),
    ("pty", {"via": "pty", "interactive": True}),
    ("script", {"via": "script"}),
]


def cases():
    """Give every shell and way as a case."""
    environments = {
        "normal": default_env(),
        "bare": {"HOME": HOME},
        "PS1set": default_env(PS1="inherited> ", SHLVL="3"),
    }
    for shell in SHELLS:
        for way, mode in _WAYS:
            for name, env in environments.items():
                if name != "normal" and way not in ("-c", "-i -c"):
                    continue
                yield {
                    "id": f"init {shell} {way} {name}",
                    "level": "initial",
                    "shell": shell,
                    "mode": {"via": "c", "login": False, "interactive": False} | mode,
                    "env": env,
                    "uid": 1000,
                    "files": {},
                    "track": NAMES,
                }
