"""Values that BuildKit refuses once variables are put in: ports, signals, modes.

Sources: `convert_expose.go` and `convert_copy.go` in `dockerfile2llb`, and `moby/sys/signal`.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.refusal import Refused
from engine.gather.dockerfile.spaces import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGNALS = frozenset((
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT",
    "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM",
    "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    "RTMIN", "RTMAX", *(f"RTMIN+{n}" for n in range(1, 16)), *(f"RTMAX-{n}" for n in range(1, 15)),
))  # fmt: skip
_TRUE = frozenset(("1", "t", "T", "true", "TRUE", "True"))
_FALSE = frozenset(("0", "f", "F", "false", "FALSE", "False"))
_PORTS = re.compile(r"[-+]?[0-9]{1,18}")
_MOST = 65535
_OCTAL = re.compile(r"[0-7]{1,10}")
_SYMBOLIC = re.compile(
    r"[ugoa]*(?:[-+=](?:[rwxXst]+|[ugo]|))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]+|[ugo]|))+)*"
)


def check_signal(signal: str) -> None:
    """Raise `Refused` for what is no signal."""
    if re.fullmatch(r"[-+]?[0-9]{1,18}", signal, re.ASCII):
        if int(signal) == 0:
            raise Refused("0 is no signal")
    elif signal.upper().removeprefix("SIG") not in _SIGNALS:
        raise Refused("the signal is unknown")


def check_mode(mode: str | None) -> None:
    """Raise `Refused` for what is no mode of a file; None is one that is not known."""
    if not mode:
        return
    is_octal = _OCTAL.fullmatch(mode) and int(mode, 8) <= 0o7777  # noqa: PLR2004 - all there are
    if not is_octal and not _SYMBOLIC.fullmatch(mode):
        raise Refused("`--chmod` is no mode")


def warnings_refuse(options: str) -> bool:
    """Say whether the directive `check` makes BuildKit refuse what it would only warn of.

    Source: `ParseLintOptions` in BuildKit's `frontend/dockerfile/linter`.
    """
    refuse = False
    for option in options.strip(SPACES).split(";", 2) if options.strip(SPACES) else ():
        name, sign, value = option.partition("=")
        value = value.strip(SPACES)
        if not sign or name.strip(SPACES) not in {"skip", "experimental", "error"}:
            raise Refused("the directive `check` has an option that there is not")
        if name.strip(SPACES) == "error":
            if value not in _TRUE | _FALSE:
                raise Refused("`error` of the directive `check` is either true or false")
            refuse = value in _TRUE
    return refuse


def check_ports(ports: Iterable[str]) -> None:
    """Raise `Refused` for what EXPOSE does not take."""
    for port in ports:
        _check_port(port)


def _check_port(port: str) -> None:
    *before, last = port.split(":")
    host_port = before.pop() if before else ""
    address = ":".join(before)
    number, _, protocol = last.partition("/")
    if not number or protocol.lower() not in {"", "tcp", "udp", "sctp"}:
        raise Refused("a port or its protocol is malformed")
    if address:
        _check_address(address)
    first, last_one = _range(number)
    if host_port:
        host_first, host_last = _range(host_port)
        if last_one != first and last_one - first != host_last - host_first:
            raise Refused("two ranges of ports differ in length")


def _check_address(address: str) -> None:
    if address.startswith("["):
        if not address.endswith("]"):
            raise Refused("an address before a port is malformed")
        address = address[1:-1]
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise Refused("an address before a port is malformed") from None


def _range(text: str) -> tuple[int, int]:
    start, _, end = text.partition("-")
    numbers = [_number(start), _number(end) if end or "-" in text else _number(start)]
    if numbers[1] < numbers[0]:
        raise Refused("a range of ports runs backwards")
    return numbers[0], numbers[1]


def _number(text: str) -> int:
    if not _PORTS.fullmatch(text) or not 0 <= int(text) <= _MOST:
        raise Refused("a port is no number from 0 to 65535")
    return int(text)
