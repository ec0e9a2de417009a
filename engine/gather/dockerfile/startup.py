"""Signs of shells' start-up files in a Dockerfile: login shells, and files that it puts there.

These are looked for in the text of commands, which is not followed: what is found is there, what is
not found may still happen in a script.
"""

from __future__ import annotations

import posixpath
import re

_SHELLS = "bash|zsh|dash|ksh|mksh|ash|fish|sh"
_SHELL = re.compile(rf"(?:\S*/)?(?:{_SHELLS})")
_LOGIN = re.compile(
    rf"(?<![\w./-])(?:/\S{{0,200}}/)?(?:{_SHELLS})(?:[ \t]+-(?!-login)[\w-]*)*?"
    r"[ \t]+(?:-[a-zA-Z]*l[a-zA-Z]*|--login)(?![\w-])"
)
_OWN = (
    r"\.bashrc|\.bash_profile|\.bash_login|\.profile|\.zshrc|\.zshenv|\.zprofile|\.zlogin|\.kshrc"
    r"|\.mkshrc|\.config/fish/config\.fish|\.config/fish/conf\.d/[\w.-]+\.fish|\.pam_environment"
)
_FILE = (
    r"/etc/(?:profile|environment|bashrc|bash\.bashrc|zshenv|zshrc|zprofile|zlogin|csh\.login"
    r"|profile\.d/[\w.${}-]+|zsh/z\w+|fish/config\.fish|fish/conf\.d/[\w.-]+\.fish)"
    rf"|(?:~\w*|\$HOME|\$\{{HOME\}}|/root|/home/[\w.${{}}-]+)/(?:{_OWN})"
)
_WRITTEN = re.compile(rf"(?:>>?\|?|\btee(?:[ \t]+-\w+)*)[ \t]*[\"']?({_FILE})(?![\w/.-])")
_IS_FILE = re.compile(_FILE)


def runs_login_shell(text: str) -> bool:
    """Say whether a command's text starts a shell as a login shell: `bash -lc make`."""
    return _LOGIN.search(text) is not None


def is_login_shell(words: tuple[str, ...]) -> bool:
    """Say whether the words of a command start a shell as a login shell."""
    if not words or not _SHELL.fullmatch(words[0]):
        return False
    for word in words[1:]:
        if not word.startswith("-"):
            return False
        if word == "--login" or (not word.startswith("--") and "l" in word):
            return True
    return False


def written_in(text: str) -> list[str]:
    """Give the start-up files that a command's text writes to by `>`, `>>` or `tee`."""
    return list(dict.fromkeys(match[1] for match in _WRITTEN.finditer(text)))


def copied_to(sources: list[str], destination: str) -> list[str]:
    """Give the start-up files that a COPY or ADD puts there, as far as its words tell."""
    names = [posixpath.join(destination, posixpath.basename(source)) for source in sources]
    found = [destination, *names]
    return [path for path in dict.fromkeys(found) if _IS_FILE.fullmatch(path)]
