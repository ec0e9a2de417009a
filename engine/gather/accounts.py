"""The accounts of a machine, as /etc/passwd and /etc/group have them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import Account, HostError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.host import Host

PASSWD, GROUP = "/etc/passwd", "/etc/group"
_ORDINARY = range(1000, 60_000)


def accounts_in(passwd: bytes, group: bytes = b"") -> dict[str, Account]:
    """Give the accounts in the text of a passwd and a group file; lines that are none are skipped.

    Of two lines with one name the first counts, as it does for the system.
    """
    members: dict[str, set[int]] = {}
    for name, _, number, names in _rows(group, 4):
        if name and number.isdecimal():
            for member in names.split(","):
                members.setdefault(member, set()).add(int(number))
    found: dict[str, Account] = {}
    for name, _, uid, gid, _, home, shell in _rows(passwd, 7):
        if name and uid.isdecimal() and gid.isdecimal():
            groups = frozenset({int(gid), *members.get(name, ())})
            # An empty shell means /bin/sh.
            account = Account(name, int(uid), int(gid), groups, home, shell or "/bin/sh")
            found.setdefault(name, account)
    return found


def accounts_of(host: Host) -> dict[str, Account]:
    """Give the accounts in the files of a machine; may raise `HostError`."""
    passwd = host.read(PASSWD)
    try:
        group = host.read(GROUP)
    except HostError:
        group = b""
    return accounts_in(passwd, group)


def likeliest(accounts: Mapping[str, Account]) -> list[Account]:
    """Give the accounts that a person may work with: the ordinary ones, or else root."""
    ordinary = [
        account
        for account in accounts.values()
        if account.uid in _ORDINARY and os.path.basename(account.shell or "") not in _NO_SHELLS
    ]
    return ordinary or [account for account in accounts.values() if account.uid == 0][:1]


_NO_SHELLS = frozenset(("nologin", "false", "true", "sync"))


def _rows(content: bytes, count: int) -> list[list[str]]:
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    rows = [line.split(":") for line in lines if not line.lstrip().startswith("#")]
    return [row for row in rows if len(row) == count]
