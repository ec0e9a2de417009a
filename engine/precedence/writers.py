"""Programs that change files: which of their arguments, or which files of their own."""

from __future__ import annotations

import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text

_WRITE = frozenset((
    "mkdir", "touch", "ln", "cp", "mv", "rm", "rmdir", "unlink", "install", "tee", "mkfifo",
    "chmod", "curl", "wget", "tar", "unzip", "dd", "patch", "rsync", "truncate", "gzip", "gunzip",
    "gpg", "ssh-keygen",
))  # fmt: skip
_IN_PLACE = frozenset(("sed", "perl", "gsed"))
"""They change the files that they are given if an option with an `i` says so."""
_RUN_OTHERS = frozenset(("env", "nice", "nohup", "busybox"))
_OF_MODULES = frozenset(("mod", "work", "get"))


def changed_by(name: str, arguments: list[Text], state: State) -> list[Text]:
    """Give the paths that a program may make, change or remove."""
    base = posixpath.basename(name)
    if base in _RUN_OTHERS:
        following = next((at for at, each in enumerate(arguments) if _is_name(each)), None)
        if following is None:
            return []
        return changed_by(str(arguments[following]), arguments[following + 1 :], state)
    if base == "go":
        return _changed_by_go(arguments, state)
    if base == "git":
        return arguments if "clone" in arguments else []
    if base in _WRITE or (base in _IN_PLACE and any(map(_is_in_place, arguments))):
        return [_named(each) for each in arguments]
    return []


def _is_name(argument: Text) -> bool:
    return isinstance(argument, str) and not argument.startswith("-") and "=" not in argument


def _is_in_place(argument: Text) -> bool:
    if not isinstance(argument, str):
        return False
    is_short = argument.startswith("-") and not argument.startswith("--")
    return (is_short and "i" in argument) or argument.startswith("--in-place")


def _named(argument: Text) -> Text:
    """Give the file of an argument, as `dd` writes it with `of=` ahead."""
    return argument.removeprefix("of=") if isinstance(argument, str) else argument


def _changed_by_go(arguments: list[Text], state: State) -> list[Text]:
    """Give the files of settings that `go env -w` writes, or those of a module."""
    words = [each for each in arguments if isinstance(each, str)]
    if not words:
        return []
    if words[0] in _OF_MODULES:
        return ["go.mod", "go.work"]
    is_settings = words[0] == "env" and {"-w", "-u", "--w", "--u"} & set(words)
    if not is_settings and words[0] != "telemetry":
        return []
    # Whichever of them counts: the others are not looked at.
    names = ("GOENV", "XDG_CONFIG_HOME", "HOME")
    own, config, home = (state.variable(name).scalar() for name in names)
    found: list[Text] = [own or ""]
    if isinstance(config, str):
        found.append(posixpath.join(config, "go"))
    if isinstance(home, str):
        found.append(posixpath.join(home, ".config/go"))
    return [each for each in found if each]
