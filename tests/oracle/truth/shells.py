"""The shells that can be asked, and what every case starts from."""

from __future__ import annotations

PROBE_FOLDER = "/run/oracle"
"""Where the probe lies inside the sandbox."""

HOME = "/home/user"
BASE_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
TRACKED = [
    "PATH",
    "GOROOT",
    "GOPATH",
    "GOBIN",
    "GOPROXY",
    "GOFLAGS",
    "GO111MODULE",
    "EDITOR",
    "VISUAL",
    "JAVA_HOME",
    "FOO",
    "BAR",
    "LANG",
    "XDG_CONFIG_HOME",
    "MANPATH",
]
HIDE = ["/usr/bin/go", "/usr/bin/gofmt", "/usr/bin/direnv"]
"""Commands of this machine that a case doesn't see unless it says so."""

PLACES = r"/(etc|home|root|opt|srv|tmp|usr/local)"
"""What a case fills itself; all else is this machine's, read-only."""

SHELLS = {
    "bash": ("/bin/bash", "bash", "bash"),
    "sh": ("/bin/dash", "sh", "dash"),  # Debian's /bin/sh
    "dash": ("/bin/dash", "dash", "dash"),
    "bash-sh": ("/bin/bash", "sh", "bash"),  # bash started as sh
    "zsh": ("/bin/zsh", "zsh", "zsh"),
    "fish": ("/usr/bin/fish", "fish", "fish"),
    "ksh": ("/bin/ksh93", "ksh", "ksh"),
    "mksh": ("/bin/mksh", "mksh", "mksh"),
    "ash": ("/bin/busybox", "sh", "ash"),
}
"""Name to executable, argv[0] and family."""


def default_env(uid=1000, **more):
    """What a login starts with, and nothing else."""
    name = "user" if uid else "root"
    return {
        "HOME": HOME if uid else "/root",
        "USER": name,
        "LOGNAME": name,
        "PATH": BASE_PATH,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    } | more


def passwd(shell):
    """The accounts of every case."""
    return (
        "root:x:0:0:root:/root:/bin/bash\n"
        f"user:x:1000:1000:,,,:{HOME}:{SHELLS[shell][0]}\n"
        "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
    )
