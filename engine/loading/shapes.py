"""Documents checked against their shapes; what is wrong is said in our words, at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from engine.errors import Complaint, LoadError, did_you_mean
from engine.loading import documents, graph_documents
from engine.loading.nodes import plain, shortened, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.loading.nodes import Node

D = TypeVar("D", bound=BaseModel)

_EXPECTED = {
    "string_type": "a text",
    "bool_type": "`true` or `false`",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
_SIGNS = "letters, digits, `.`, `-` and `_`, and starts with a letter or digit"
_PATTERNS = {
    documents.RULE_ID: f"it is made of {_SIGNS}",
    documents.PARAMETER_NAME: "a name is letters, digits, `_` and `-`, and starts with a letter",
    documents.DATE: "write the date as `2027-01-31`",
    documents.FINGERPRINT: "copy the fingerprint of a finding from the report (`sha256:...`)",
    graph_documents.PROCESS_NAME: f"it is made of {_SIGNS}; or it is `$SHELL`",
    graph_documents.VARIABLE: "the name of a variable is letters, digits and `_`",
    graph_documents.VARIABLES: "it is made of letters, digits, `_`, and `*` for any of them",
    graph_documents.COMMAND: "write the command's name alone",
    documents.POINTER: "write a JSON pointer, such as `/go/env`",
}


def shaped(model: type[D], node: Node) -> D:
    """Give a document in its shape, or every way in which it is not."""
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        found = error.errors(include_url=False)
        complaints = [_Mismatch(model, node, detail).complaint() for detail in found]
        raise LoadError(dict.fromkeys(complaints)) from None


class _Mismatch:
    """One thing that is not as its shape says: the library's detail, and our node at that place."""

    def __init__(self, model: type[BaseModel], node: Node, detail: Any) -> None:
        self.kind: str = detail["type"]
        self.context: dict[str, Any] = detail.get("ctx", {})
        location: tuple[str | int, ...] = detail["loc"]
        self.is_about_key = location[-1:] == ("[key]",)
        # A missing or unknown key is a matter of the mapping around it.
        ends_early = self.is_about_key or self.kind in {"missing", "extra_forbidden"}
        self.last = location[-1] if location else None
        self.model: type[BaseModel] | None = model
        self.node = node
        self.key: str | None = None
        self.key_place = node.place
        for part in location[:-1] if ends_early else location:
            if isinstance(part, int):
                self.node = self.node.items[part]
            else:
                self.key, self.key_place = part, self.node.place_of(part)
                self.node = self.node.entries[part]
                self.model = _model_of(self.model, part)

    def complaint(self) -> Complaint:
        """Say it for people."""
        if self.kind in _EXPECTED:
            return self._wrong_type(_EXPECTED[self.kind])
        explain = _EXPLANATIONS.get(self.kind)
        if explain is not None:
            return explain(self)
        return Complaint(f"`{self.key}` cannot be {self._shown()}", self.node.place)

    def _shown(self) -> str:
        return shown(plain(self.node)).removeprefix("the text ")

    def _wrong_type(self, expected: str) -> Complaint:
        value = self.node.value
        what = f"`{self.key}`" if self.key else "the file"
        what = f"an item of {what}" if isinstance(self.last, int) else what
        advice = None
        if expected == "a list" and not isinstance(value, dict):
            advice = f"write `[{_written(value)}]`"
        elif expected == "a text" and value is None:
            advice = "write one, or leave the key out"
        elif expected == "a text" and isinstance(value, float):
            advice = "put it in quotes, just as you wrote it"  # 1.20 was read as 1.2
        elif expected == "a text" and not isinstance(value, (dict, list)):
            advice = f'quote it: `"{_written(value)}"`'
        elif expected == "a mapping" and self.key is None:
            advice = "write `key: value` lines"
        elif expected == "`true` or `false`" and isinstance(value, str):
            advice = _switch(value)
        return Complaint(
            f"{what} expects {expected}, got {shown(plain(self.node))}", self.node.place, advice
        )

    def missing(self) -> Complaint:
        """Name a key that has to be there."""
        return Complaint(f"`{self.last}` is missing", self.node.place)

    def unknown_key(self) -> Complaint:
        """Name a key that nobody knows, and the one that may have been meant."""
        key = str(self.last)
        close = did_you_mean(key, _names(self.model) - self.node.entries.keys())
        return Complaint(f"unknown key `{shortened(key)}`", self.node.place_of(key), close)

    def unknown_choice(self) -> Complaint:
        """Name a value that is none of those to choose from."""
        choices = re.findall("'([^']*)'", self.context["expected"])
        value = self.node.value
        close = did_you_mean(value, choices) if isinstance(value, str) else None
        what = f"`{self.key}` cannot be {self._shown()}"
        listed = ", ".join(f"`{choice}`" for choice in choices)
        return Complaint(what, self.node.place, close or f"choose one of {listed}")

    def wrong_pattern(self) -> Complaint:
        """Say how a name, a date or the like is written."""
        advice = _PATTERNS[self.context["pattern"]]
        if self.is_about_key:
            return Complaint(
                f"`{shortened(str(self.key))}` cannot be a key here", self.key_place, advice
            )
        return Complaint(f"`{self.key}` cannot be {self._shown()}", self.node.place, advice)

    def empty(self) -> Complaint:
        """Name something that has to hold at least one thing."""
        return Complaint(f"`{self.key}` is empty", self.node.place)


_EXPLANATIONS: dict[str, Callable[[_Mismatch], Complaint]] = {
    "missing": _Mismatch.missing,
    "extra_forbidden": _Mismatch.unknown_key,
    "literal_error": _Mismatch.unknown_choice,
    "string_pattern_mismatch": _Mismatch.wrong_pattern,
    "string_too_short": _Mismatch.empty,
    "too_short": _Mismatch.empty,
}


def _model_of(model: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    """Find the model below a key; a mapping of models keeps the one that its values have."""
    if model is None:
        return None
    for name, field in model.model_fields.items():
        if key in (field.alias, name):
            return _first_model(field.annotation)
    return model


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_first_model(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _names(model: type[BaseModel] | None) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()} if model else set()


def _written(value: Any) -> str:
    """Give a scalar as it would stand in the file."""
    return shown(value).partition("`")[2].removesuffix("`")


def _switch(text: str) -> str | None:
    if text.lower() in {"yes", "on", "y"}:
        return "write `true`"
    return "write `false`" if text.lower() in {"no", "off", "n"} else None
