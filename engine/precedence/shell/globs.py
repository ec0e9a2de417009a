"""File names that match a pattern, as far as the facts know the directories on the way."""

from __future__ import annotations

import re

from engine.model.facts import Absent
from engine.precedence.outcomes import Doubt, NoMatch
from engine.precedence.shell.pieces import Piece, joined
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import Hole, Mixed, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

MAX_NAMES = 2_000


class _Unknown(Exception):  # noqa: N818 - it says what is the matter
    """A directory on the way is not known."""

    def __init__(self, hole: Hole) -> None:
        super().__init__(hole)
        self.hole = hole


def expand_glob(  # noqa: C901 - one branch for each option
    words: Any, field: list[Piece], state: State, line: int
) -> tuple[list[Text], Hole | None]:
    """Give the names that a field matches; what matches nothing stays as it is, or is an error."""
    place = words.place(line)
    text = joined(field)
    if isinstance(text, Mixed):
        if words.dialect.name == "zsh" and state.options.get("nomatch", True) is not False:
            words.may_leave = "stop"
        return [text], why_not(text)
    qualifiers = ""
    if words.dialect.name == "zsh":
        field, qualifiers = _qualifiers(field)
    try:
        found = _walk(words, field, qualifiers, state)
    except _Unknown as error:
        hole = Hole(error.hole.cause, f"the names that match `{text}` are not known", place)
        return [text], hole
    except Unsupported as error:
        return [text], Hole("unsupported", error.detail, place)
    if found:
        return list(found), None
    if state.options.get("cshnullglob", False) is not False:
        raise Doubt(Hole("unsupported", "`cshnullglob`", place))
    if "N" in qualifiers or state.options.get("nullglob") is True:
        return [], None
    if isinstance(state.options.get("nullglob"), Hole):
        return [text], Hole("opaque", "whether nullglob is on is not known", place)
    if words.dialect.name == "zsh" and state.options.get("nomatch", True) is not False:
        raise NoMatch
    return [text], None


def _qualifiers(field: list[Piece]) -> tuple[list[Piece], str]:
    """Give a zsh pattern without the qualifiers at its end, and those: `*(N-/)`."""
    last = field[-1]
    if last.quoted or not isinstance(last.text, str) or not last.text.endswith(")"):
        return field, ""
    before, opening, inside = last.text[:-1].rpartition("(")
    if not opening or "|" in inside or not inside:
        return field, ""
    return [*field[:-1], Piece(before)], inside


_KNOWN_QUALIFIERS = frozenset("N-/.@")


def _walk(words: Any, field: list[Piece], qualifiers: str, state: State) -> list[str]:
    if set(qualifiers) - _KNOWN_QUALIFIERS:
        raise Unsupported(f"the glob qualifiers `({qualifiers})`")
    components = _components(field)
    bases = [""]
    if components and not components[0]:
        components = components[1:]
    else:
        directory = state.directory
        if isinstance(directory, Mixed):
            raise _Unknown(why_not(directory))
        bases = [directory]
    prefix = bases[0]
    for number, component in enumerate(components):
        is_last = number == len(components) - 1
        bases = [
            path
            for base in bases
            for path in _matching(words, base, component, state, is_last=is_last)
        ]
        if len(bases) > MAX_NAMES:
            raise Unsupported("a pattern with very many matches")
    found = [base for base in bases if _has_kind(words, base, qualifiers)]
    if prefix and not (field and _starts_with_slash(field)):
        found = [path[len(prefix.rstrip("/")) + 1 :] for path in found]
    if len(found) > 1:
        _check_order(found, state)
    return sorted(found)


def _check_order(found: list[str], state: State) -> None:
    """Give up where the order of names is not that of their characters."""
    if state.options.get("numericglobsort", False) is not False:
        raise Unsupported("the order of names with `numericglobsort`")
    for name in ("LC_ALL", "LC_COLLATE", "LANG"):
        variable = state.variable(name)
        value = variable.scalar()
        if value and variable.is_set:
            break
    else:
        return
    if isinstance(value, str) and value.split(".")[0] in {"C", "POSIX"}:
        return
    plain = [re.sub("[^0-9a-z/]", "", path.lower()) for path in sorted(found)]
    if plain != sorted(set(plain)):
        raise Unsupported("the order of names in the language that is set")


def _starts_with_slash(field: list[Piece]) -> bool:
    text = joined(field)
    return isinstance(text, str) and text.startswith("/")


def _components(field: list[Piece]) -> list[list[tuple[str, bool]]]:
    components: list[list[tuple[str, bool]]] = [[]]
    for piece in field:
        first, *others = str(piece.text).split("/")
        if first:
            components[-1].append((first, piece.quoted))
        components += [[(other, piece.quoted)] if other else [] for other in others]
    # Repeated slashes are one; the first component is empty in an absolute path.
    return [c for n, c in enumerate(components) if c or not n or n == len(components) - 1]


def _matching(
    words: Any, base: str, component: list[tuple[str, bool]], state: State, *, is_last: bool
) -> list[str]:
    if (
        state.options.get("nocaseglob", False) is not False
        or state.options.get("caseglob", True) is not True
    ):
        raise Unsupported("file names without regard to case")
    if not component:
        return [base + "/"] if is_last else [base]
    if component == [("**", False)] and not is_last and _recurses(words, state):
        return _folders(words, base, state)
    pattern = words.compiled(component, state)
    if pattern.text is not None:
        path = f"{base.rstrip('/')}/{pattern.text}"
        return [path] if not is_last or _exists(words, path, state) else []
    folder = base or "/"
    kind = _kind(words, folder, state)
    if kind != "directory":
        return []
    names = words.world.names(folder)
    if isinstance(names, Absent):
        raise _Unknown(Hole(names.cause, names.detail))
    hidden = component[0][0].startswith(".") or state.options.get("dotglob") is True
    return [
        f"{base.rstrip('/')}/{name}"
        for name in names
        if (hidden or not name.startswith(".")) and pattern.matches(name)
    ]


def _recurses(words: Any, state: State) -> bool:
    return words.dialect.name == "zsh" or state.options.get("globstar") is True


def _folders(words: Any, base: str, state: State) -> list[str]:
    """Give a folder and all below it, links aside."""
    found = [base]
    for folder in found:
        if _kind(words, folder or "/", state) != "directory":
            continue
        names = words.world.names(folder or "/")
        if isinstance(names, Absent):
            raise _Unknown(Hole(names.cause, names.detail))
        for name in names:
            path = f"{folder.rstrip('/')}/{name}"
            if name.startswith(".") and state.options.get("dotglob") is not True:
                continue
            entry = words.look(path, state)
            if isinstance(entry, Hole):
                raise _Unknown(entry)
            if entry.get("kind") == "directory" and "target" not in entry:
                found.append(path)
        if len(found) > MAX_NAMES:
            raise Unsupported("a pattern that goes through very many folders")
    return found


def _kind(words: Any, path: str, state: State) -> str:
    entry = words.look(path, state)
    if isinstance(entry, Hole):
        raise _Unknown(entry)
    return str(entry["kind"])


def _exists(words: Any, path: str, state: State) -> bool:
    return _kind(words, path, state) != "missing"


def _has_kind(words: Any, path: str, qualifiers: str) -> bool:
    wanted = {"/": "directory", ".": "file"}
    kinds = [wanted[q] for q in qualifiers if q in wanted]
    if not kinds:
        return True
    entry = words.world.file(path)
    if isinstance(entry, Absent):
        raise _Unknown(Hole(entry.cause, entry.detail))
    return entry.get("kind") in kinds
