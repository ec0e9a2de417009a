"""Facts documents in: files and standard input, each read whole or refused."""

from __future__ import annotations

import os
import stat
import sys

from engine.errors import Complaint, FactsError
from engine.loading.facts import MAX_BYTES, read_facts
from engine.model.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.facts import Facts


def read_documents(paths: Sequence[str], *, validate: bool = False) -> list[Facts]:
    """Give the facts of every document; if one cannot be used, none is judged."""
    found = []
    complaints: list[Complaint] = []
    for path in paths:
        try:
            content = read_document(path)
            if validate:
                from engine.compile.lint_facts import require_conforming  # noqa: PLC0415

                require_conforming(content, document_name(path))
            found.append(read_facts(content, document_name(path)))
        except FactsError as error:
            complaints += error.complaints
    if complaints:
        raise FactsError(complaints)
    return found


def read_document(path: str) -> bytes:
    """Give a document's bytes; one byte more than is allowed tells that there are too many."""
    try:
        if path == "-":
            if sys.stdin is None:
                raise _refusal(path, "closed")
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        # Without O_NONBLOCK, opening a named pipe would wait for a writer that may never come.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISFIFO(kind):
            os.set_blocking(descriptor, True)
        if stat.S_ISDIR(kind):
            os.close(descriptor)
            raise _refusal(path, "a folder, not a facts document")
        with open(descriptor, "rb") as file:
            return file.read(MAX_BYTES + 1) or b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not one"
        raise _refusal(path, f"cannot be read: {reason.lower()}") from None


def _refusal(path: str, what: str) -> FactsError:
    return FactsError(Complaint(what, Place(document_name(path))))


def document_name(path: str) -> str:
    """Give what messages call a document."""
    return "standard input" if path == "-" else path
