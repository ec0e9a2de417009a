"""The words of drawings: expressions as shells write them, parts of an environment."""

from __future__ import annotations

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.model.json_value import Json, JsonObject


def expression_words(expression: Json, *, is_start: bool = True) -> str:
    """Give a computed text in the notation of shells: `${ZDOTDIR:-~}/.zshenv`."""
    match expression:
        case str():
            return expression
        case {"join": [*parts]}:
            return _joined(parts)
        case {"env": str(name), "else": other}:
            return f"${{{name}:-{expression_words(other)}}}"
        case {"env": str(name)}:
            return "~" if name == "HOME" and is_start else f"${name}"
        case {"expand": inner}:
            return expression_words(inner, is_start=is_start)
        case {"program": program, "setting": setting}:
            return f"{setting} of {program}"
        case {"fact": [*steps]}:
            return f"{{{'.'.join(map(str, steps))}}}"
    return "…"


def _joined(parts: Sequence[Json]) -> str:
    words = [expression_words(part, is_start=not number) for number, part in enumerate(parts)]
    return "/".join(
        word.strip("/") if number else word.rstrip("/") for number, word in enumerate(words)
    )


def source_words(name: str, source: Json) -> str:
    """Give what a source is: its paths, or else its title."""
    content = source if isinstance(source, dict) else {}
    title = content.get("title")
    paths = [visible(expression_words(path)) for path in _list(content.get("paths"))]
    if title and title != name and not any("/" in path for path in paths):
        return visible(str(title))
    match content.get("kind"):
        case "file" | "first" if paths:
            return ", else ".join(paths)
        case "files" if paths:
            joined = ", ".join(paths)
            return f"{joined} (by name)" if content.get("order") == "basename" else joined
    return visible(title if isinstance(title, str) and title else name)


def part_words(way: JsonObject) -> str:
    """Say which variables are taken over."""
    names = ", ".join(_name(name) for name in _list(way.get("names")))
    match way.get("mode", way.get("part", "all")):
        case "only":
            return f"only {names}" if names else "nothing"
        case "except":
            return f"all but {names}" if names else "all"
        case "nothing":
            return "nothing"
    return "all"


def _name(name: Json) -> str:
    return visible(name if isinstance(name, str) else expression_words(name))


def shell_words(shell: Json) -> str:
    """Say how a shell is started: `interactive login bash`."""
    if not isinstance(shell, dict) or not shell:
        return ""
    name = shell.get("name")
    words = ["interactive"] if shell.get("interactive") is True else []
    words += ["login"] if shell.get("login") is True else []
    words += [name] if isinstance(name, str) else ["shell"]
    return visible(" ".join(words))


def mapping(value: Json) -> Mapping[str, Json]:
    """Give a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
