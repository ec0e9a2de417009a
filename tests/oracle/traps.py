"""Single questions that a naive model of start-up files answers wrongly."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.oracle.truth.shells import HOME, default_env

_LOGIN_INTERACTIVE = {"login": True, "interactive": True}
_LOGIN = {"login": True}
_INTERACTIVE = {"interactive": True}
_TERMINAL = {"via": "pty", "interactive": True}
_FISH = "~/.config/fish/config.fish"
_MAIN = {
    "bash": "~/.bash_profile",
    "sh": "~/.profile",
    "ksh": "~/.profile",
    "mksh": "~/.profile",
    "ash": "~/.profile",
    "zsh": "~/.zshrc",
    "fish": _FISH,
}
_PAM_NAMES = (*"ABCDEFGH", "FOO", "BAR", "PATH", "HOME", "LANG", "TERM")
_PAM = (
    "A=\"x y\"\nexport FOO=exported\nBAR=$HOME/x\nC=x # c\nD='q'\n"
    "PATH=/env/bin:/usr/bin:/bin\nE=a\\\nb\n# F=1\n G=lead\nH=\n"
)
_UNIVERSAL = (
    "# This file contains fish universal variable definitions.\n# VERSION: 3.0\n"
    "SETUVAR --export FOO:uni\nSETUVAR fish_user_paths:/usr/games\\x1e/opt/u\n"
)


def traps():
    """Give (question, shell, mode, files, environment)."""
    yield from _prompts()
    yield from _broken_files()
    yield from _words()
    yield from _named_by_variables()
    yield from _kinds_of_file()
    yield from _without_home()
    yield from _of_fish()
    yield from _of_zsh()
    yield from _leaving()
    yield from _aliases()
    yield from _through_pam()


def cases():
    """Give every trap as a case, numbered."""
    for number, (question, shell, mode, files, env) in enumerate(traps()):
        yield {
            "id": f"trap-{number:03d}",
            "question": question,
            "level": "traps",
            "shell": shell,
            "mode": {"via": "c", "login": False, "interactive": False} | mode,
            "env": default_env() if env is None else env,
            "uid": 1000,
            "files": {path.replace("~", HOME, 1): content for path, content in files.items()},
        } | ({"track": list(_PAM_NAMES)} if mode.get("via") == "su" else {})


def _prompts():
    hook = "function h --on-event fish_prompt; set -gx FOO prompted; end\n"
    for mode, way in ((_INTERACTIVE, "-ic"), (_TERMINAL, "pty")):
        command = {"~/.bashrc": "PROMPT_COMMAND='export FOO=prompted'\n"}
        yield f"PROMPT_COMMAND, {way}", "bash", mode, command, None
        yield (
            f"precmd, {way}",
            "zsh",
            mode,
            {"~/.zshrc": "precmd() { export FOO=prompted }\n"},
            None,
        )
        yield f"fish_prompt event, {way}", "fish", mode, {_FISH: hook}, None


def _broken_files():
    posix = "export FOO=before\n. ~/.nothere\nexport BAR=after\n"
    fish = "set -gx FOO before\n. ~/.nothere\nset -gx BAR after\n"
    for shell, path in _MAIN.items():
        files = {path: fish if shell == "fish" else posix}
        yield "source of a missing file, then an export", shell, _LOGIN_INTERACTIVE, files, None
    for shell in ("sh", "ksh"):
        yield "the same, not interactive", shell, _LOGIN, {"~/.profile": posix}, None
    posix = "export FOO=before\nif then fi (\nexport BAR=after\n"
    fish = "set -gx FOO before\nif test\nset -gx BAR after\n"
    for shell in ("bash", "sh", "ksh", "mksh", "zsh", "fish"):
        files = {_MAIN[shell]: fish if shell == "fish" else posix}
        yield "syntax error on line 2", shell, _LOGIN_INTERACTIVE, files, None
    for shell in ("bash", "sh", "zsh", "ksh"):
        text = "export FOO=x\r\nif [ -d / ]; then\r\nexport BAR=y\r\nfi\r\n"
        files = {_MAIN[shell]: text}
        yield "CRLF file with if ... fi", shell, _LOGIN_INTERACTIVE, files, None


def _words():
    for shell in ("bash", "sh", "zsh", "ksh"):
        for question, text in (
            (
                "FOO=x : (special builtin) then export FOO; echo a|read BAR",
                "FOO=x :\nexport FOO\necho a | read BAR\nexport BAR\n",
            ),
            (
                "X='a b'; export FOO=$X (splitting)",
                "X='a b'\nexport FOO=$X BAR=~/q:~/r\n",
            ),
            ('export PATH="~/bin:$PATH"', 'export PATH="~/bin:$PATH"\n'),
        ):
            yield question, shell, _LOGIN_INTERACTIVE, {_MAIN[shell]: text}, None


def _named_by_variables():
    be = {"~/.be": "export FOO=1\n"}
    both = {"~/.be": "alias go='echo a'\ngo2() { :; }\n"}
    full = default_env(BASH_ENV=f"{HOME}/.be")
    yield "alias and function go in BASH_ENV, script mode", "bash", {}, both, full
    for name, shell, mode, value in (
        ("BASH_ENV", "bash", {}, "~/.be"),
        ("BASH_ENV", "bash", {}, "$HOME/.be"),
        ("ENV", "sh", _INTERACTIVE, "$HOME/.be"),
        ("ENV", "sh", _INTERACTIVE, "~/.be"),
        ("BASH_ENV", "bash", {}, "$(echo $HOME/.be)"),
    ):
        yield f"{name}={value} literally", shell, mode, be, default_env(**{name: value})


def _kinds_of_file():
    bash, profile = "~/.bash_profile", {"~/.profile": "export BAR=p\n"}
    unreadable = {"text": "export FOO=bp\n", "mode": 0}
    for kind, path, content in (
        ("mode 000", bash, unreadable),
        ("empty file", bash, ""),
        ("a directory", f"{bash}/", {"dir": True}),
        ("a dangling link", bash, {"link": "nowhere"}),
    ):
        yield f"{bash} {kind}", "bash", _LOGIN, {path: content} | profile, None


def _without_home():
    env = default_env(PWD="/")
    del env["HOME"]
    text = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": _FISH}
    for shell, path in text.items():
        files = {path: "export FOO=1\n"}
        yield "HOME unset, interactive", shell, _INTERACTIVE, files, dict(env)
    yield "HOME unset, sh -l", "sh", _LOGIN, {"~/.profile": "export FOO=1\n"}, dict(env)


def _of_fish():
    folder = "~/.config/fish"
    for question, files in (
        ("fish_variables sets FOO (universal)", {f"{folder}/fish_variables": _UNIVERSAL}),
        (
            "user conf.d shadows /etc conf.d of the same name",
            {
                f"{folder}/conf.d/a.fish": "set -gx FOO user\n",
                "/etc/fish/conf.d/a.fish": "set -gx FOO sys\nset -gx BAR sys\n",
            },
        ),
        (
            "set -gx FOO (a missing command)",
            {_FISH: "set -gx FOO (nosuchcmd x)\nset -gx BAR after\n"},
        ),
        (
            "exit in conf.d",
            {f"{folder}/conf.d/a.fish": "set -gx FOO 1\nexit\n", _FISH: "set -gx BAR conf\n"},
        ),
        (
            "fish_add_path of a missing folder",
            {_FISH: "fish_add_path /opt/none\nmkdir -p /opt/yes; fish_add_path /opt/yes\n"},
        ),
        ("a global shadows a universal", {_FISH: "set -Ux FOO u\nset -gx FOO g\n"}),
    ):
        yield question, "fish", _INTERACTIVE, files, None


def _of_zsh():
    for question, text in (
        ("typeset -U path; PATH=a:$PATH:a", "typeset -U path\nPATH=/a:$PATH:/a\n"),
        ("typeset -U PATH; PATH=a:$PATH:a", "typeset -U PATH\nPATH=/a:$PATH:/a\n"),
        ("typeset -U PATH path; path=(a $path a)", "typeset -U PATH path\npath=(/a $path /a)\n"),
        (
            "does an unmatched glob end the file?",
            "export FOO=1\nfor f in ~/none/*.zsh; do :; done\nexport BAR=2\n",
        ),
    ):
        yield question, "zsh", {}, {"~/.zshenv": text}, None
    files = {"~/.zshenv": "export FOO=text\n", "~/.zshenv.zwc": {"text": _compiled()}}
    yield "a newer .zshenv.zwc beside .zshenv", "zsh", {}, files, None


def _compiled():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".zshenv").write_text("export FOO=compiled\n")
        subprocess.run(["zsh", "-fc", "zcompile .zshenv"], cwd=folder, check=True)
        return Path(folder, ".zshenv.zwc").read_bytes().decode("utf-8", "surrogateescape")


def _leaving():
    unset = "export BAR=1\nset -u\nexport FOO=$NOPE\nexport BAR=2\n"
    for question, mode, path, text in (
        ("set -u; export FOO=$NOPE", _INTERACTIVE, "~/.bashrc", unset),
        ("the same, login, not interactive", _LOGIN, "~/.bash_profile", unset),
        (
            "set -e; false in .bashrc",
            _INTERACTIVE,
            "~/.bashrc",
            "export BAR=1\nset -e\nfalse\nexport BAR=2\n",
        ),
        ("exit in .bashrc", _INTERACTIVE, "~/.bashrc", "export BAR=1\nexit 0\n"),
    ):
        yield question, "bash", mode, {path: text}, None
    files = {
        "~/.bashrc": 'export BAR=1\n[ -n "$PS1" ] && exec zsh\n',
        "~/.zshrc": "export FOO=zsh\n",
    }
    yield "exec zsh at the end of .bashrc (pty)", "bash", _TERMINAL, files, None
    text = '[ -z "$PS1" ] && return\nexport FOO=past\n'
    inherited = default_env(PS1="x")
    yield "inherited PS1, then a guard", "bash", _LOGIN, {"~/.bash_profile": text}, inherited
    yield "PS1 guard in .profile", "sh", _LOGIN, {"~/.profile": text}, None
    yield "PS1 guard in .zshenv", "zsh", {}, {"~/.zshenv": text}, None


def _aliases():
    text = "alias ll='export FOO=aliased'\nll\n"
    for question, shell, mode, path, body in (
        ("alias expanded in a later line", "bash", _INTERACTIVE, "~/.bashrc", text),
        (
            "alias and its use on one line",
            "bash",
            _INTERACTIVE,
            "~/.bashrc",
            "alias ll='export FOO=aliased'; ll\n",
        ),
        ("alias in a login file, not interactive", "bash", _LOGIN, "~/.bash_profile", text),
        ("alias in .profile of sh, not interactive", "sh", _LOGIN, "~/.profile", text),
    ):
        yield question, shell, mode, {path: body}, None


def _through_pam():
    files = {"/etc/environment": _PAM, "~/.profile": ""}
    for login in (False, True):
        mode = {"via": "su", "login": login}
        yield "/etc/environment through PAM", "bash", mode, files, default_env(uid=0)
