"""Projects to ask compose about: files by path, and the variables of the shell that runs it.

`compose.yaml` alone is given as a text. `home` is the directory that compose runs in.
"""

from __future__ import annotations

from typing import NamedTuple

HOME = "/home/dana/shop"


class Case(NamedTuple):
    files: dict[str, str]
    client: dict[str, str]
    directory: str = HOME


def case(files, client=None, directory=""):
    files = {"compose.yaml": files} if isinstance(files, str) else files
    return Case(files, client or {}, f"{HOME}/{directory}" if directory else HOME)


def web(body, **client):
    """A project of one service that has an image, and what else is given."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return case(f"services:\n  web:\n    image: golang\n{lines}", client)


def value(written, **client):
    return web(f"environment:\n  K: {written}", **client)
