"""An environment in a file: JSON, NAME=VALUE lines, or what `env -0` prints."""

from __future__ import annotations

import json

from engine.cli.documents import read_document
from engine.errors import Complaint, UsageError
from engine.model.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json

_NUL_ADVICE = "`env -0` writes values of several lines so that they can be read"


def environment_in(path: str) -> dict[str, str]:
    """Give the environment that a file holds, or refuse the file."""
    try:
        text = read_document(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(path, f"not UTF-8 at byte {error.start}") from None
    if text.lstrip().startswith("{"):
        return _from_json(path, text)
    pairs: list[tuple[int | None, str]]
    if "\0" in text:
        pairs = [(None, pair) for pair in text.split("\0") if pair]
    else:
        lines = enumerate(text.split("\n"), start=1)
        pairs = [(number, line) for number, line in lines if line.strip()]
    found: dict[str, str] = {}
    for line, pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise _refusal(path, f"`{pair[:40]}` is not NAME=VALUE", _NUL_ADVICE, line)
        found[name] = value
    return found


def _from_json(path: str, text: str) -> dict[str, str]:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        raise _refusal(path, "not JSON") from None
    for name, each in value.items():
        if not isinstance(each, str):
            raise _refusal(path, f"the value of `{name}` is no text", "quote it")
        if not name or "=" in name or "\0" in name + each:
            raise _refusal(path, f"`{name}` cannot be a variable")
    return dict(value)


def _refusal(
    path: str, what: str, advice: str | None = None, line: int | None = None
) -> UsageError:
    return UsageError(Complaint(what, Place(path, line), advice))
