"""Conditions of the graph in words, and what of them is left once one knows the shell's start."""

from __future__ import annotations

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.model.json_value import Json


_OPERATORS = {"equals": "is", "in": "is one of", "glob": "matches"}


def condition_words(condition: Json, paths: Sequence[Json]) -> str:
    """Give a condition on one line: `when login, unless noprofile or posix`.

    `paths` are those of the program that it was compiled into.
    """
    if condition is None:
        return ""
    if isinstance(condition, str):
        return f"when {visible(condition)}"
    children = condition[1] if condition[:1] == ["all"] else [condition]
    denied = [_words(child, paths).removeprefix("not ") for child in children if _denies(child)]
    asked = [child for child in children if not _denies(child)]
    around = "all" if len(asked) > 1 or len(denied) == 1 else ""
    said = " and ".join(_bracketed(child, paths, around) for child in asked)
    if not denied:
        return f"when {said}"
    if said and len(denied) == 1:
        return f"when {said} and not {denied[0]}"
    *most, last = denied
    unless = f"unless {', '.join(most)} or {last}" if most else f"unless {last}"
    return f"when {said}, {unless}" if said else unless


def simplified(condition: Json, paths: Sequence[Json], shell: Mapping[str, Json]) -> Json:
    """Give what is left of a condition for a shell that is started in a known way.

    That is True or False where nothing is left.
    """
    match condition:
        case None:
            return True
        case ["all" | "any" as word, [*children], *rest]:
            decisive = word == "any"
            left = [simplified(child, paths, shell) for child in children]
            if any(one is decisive for one in left):
                return decisive
            left = [one for one in left if one is not (not decisive)]
            if not left:
                return not decisive
            return left[0] if len(left) == 1 else [word, left, *rest]
        case ["not", child, *rest]:
            one = simplified(child, paths, shell)
            return not one if isinstance(one, bool) else ["not", one, *rest]
        case ["use", _, child, *_]:
            one = simplified(child, paths, shell)
            return one if isinstance(one, bool) else condition
        case ["op", ["fact", int(index), *_], "equals", ["value", value, *_], *_]:
            steps = list(paths[index][1]) if 0 <= index < len(paths) else []
            if steps[:2] == ["process", "shell"] and steps[2:] and steps[2] in shell:
                found = shell[steps[2]]
                is_expression = isinstance(found, (dict, list)) and value is not None
                return condition if is_expression else found == value
    return condition


def failing(condition: Json, paths: Sequence[Json], shell: Mapping[str, Json]) -> Json:
    """Give those parts of a condition that does not hold which are the reason."""
    match condition:
        case ["use", _, child, *_]:
            return failing(child, paths, shell)
        case ["all", [*children], *rest]:
            parts: list[Json] = []
            for child in children:
                if simplified(child, paths, shell) is False:
                    part = failing(child, paths, shell)
                    parts += part[1] if part[:1] == ["all"] else [part]
            return parts[0] if len(parts) == 1 else ["all", parts, *rest]
        case ["any", [*children], *rest]:
            # A definition among several ways is told by its name.
            named = [
                child if child[:1] == ["use"] else failing(child, paths, shell)
                for child in children
            ]
            return ["any", named, *rest]
    return condition


def _words(condition: Json, paths: Sequence[Json]) -> str:
    match condition:
        case ["all" | "any" as word, [*children], *_]:
            joint = " and " if word == "all" else " or "
            return joint.join(_bracketed(child, paths, str(word)) for child in children)
        case ["not", ["op", subject, "equals", ["value", str() | None, *_] as operand, *_], *_]:
            return f"{_subject(subject, paths)} is not {_operand(operand, paths)}"
        case ["not", ["op", subject, "equals", ["value", False, *_], *_], *_]:
            return f"{_subject(subject, paths)} is not false"
        case ["not", child, *_]:
            return f"not {_bracketed(child, paths, 'not')}"
        case ["use", str(name), *_]:
            return visible(name)
        case ["op", subject, operator, operand, *_]:
            return _comparison(_subject(subject, paths), str(operator), operand, paths)
    return "a condition of its own"


def _denies(condition: Json) -> bool:
    """Say whether a condition is that something is false."""
    match condition:
        case ["op", _, "equals", ["value", False, *_], *_] | ["not", ["use", *_], *_]:
            return True
    return False


def _bracketed(condition: Json, paths: Sequence[Json], around: str) -> str:
    words = _words(condition, paths)
    match condition:
        case ["all" | "any" as word, [_, _, *_], *_] if around and word != around:
            return f"({words})"
    return words


def _comparison(subject: str, operator: str, operand: Json, paths: Sequence[Json]) -> str:
    match operator, operand:
        case "equals", ["value", True, *_]:
            return subject
        case "equals", ["value", False, *_]:
            return f"not {subject}"
        case "exists", ["value", bool(there), *_]:
            return f"{subject} {'exists' if there else 'does not exist'}"
        case "empty", ["value", bool(there), *_]:
            return f"{subject} is {'empty' if there else 'not empty'}"
        case "set", ["value", bool(there), *_]:
            return f"{subject} is {'set' if there else 'not set'}"
    words = _OPERATORS.get(operator, operator.replace("_", " "))
    return f"{subject} {words} {_operand(operand, paths)}"


def _subject(node: Json, paths: Sequence[Json]) -> str:
    """Give what is asked about: a variable and a switch of the shell by their names alone."""
    words = _operand(node, paths)
    if words.startswith("env.") and words.endswith((".state", ".value")):
        return words[4:-6]
    if words.startswith('files["') and words.count('"') == 2:  # noqa: PLR2004 - one path
        path, _, aspect = words.removeprefix('files["').partition('"].')
        return {"kind": path, "target": f"the target of {path}"}.get(aspect, words)
    return words.removeprefix("shell.")


def _operand(node: Json, paths: Sequence[Json]) -> str:
    match node:
        case ["fact", int(index), *_] if 0 <= index < len(paths):
            return visible(str(paths[index][2]).removeprefix("process."))
        case ["value", str(text), *_]:
            return visible(text) or "empty"
        case ["value", None, *_]:
            return "none"
        case ["value", [*items], *_]:
            return ", ".join(_operand(["value", item], paths) for item in items)
        case ["value", value, *_]:
            return visible(str(value).lower())
        case ["list", [*items], *_]:
            return ", ".join(_operand(item, paths) for item in items)
        case ["length", subject, *_]:
            return f"the length of {_operand(subject, paths)}"
        case ["key", _, text, *_]:
            return visible(str(text))
    return "…"
