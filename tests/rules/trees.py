"""Small file trees of a Debian machine, as somebody's start-up files leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gather.binaries import go_command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GO = "/usr/local/go/bin/go"
GUARD = "case $- in\n*i*) ;;\n*) return ;;\nesac\n"
READS_BASHRC = 'if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then\n. "$HOME/.bashrc"\nfi\n'
ADDS_GO = "export PATH=$PATH:/usr/local/go/bin\n"
_FOLDERS = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
_ADMIN = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

DEBIAN = {
    "/etc/login.defs": f"ENV_SUPATH PATH={_ADMIN}\nENV_PATH PATH={_FOLDERS}\n",
    "/etc/profile": (
        f'if [ "$(id -u)" -eq 0 ]; then\nPATH="{_ADMIN}"\nelse\nPATH="{_FOLDERS}"\nfi\n'
        "export PATH\n"
        "if [ -d /etc/profile.d ]; then\nfor i in /etc/profile.d/*.sh; do\n"
        'if [ -r "$i" ]; then\n. "$i"\nfi\ndone\nunset i\nfi\n'
    ),
    "/etc/bash.bashrc": '[ -z "$PS1" ] && return\n',
    "/etc/environment": "",
    "/etc/sudoers": f'Defaults env_reset\nDefaults secure_path="{_ADMIN}"\n',
    "/etc/ssh/sshd_config": "UsePAM yes\n",
    "/etc/pam.d/sudo": "session required pam_limits.so\n",
    "/usr/local/go/go.env": "GOPROXY=https://proxy.golang.org,direct\nGOTOOLCHAIN=auto\n",
    "/root/.profile": "",
    "/home/ada/.profile": READS_BASHRC,
    "/home/ada/.bashrc": GUARD,
}
_PROGRAMS = ("/bin/bash", "/bin/dash", "/bin/zsh", "/bin/fish", "/usr/bin/id")


def lay_out(root: Path, files: Mapping[str, str | None], shell: str = "/bin/bash") -> None:
    """Write a machine of which ada is the user; None leaves out a file that Debian has."""
    accounts = f"root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000::/home/ada:{shell}\n"
    programs = dict.fromkeys(_PROGRAMS, "#!/bin/false\n")
    for path, text in (DEBIAN | programs | {"/etc/passwd": accounts} | dict(files)).items():
        if text is None:
            continue
        place = root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        if path.endswith("/go") or path in programs:
            place.chmod(0o755)
    _install_go(root)
    (root / "tmp").mkdir(exist_ok=True)
    (root / "tmp").chmod(0o1777)
    (root / "bin/sh").symlink_to("dash")


def _install_go(root: Path) -> None:
    """Put a go command in its place: a binary that says so, and the folders that Go looks for."""
    place = root / GO.lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(go_command())
    place.chmod(0o755)
    (place.parents[1] / "pkg/tool").mkdir(parents=True)
