"""A machine made of a dict, for collectors to ask."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from engine.gather.host import FILE_LIMIT, Account, Answer, HostError, Status, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Node:
    """Anything that a path may name: what kind, whose, and with which mode."""

    def __init__(self, kind="file", content=b"", mode=0o755, uid=0, to=""):
        self.kind, self.content, self.mode, self.uid, self.to = kind, content, mode, uid, to

    def __repr__(self):
        """Say the same in every process, since it names a test."""
        return f"{self.kind} {self.mode:04o}"


def link(to):
    return Node("link", to=to, mode=0o777)


def folder(mode=0o755, uid=0):
    return Node("directory", mode=mode, uid=uid)


class FakeHost:
    """The machine that a test describes: files by path, an environment, programs by path."""

    is_live = True
    is_stopped = False

    def __init__(
        self,
        files: Mapping[str, bytes | str | Node] | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        programs: Mapping[str, Callable[[tuple[str, ...], Mapping[str, str]], Answer]]
        | None = None,
        platform: str = "linux/amd64",
        uid: int = 1000,
    ) -> None:
        self.platform = platform
        self.environment = dict(environment or {})
        self.uid = uid
        self.runs: list[tuple[str, ...]] = []
        self._programs = dict(programs or {})
        self._accounts = {0: "root", 1000: "dana", 1001: "eve"}
        self._nodes: dict[str, Node] = {"/": folder()}
        for path, node in (files or {}).items():
            self._put(path, node)

    def user(self) -> User:
        name = self.user_name(self.uid)
        if name is None:
            raise HostError("missing", f"uid {self.uid} has no passwd entry")
        return User(name, self.uid, f"/home/{name}", "/bin/bash")

    def user_name(self, uid: int) -> str | None:
        return self._accounts.get(uid)

    def account(self, name: str | None) -> Account:
        uids = {known: uid for uid, known in self._accounts.items()}
        wanted = name or self.user_name(self.uid)
        if wanted not in uids:
            raise HostError("missing", f"no user `{wanted}`")
        uid = uids[wanted]
        return Account(wanted, uid, uid, frozenset((uid,)), f"/home/{wanted}", "/bin/bash")

    def status(self, path: str, *, follow: bool = True) -> Status:
        found = self._walk(path, follow=follow)
        node = self._nodes[found]
        number = sorted(self._nodes).index(found)
        return Status(node.kind, node.mode, node.uid, node.uid, len(node.content), (1, number))

    def resolve(self, path: str) -> str:
        return self._walk(path, follow=True)

    def link_target(self, path: str) -> str:
        return self._nodes[self._walk(path, follow=False)].to

    def names_in(self, path: str) -> tuple[str, ...]:
        found = self._walk(path, follow=True)
        if self._nodes[found].kind != "directory":
            raise HostError("missing", f"{path}: not a directory")
        return tuple(
            sorted(os.path.basename(p) for p in self._nodes if os.path.dirname(p) == found != p)
        )

    def can_execute(self, path: str) -> bool:
        return bool(self._nodes[self._walk(path, follow=True)].mode & 0o111)

    def access(self, path: str) -> tuple[bool, bool, bool]:
        node = self._nodes[self._walk(path, follow=True)]
        shift = 6 if node.uid == self.uid else 0
        bits = node.mode >> shift & 0o7
        return bool(bits & 4), bool(bits & 2), bool(bits & 1)

    def read(self, path: str, *, limit: int = FILE_LIMIT, within: str | None = None) -> bytes:
        if within is not None:
            self._refuse_links(path, within)
        node = self._nodes[self._walk(path, follow=True)]
        if node.kind != "file":
            raise HostError("unsupported", f"{path} is a {node.kind}, not a file")
        if not node.mode & 0o444:
            raise HostError("permission", f"{path}: permission denied")
        if len(node.content) > limit:
            raise HostError("too_large", f"{path} is longer than {limit} bytes")
        return node.content

    @contextlib.contextmanager
    def window(self, path: str) -> Iterator[Window]:
        yield Window(self.read(path, limit=1 << 40))

    @contextlib.contextmanager
    def scratch(self, files: Mapping[str, bytes]) -> Iterator[str]:  # noqa: ARG002 - as the real one
        yield "/scratch"

    def run(self, argv, *, environment, directory, timeout, limit) -> Answer:  # noqa: ARG002
        self.runs.append(argv)
        if argv[0] not in self._programs:
            raise HostError("unsupported", f"{argv[0]}: exec format error")
        answer = self._programs[argv[0]](argv, environment)
        if len(answer.output) > limit:
            raise HostError("too_large", f"{argv[0]} wrote more than {limit} bytes")
        return answer

    def _put(self, path: str, node: bytes | str | Node) -> None:
        if isinstance(node, str):
            node = node.encode()
        self._nodes[path] = Node(content=node, mode=0o644) if isinstance(node, bytes) else node
        while (path := os.path.dirname(path)) not in self._nodes:
            self._nodes[path] = folder()

    def _walk(self, path: str, *, follow: bool) -> str:
        """Give the path without links, as the kernel finds it."""
        todo, found, links = path.split("/")[1:], "/", 0
        while todo:
            name = todo.pop(0)
            if name in {"", "."}:
                continue
            if name == "..":
                found = os.path.dirname(found)
                continue
            if self._nodes[found].kind != "directory":
                raise HostError("missing", f"{path}: not a directory")
            if not self._nodes[found].mode & 0o111:
                raise HostError("permission", f"{path}: permission denied")
            step = os.path.join(found, name)
            node = self._nodes.get(step)
            if node is None:
                raise HostError("missing", f"{path}: no such file or directory")
            if node.kind == "link" and (todo or follow):
                links += 1
                if links > 40:
                    raise HostError("unsupported", f"{path}: too many levels of symbolic links")
                todo = node.to.split("/") + todo
                found = "/" if node.to.startswith("/") else found
                continue
            found = step
        return found

    def _refuse_links(self, path: str, within: str) -> None:
        if os.path.relpath(path, within).startswith(".."):
            raise HostError("not_collected", f"{path} lies outside {within}")
        way = within
        for part in os.path.relpath(path, within).split("/"):
            way = os.path.join(way, part)
            if self.status(way, follow=False).kind == "link":
                raise HostError("not_collected", f"the way to {path} is a link")

    def stop(self) -> None:
        self.is_stopped = True


class Window:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]
