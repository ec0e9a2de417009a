"""What BuildKit checks of each instruction before it looks at any value.

Source: `parse.go` and `bflag.go` in BuildKit's `frontend/dockerfile/instructions`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.lines import heredoc_in
from engine.gather.dockerfile.mounts import check_devices, check_mounts
from engine.gather.dockerfile.refusal import Refused, at_line
from engine.gather.dockerfile.spaces import SPACES
from engine.gather.dockerfile.words import BLANKS, pairs_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.dockerfile.lines import Instruction

_TEXT, _TEXTS, _SWITCH = "text", "texts", "switch"
_FLAGS: dict[str, dict[str, str]] = {
    "add": {"chown": _TEXT, "chmod": _TEXT, "link": _SWITCH, "keep-git-dir": _SWITCH,
            "checksum": _TEXT, "unpack": _SWITCH, "exclude": _TEXTS},
    "copy": {"chown": _TEXT, "from": _TEXT, "chmod": _TEXT, "link": _SWITCH, "exclude": _TEXTS,
             "parents": _SWITCH},
    "from": {"platform": _TEXT},
    "healthcheck": dict.fromkeys(
        ("interval", "timeout", "start-period", "start-interval", "retries"), _TEXT
    ),
    "run": {"mount": _TEXTS, "network": _TEXT, "security": _TEXT, "device": _TEXTS},
}  # fmt: skip
_WITHOUT_FLAGS = frozenset(("arg", "stopsignal"))
"""Instructions whose flags BuildKit does not look at."""

_STAGE_NAME = re.compile(r"[a-z][a-z0-9-_.]*")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_DURATION = re.compile(rf"[-+]?(?:0|(?:{_DURATION_PART.pattern})+)")
_LEAST_SECONDS = 1e-3


def check(one: Instruction) -> None:
    """Raise `Refused` where BuildKit refuses an instruction as it stands."""
    checker = _CHECKERS.get(one.command)
    if checker is None:
        raise Refused("it begins with no instruction that the builder knows", one.line)
    with at_line(one.line):
        checker(one)


def arguments(one: Instruction) -> list[str]:
    """Give the words of an instruction that takes a list of them, in either form."""
    if one.array is not None:
        return list(one.array)
    return BLANKS.split(one.rest) if one.rest else []


def flags_of(one: Instruction) -> dict[str, list[str]]:
    """Give the flags with their values; `Refused` for one that is unknown, twice or malformed."""
    found: dict[str, list[str]] = {}
    allowed = _FLAGS.get(one.command, {})
    for flag in one.flags:
        name, sign, value = flag.removeprefix("--").partition("=")
        kind = allowed.get(name)
        if kind is None:
            raise Refused(f"`--{name}` is no flag of {one.command.upper()}")
        if name in found and kind != _TEXTS:
            raise Refused(f"the flag `--{name}` stands twice")
        if kind == _SWITCH:
            if (sign and not value) or value.lower() not in {"", "true", "false"}:
                raise Refused(f"the flag `--{name}` is either true or false")
        elif not sign:
            raise Refused(f"the flag `--{name}` needs a value")
        found.setdefault(name, []).append(value)
    return found


def stage_name(one: Instruction) -> str:
    """Give the name that FROM gives to its stage, in small letters; empty if it gives none."""
    words = arguments(one)
    if len(words) == 3 and words[1].lower() == "as":  # noqa: PLR2004 - FROM image AS name
        name = words[2].lower()
        if not _STAGE_NAME.fullmatch(name):
            raise Refused("the name of the stage is malformed")
        return name
    if len(words) != 1:
        raise Refused("FROM requires either one or three arguments")
    return ""


def _one_argument(one: Instruction) -> None:
    if not one.rest:
        raise Refused(f"{one.command.upper()} requires exactly one argument")
    if one.command not in _WITHOUT_FLAGS:
        flags_of(one)


def _from(one: Instruction) -> None:
    stage_name(one)
    flags_of(one)


def _pairs(one: Instruction) -> None:
    flags_of(one)
    pairs = pairs_of(one.rest, one.escape, one.command.upper())
    if not pairs:
        raise Refused(f"{one.command.upper()} requires at least one argument")
    if not all(name for name, _ in pairs):
        raise Refused(f"{one.command.upper()} names can not be blank")


def _arg(one: Instruction) -> None:
    words = words_of(one.rest, one.escape)
    if not words:
        raise Refused("ARG requires at least one argument")
    if any(word.startswith("=") for word in words):
        raise Refused("ARG names can not be blank")


def _transfer(one: Instruction) -> None:
    words = arguments(one)
    if len(words) < 2:  # noqa: PLR2004 - a source and a destination
        raise Refused(f"{one.command.upper()} requires at least two arguments")
    flags_of(one)
    if heredoc_in(words[-1]) is not None:
        raise Refused(f"{one.command.upper()} cannot accept a heredoc as a destination")


def _run(one: Instruction) -> None:
    flags = flags_of(one)
    if flags.get("network", ["default"])[0] not in {"default", "none", "host"}:
        raise Refused("the network mode is unknown")
    if flags.get("security", ["sandbox"])[0] not in {"sandbox", "insecure"}:
        raise Refused("the security mode is unknown")
    check_mounts(flags.get("mount", []), None)
    check_devices(flags.get("device", []))


def _shell(one: Instruction) -> None:
    flags_of(one)
    if not one.rest or one.array == ():
        raise Refused("SHELL requires at least one argument")
    if one.array is None:
        raise Refused("SHELL requires its arguments to be an array in JSON")


def _some(one: Instruction) -> None:
    words = arguments(one)
    if not words:
        raise Refused(f"{one.command.upper()} requires at least one argument")
    flags_of(one)
    if one.command == "volume" and not all(word.strip(SPACES) for word in words):
        raise Refused("VOLUME can not be an empty text")


def _command(one: Instruction) -> None:
    flags_of(one)


def _onbuild(one: Instruction) -> None:
    if one.trigger is None:
        raise Refused("ONBUILD requires at least one argument")
    flags_of(one)
    if one.trigger.command in {"maintainer", "from"}:
        raise Refused(f"{one.trigger.command.upper()} may not be put behind ONBUILD")


def _healthcheck(one: Instruction) -> None:
    if not one.rest:
        raise Refused("HEALTHCHECK requires at least one argument")
    kind, *rest = one.rest.split(None, 1)
    if kind.upper() == "NONE":
        # An empty array is no argument either.
        if rest and one.array != ():
            raise Refused("HEALTHCHECK NONE takes no arguments")
        return
    flags = flags_of(one)
    if kind.upper() != "CMD":
        raise Refused("HEALTHCHECK is either NONE or CMD")
    if not rest or one.array == ():
        raise Refused("a command is missing behind HEALTHCHECK CMD")
    for name, values in flags.items():
        if name != "retries":
            _check_duration(name, values[0])
    retries = flags.get("retries", [""])[0]
    if retries and not (re.fullmatch(r"\+?[0-9]+|-0+", retries) and int(retries[:20]) < 1 << 31):
        raise Refused("`--retries` is no number that the builder takes")


def _check_duration(name: str, text: str) -> None:
    if text and not _DURATION.fullmatch(text):
        raise Refused(f"`--{name}` is no duration")
    seconds = sum(float(part[1]) * _SECONDS[part[2]] for part in _DURATION_PART.finditer(text))
    if seconds and (seconds < _LEAST_SECONDS or text.startswith("-")):
        raise Refused(f"`--{name}` cannot be less than a millisecond")


_CHECKERS: dict[str, Callable[[Instruction], None]] = {
    "add": _transfer,
    "arg": _arg,
    "cmd": _command,
    "copy": _transfer,
    "entrypoint": _command,
    "env": _pairs,
    "expose": _some,
    "from": _from,
    "healthcheck": _healthcheck,
    "label": _pairs,
    "maintainer": _one_argument,
    "onbuild": _onbuild,
    "run": _run,
    "shell": _shell,
    "stopsignal": _one_argument,
    "user": _one_argument,
    "volume": _some,
    "workdir": _one_argument,
}
