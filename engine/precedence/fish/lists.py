"""Variables as fish sees them: lists, which some names keep joined by colons."""

from __future__ import annotations

from engine.precedence.values import Hole, Mixed, concat, hole_in, split_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from typing import TypeAlias

    from engine.precedence.state import Value, Variable
    from engine.precedence.values import Text

    Items: TypeAlias = "tuple[list[Text], Hole | None]"
    """Elements, and why their number is not known."""


class NotKnown(Exception):  # noqa: N818 - it says what is the matter
    """What a command does hangs on something that is not known."""

    def __init__(self, hole: Hole) -> None:
        """Take why."""
        super().__init__(hole.detail)
        self.hole = hole


def is_path(name: str, kinds: frozenset[str]) -> bool:
    """Say whether a variable's elements are joined by colons."""
    if "unpath" in kinds:
        return False
    return "path" in kinds or name.endswith("PATH")


def items_of(name: str, variable: Variable) -> Items:
    """Give the elements of a variable."""
    value = variable.value
    if value is None:
        return [], None
    if isinstance(value, tuple):
        return list(value), None
    if not isinstance(value, (str, Mixed)):
        return [], Hole("unsupported", f"`{name}` is no list")
    if is_path(name, variable.kinds):
        return ([], None) if value == "" else (list(split_text(value, ":")), _path_doubt(value))
    if isinstance(value, Mixed) and len(value.atoms) == 1 and isinstance(value.atoms[0], Hole):
        return [value], value.atoms[0]
    return [value], None


def _path_doubt(value: Text) -> Hole | None:
    return hole_in(value)


def value_of(name: str, kinds: frozenset[str], items: list[Text], doubt: Hole | None) -> Value:
    """Give elements the way a variable keeps them."""
    if is_path(name, kinds):
        if name in {"PATH", "CDPATH"}:
            items = ["." if item == "" else item for item in items]
        return join_items(items, ":")
    if doubt is not None:
        return Mixed((doubt,))
    return items[0] if len(items) == 1 else tuple(items)


def join_items(items: Iterable[Text], separator: str) -> Text:
    """Give elements as one text."""
    parts: list[Text] = []
    for number, item in enumerate(items):
        parts += [separator, item] if number else [item]
    return concat(parts)


def shown(name: str, variable: Variable) -> Text:
    """Give a variable as a child sees it, or as it is shown."""
    items, _ = items_of(name, variable)
    return join_items(items, ":" if is_path(name, variable.kinds) else " ")


def sure(items: Items) -> list[Text]:
    """Give elements whose number is known, or raise why not."""
    if items[1] is not None:
        raise NotKnown(items[1])
    return items[0]


def known(text: Text) -> str:
    """Give a text without holes and secrets, or raise why it has some."""
    if isinstance(text, Mixed):
        raise NotKnown(hole_in(text) or Hole("redacted", "it holds a secret"))
    return text


def known_all(texts: Iterable[Text]) -> list[str]:
    """Give texts that are all known, or raise why one is not."""
    return [known(text) for text in texts]


def lines_of(text: Text, single: Container[Hole] = ()) -> Items:
    """Give what a command printed as the lines that it becomes; `single` are no more than one."""
    if text == "":
        return [], None
    lines = split_text(text, "\n")
    if lines and lines[-1] == "":
        lines.pop()
    atoms = text.atoms if isinstance(text, Mixed) else ()
    return lines, next((a for a in atoms if isinstance(a, Hole) and a not in single), None)
