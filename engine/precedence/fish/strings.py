"""The builtin `string`, as far as start-up files use it."""

from __future__ import annotations

import re

from engine.precedence.fish.lists import NotKnown, join_items, known, known_all, lines_of, sure
from engine.precedence.fish.patterns import matches_glob
from engine.precedence.fish.string_call import Call, read_call
from engine.precedence.values import Hole, Mixed, concat, is_empty, literals, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.precedence.values import Text

    Lines: TypeAlias = "list[Text]"
    Answer: TypeAlias = "tuple[Lines, int | Hole]"

_STRANGE = re.compile(r"\[\[|\[[.=:]|\\[a-zA-Z0-9]|\(\?|[*+?}][*+?{]|[*+}][^|]*\)[*+{]")


def run_string(arguments: list[Text], given: Text | None) -> Answer:
    """Give the lines that `string` prints, and its status."""
    call = read_call(arguments)
    run = _COMMANDS.get(call.name)
    if run is None:
        raise NotKnown(Hole("unsupported", f"`string {call.name}`"))
    lines, status = run(call, given)
    return ([] if call.has("q") else lines), status


def _inputs(call: Call, given: Text | None, skip: int = 0) -> Lines:
    """Give what is worked on: the arguments, or else the lines of the input."""
    rest = list(call.rest[skip:])
    if rest or given is None:
        return rest
    return sure(lines_of(given))


def _first(call: Call) -> str:
    if not call.rest:
        raise NotKnown(Hole("unsupported", f"`string {call.name}` without arguments"))
    return known(call.rest[0])


def _join(call: Call, given: Text | None) -> Answer:
    separator = _first(call)
    inputs = _inputs(call, given, 1)
    if call.has("n"):
        inputs = [item for item in inputs if _is_some(item)]
    if not inputs:
        return [], 1
    return [join_items(inputs, separator)], int(len(inputs) < 2)  # noqa: PLR2004


def _is_some(item: Text) -> bool:
    empty = is_empty(item)
    if empty is None:
        raise NotKnown(why_not(item))
    return not empty


def _split(call: Call, given: Text | None) -> Answer:
    separator = _first(call)
    most = int(call.flags["m"]) if call.has("m") else -1
    lines: Lines = []
    is_split = False
    for text in _inputs(call, given, 1):
        if isinstance(text, Mixed) and not call.has("r") and separator and most > 0:
            parts = _split_front(text, separator, most)
        elif separator == "":
            parts = list(known(text))
        elif call.has("r"):
            parts = list(known(text).rsplit(separator, most))
        else:
            parts = list(known(text).split(separator, most))
        is_split = is_split or len(parts) > 1
        if call.has("n"):
            parts = [part for part in parts if _is_some(part)]
        if call.has("f"):
            chosen = _fields(call.flags["f"], len(parts))
            if chosen is None:
                return [], 1
            parts = [parts[number - 1] for number in chosen]
        lines += parts
    return lines, int(not is_split)


def _split_front(text: Mixed, separator: str, most: int) -> Lines:
    """Split what is known before the first hole; beyond it nobody knows where it would split."""
    first = text.atoms[0]
    if not isinstance(first, str) or first.count(separator) < most:
        raise NotKnown(why_not(text))
    *parts, last = first.split(separator, most)
    return [*parts, concat((last, Mixed(text.atoms[1:])))]


def _fields(written: str, count: int) -> list[int] | None:
    chosen: list[int] = []
    for field in written.split(","):
        first, dash, last = field.partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise NotKnown(Hole("unsupported", "`string split --fields`"))
        chosen += range(int(first), int(last or first) + 1)
    return chosen if all(1 <= number <= count for number in chosen) else None


def _regex(call: Call, pattern: str) -> re.Pattern[str]:
    if len(pattern) > 200 or _STRANGE.search(re.sub(r"\\[dwsDWS.\\/]", "", pattern)):  # noqa: PLR2004
        raise NotKnown(Hole("unsupported", f"the regular expression `{pattern}`"))
    try:
        return re.compile(pattern, re.IGNORECASE | re.ASCII if call.has("i") else re.ASCII)
    except re.error as error:
        raise NotKnown(Hole("unsupported", f"the regular expression `{pattern}`")) from error


def _match(call: Call, given: Text | None) -> Answer:
    if call.has("n") or call.has("g") or call.has("m"):
        raise NotKnown(Hole("unsupported", "options of `string match`"))
    pattern = _first(call)
    inputs = _inputs(call, given, 1)
    lines: Lines = []
    for text in inputs:
        if call.has("r"):
            expression = _regex(call, pattern)
            plain = _bounded(text)
            matches = list(expression.finditer(plain))
            if bool(matches) is call.has("v"):
                continue
            if call.has("v") or call.has("e"):
                lines.append(text)
                continue
            for match in matches if call.has("a") else matches[:1]:
                lines += [match[0], *(group for group in match.groups() if group is not None)]
        else:
            wanted = f"*{pattern}*" if call.has("e") else pattern
            if _glob_match(wanted, text, ignore_case=call.has("i")) is not call.has("v"):
                lines.append(text)
    return lines, int(not lines)


def _glob_match(pattern: str, text: Text, *, ignore_case: bool) -> bool:
    if isinstance(text, Mixed):
        inner = pattern.strip("*")
        is_inside = pattern == f"*{inner}*" and not set(inner) & set("*?\\")
        if pattern == "*" or (is_inside and any(inner in part for part in literals(text))):
            return True
    return matches_glob(pattern, known(text), ignore_case=ignore_case)


def _bounded(text: Text) -> str:
    plain = known(text)
    if len(plain) > 4096:  # noqa: PLR2004 - longer texts may take a regular expression too long
        raise NotKnown(Hole("too_large", "a long text for a regular expression"))
    return plain


def _replace(call: Call, given: Text | None) -> Answer:
    if len(call.rest) < 2:  # noqa: PLR2004 - what, and with what
        raise NotKnown(Hole("unsupported", "`string replace` without arguments"))
    pattern, new = known_all(call.rest[:2])
    if call.has("m"):
        raise NotKnown(Hole("unsupported", "options of `string replace`"))
    count = 0 if call.has("a") else 1
    lines: Lines = []
    is_changed = False
    if call.has("r"):
        expression = _regex(call, pattern)
        if re.search(r"\\[^\\$/. ]|\$(?![0-9{])", new):
            raise NotKnown(Hole("unsupported", f"`{new}` in `string replace`"))
        replacement = _replacement(new, expression.groups)
    for text in _inputs(call, given, 2):
        if call.has("r"):
            done, changes = expression.subn(replacement, _bounded(text), count)
        elif call.has("i"):
            raise NotKnown(Hole("unsupported", "`string replace -i`"))
        elif pattern == "":
            raise NotKnown(Hole("unsupported", "`string replace ''`"))
        else:
            plain = known(text)
            changes = plain.count(pattern)
            done = plain.replace(pattern, new, -1 if count == 0 else 1)
        is_changed = is_changed or bool(changes)
        if changes or not call.has("f"):
            lines.append(done)
    return lines, int(not is_changed)


def _replacement(new: str, groups: int) -> Callable[[re.Match[str]], str]:
    def made(match: re.Match[str]) -> str:
        def group(found: re.Match[str]) -> str:
            if found[0].startswith("\\"):
                return found[0][1]
            number = int(found[1] or found[2])
            if number > groups:
                raise NotKnown(Hole("unsupported", f"`{new}` in `string replace`"))
            return match[number] or ""

        return re.sub(r"\\.|\$(?:([0-9])|\{([0-9]+)\})", group, new)

    return made


def _trim(call: Call, given: Text | None) -> Answer:
    letters = call.flags.get("c", " \f\n\r\t\v")
    both = call.has("l") is call.has("r")
    lines: Lines = []
    is_changed = False
    for text in _inputs(call, given):
        plain = known(text)
        done = plain.lstrip(letters) if both or call.has("l") else plain
        done = done.rstrip(letters) if both or call.has("r") else done
        is_changed = is_changed or done != plain
        lines.append(done)
    return lines, int(not is_changed)


def _cased(change: Callable[[str], str]) -> Callable[[Call, Text | None], Answer]:
    def run(call: Call, given: Text | None) -> Answer:
        inputs = known_all(_inputs(call, given))
        lines = [change(text) for text in inputs]
        return list(lines), int(lines == inputs)

    return run


def _length(call: Call, given: Text | None) -> Answer:
    inputs = known_all(_inputs(call, given))
    return [str(len(text)) for text in inputs], int(not any(inputs))


def _sub(call: Call, given: Text | None) -> Answer:
    if call.has("l") and call.has("e"):
        raise NotKnown(Hole("unsupported", "options of `string sub`"))
    start = int(call.flags.get("s", "1"))
    lines: Lines = []
    for text in known_all(_inputs(call, given)):
        first = start - 1 if start > 0 else max(len(text) + start, 0)
        last = len(text)
        if call.has("l"):
            last = first + int(call.flags["l"])
        elif call.has("e"):
            end = int(call.flags["e"])
            last = end if end >= 0 else len(text) + end
        lines.append(text[first : max(last, first)])
    return lines, int(not lines)


def _collect(call: Call, given: Text | None) -> Answer:
    if call.rest:
        return list(call.rest), 0
    text = given if given is not None else ""
    if isinstance(text, str) and not call.has("N"):
        text = text.rstrip("\n")
    if text == "":
        return ([""] if call.has("a") else []), 1
    return [text], 0


_COMMANDS: dict[str, Callable[[Call, Text | None], Answer]] = {
    "join": _join,
    "split": _split,
    "match": _match,
    "replace": _replace,
    "trim": _trim,
    "lower": _cased(str.lower),
    "upper": _cased(str.upper),
    "length": _length,
    "sub": _sub,
    "collect": _collect,
}
