"""What a process is to a developer: an editor, a shell, a tool of Go, told by its program."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.gather.processes import Process

ROLES = ("go-tool", "ide", "extension-host", "shell", "terminal", "multiplexer", "sshd", "other")

_NAMES = {
    "go-tool": ("go", "gofmt", "gopls", "dlv", "dlv-dap", "golangci-lint", "staticcheck"),
    "ide": (
        "code", "code-insiders", "code-server", "code-tunnel", "codium", "cursor", "emacs", "fleet",
        "goland", "goland64", "helix", "hx", "idea", "idea64", "nvim", "vim", "vscodium",
        "windsurf", "zed", "zed-editor",
    ),
    "shell": (
        "ash", "bash", "dash", "elvish", "fish", "ksh", "ksh93", "mksh", "nu", "pwsh", "sh", "tcsh",
        "xonsh", "zsh",
    ),
    "terminal": (
        "alacritty", "foot", "ghostty", "gnome-terminal-server", "gnome-terminal-", "kgx", "kitty",
        "konsole", "mate-terminal", "ptyxis", "qterminal", "st", "terminator", "tilix", "urxvt",
        "wezterm-gui", "xfce4-terminal", "xterm",
    ),
    "multiplexer": ("screen", "tmux", "tmux: client", "tmux: server", "zellij"),
    "sshd": ("dropbear", "sshd", "sshd-session", "sshd-auth"),
}  # fmt: skip
_ROLE_OF = {name: role for role, names in _NAMES.items() for name in names}

# Editors made of a runtime: told by a word of the command, or by where the runtime lies.
_EXTENSION_HOST = re.compile(r"--type=extensionHost\b|/bootstrap-fork\b.*", re.DOTALL)
_OF_VSCODE = re.compile(
    r"/(?:\.vscode(?:-\w+)?-server|\.?code-server|\.cursor-server|\.windsurf-server)(?:/|\Z)"
)
_OF_JETBRAINS = re.compile(
    r"-Didea\.(?:paths\.selector|home\.path|platform\.prefix)=|com\.intellij\.idea\.Main\Z"
)
_RUNTIMES = {"node": _OF_VSCODE, "java": _OF_JETBRAINS, "electron": _OF_VSCODE}


def role_of(process: Process) -> str:
    """Give what a process is, out of `ROLES`; its words are looked at and never told."""
    words = process.command if isinstance(process.command, tuple) else ()
    program = os.path.basename(process.exe) if isinstance(process.exe, str) else ""
    role = _ROLE_OF.get(program) or _ROLE_OF.get(process.name) or "other"
    if role in {"other", "ide"} and any(map(_EXTENSION_HOST.search, words)):
        is_editor = role == "ide" or program in _RUNTIMES
        return "extension-host" if is_editor else role
    mark = _RUNTIMES.get(program)
    if mark and any(mark.search(word) for word in (str(process.exe), *words)):
        return "ide"
    return role
