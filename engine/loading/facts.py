"""Facts documents: bytes to `Facts`, strictly, or one clear line that says why not.

Nothing here imports more than `json`: every run pays for it.
"""

from __future__ import annotations

import json

from engine.errors import Complaint, FactsError, did_you_mean
from engine.model.facts import (
    KINDS,
    Absent,
    Facts,
    PartialList,
    PartialMap,
    Redacted,
    type_in_words,
)
from engine.model.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.json_value import Json, JsonObject

SCHEMA = "precedent/facts/v1"
MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 100

_ENVELOPE = {"schema": str, "subject": dict, "facts": dict, "provenance": dict, "absent": dict}
_PROVENANCE = {
    "collector": str, "from": str, "file": str, "line": int, "column": int, "file_system": str,
}  # fmt: skip
_ABSENT = {"reason": str, "detail": str}


def read_facts(content: bytes, name: str) -> Facts:
    """Give the facts in a document's bytes; `name` is what messages call the document."""
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise _refusal(name, f"larger than {limit} MiB", "split the document or leave parts out")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(name, f"not UTF-8 at byte {error.start}", "write it as UTF-8") from None
    return facts_from(_parse(text, name), name)


def facts_from(document: Json, name: str) -> Facts:
    """Give the facts in a document: an envelope of ours, or a mapping taken whole as facts."""
    if not isinstance(document, dict):
        raise _refusal(name, f"holds {type_in_words(document)}, not a mapping of facts")
    schema = document.get("schema")
    if not (isinstance(schema, str) and schema.startswith("precedent/")):
        return Facts(root=_root(document, {}, name), provenance={}, name=name)
    if schema != SCHEMA:
        raise _refusal(name, f"written to the schema `{schema}`", f"this engine reads `{SCHEMA}`")
    _check_envelope(document, name)
    kind = document.get("subject", {}).get("kind")
    if kind is not None:
        _check_kind(kind, name)
    return Facts(
        root=_root(document["facts"], document.get("absent", {}), name),
        provenance=document.get("provenance", {}),
        kind=kind,
        name=name,
    )


def _parse(text: str, name: str) -> Json:
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float
        )
    except json.JSONDecodeError as error:
        if not text.strip():
            raise _refusal(name, "empty") from None
        place = Place(name, error.lineno, error.colno)
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise FactsError(Complaint("not JSON: the document ends too early", place)) from None
        raise FactsError(Complaint(f"not JSON: {_lower(error.msg)}", place)) from None
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError as error:
        said = str(error)
        if "set_int_max_str_digits" in said:  # Python's own words, for whole numbers only
            said = "holds a whole number that is out of range"
        raise _refusal(name, said) from None
    return value


def _object(pairs: list[tuple[str, Json]]) -> Json:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key {_quoted(key)} stands twice in one mapping")
            seen.add(key)
    if len(value) == 1 and "$redacted" in value:
        return _redacted(value["$redacted"])
    return value


def _redacted(atoms: Json) -> Redacted:
    found: list[str | tuple[str, str]] = []
    for atom in atoms if isinstance(atoms, list) and atoms else [None]:
        if isinstance(atom, str):
            found.append(atom)
        elif isinstance(atom, dict) and set(atom) == {"salt", "hash"}:
            salt, fingerprint = atom["salt"], atom["hash"]
            if not (isinstance(salt, str) and isinstance(fingerprint, str)):
                raise ValueError("the salt or hash of a `$redacted` value is no text")  # noqa: TRY004
            found.append((salt, fingerprint))
        else:
            raise ValueError("a `$redacted` value is not a list of texts and `{salt, hash}` pairs")
    return Redacted(tuple(found))


def _constant(word: str) -> Json:
    raise ValueError(f"holds `{word}`, which is not JSON")


def _float(digits: str) -> int | float:
    value = float(digits)
    is_lost = value == 0 and digits.lower().partition("e")[0].strip("-0.")
    if is_lost or value in (float("inf"), float("-inf")):
        raise ValueError(f"holds the number `{digits[:40]}`, which is out of range")
    whole, _, rest = digits.partition(".")
    # Beyond 2 to the 53rd a float is not exact, and `9007199254740993.0` is a whole number.
    return int(whole) if abs(value) >= _EXACT and not rest.strip("0") else value


_EXACT = 2.0**53


def _check_envelope(document: JsonObject, name: str) -> None:
    for key, value in document.items():
        if key not in _ENVELOPE:
            raise _refusal(name, f"unknown key {_quoted(key)}", did_you_mean(key, _ENVELOPE))
        if not isinstance(value, _ENVELOPE[key]):
            raise _refusal(name, f"`/{key}` is {type_in_words(value)}, not a mapping")
    if "facts" not in document:
        raise _refusal(name, "no `facts` in it")
    _check_pointers(document.get("provenance", {}), "provenance", _PROVENANCE, name)
    _check_pointers(document.get("absent", {}), "absent", _ABSENT, name)


def _check_kind(kind: Json, name: str) -> None:
    """Refuse a kind that no rule can be about, since no rule would judge the document."""
    if not isinstance(kind, str):
        raise _refusal(name, f"`/subject/kind` is {type_in_words(kind)}, not a text")
    if kind not in KINDS:
        advice = did_you_mean(kind, KINDS) or f"there are {', '.join(f'`{one}`' for one in KINDS)}"
        raise _refusal(name, f"unknown kind of subject {_quoted(kind)}", advice)


def _check_pointers(entries: JsonObject, section: str, keys: Mapping[str, type], name: str) -> None:
    for pointer, entry in entries.items():
        if pointer and not pointer.startswith("/"):
            advice = "a JSON pointer starts with `/`"
            raise _refusal(name, f"{_quoted(pointer)} in `{section}` is no JSON pointer", advice)
        where = f"{_quoted(pointer)} in `{section}`"
        if not isinstance(entry, dict):
            raise _refusal(name, f"{where} is {type_in_words(entry)}, not a mapping")
        for key, value in entry.items():
            if key not in keys:
                raise _refusal(
                    name, f"{where} has an unknown key {_quoted(key)}", did_you_mean(key, keys)
                )
            if type(value) is not keys[key]:
                raise _refusal(name, f"`{key}` of {where} is {type_in_words(value)}")
    if section == "absent":
        for pointer, entry in entries.items():
            if not entry.get("reason"):
                raise _refusal(name, f"{_quoted(pointer)} in `absent` has no `reason`")


def _root(content: JsonObject, absent: JsonObject, name: str) -> JsonObject:
    """Lay the holes over the values, so that whoever looks something up meets them."""
    root = PartialMap(content)
    root.more = Absent("missing")
    # In order of their pointers, so that a hole is there before the holes declared beneath it.
    for pointer in sorted(absent):
        entry = absent[pointer]
        hole = Absent(entry["reason"], entry.get("detail", ""))
        steps = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        if not steps:
            root.clear()
            root.more = hole
        else:
            _lay(root, steps, hole)
    if _is_deeper_than(root, MAX_DEPTH):
        raise _too_deep(name)
    return root


def _lay(parent: Json, steps: list[str], hole: Absent) -> None:
    """Put a hole where its steps lead, making every container on the way a partial one."""
    *way, last = steps
    for step in way:
        if step == "-" and not isinstance(parent, Absent) and _child(parent, step) is _NOTHING:
            parent.more = hole
            return
        parent = _opened(parent, step)
        if parent is None:
            return  # below a scalar nothing can be looked up: that is unknown as it is
    if isinstance(parent, Absent):
        parent.children[last] = hole
    elif last == "-":
        parent.more = hole
        if _child(parent, last) is not _NOTHING:
            _put(parent, last, hole)  # a key of that name may be meant as well
    else:
        _put(parent, last, hole)


def _opened(parent: Json, step: str) -> Json:
    """Give what stands at a step as something that can have holes, or None for a scalar."""
    if isinstance(parent, Absent):
        return parent.children.setdefault(step, Absent(parent.cause, parent.detail))
    child = _child(parent, step)
    if child is _NOTHING:
        child = Absent(parent.more.cause if parent.more else "missing")
    elif type(child) is dict:
        child = PartialMap(child)
    elif type(child) is list:
        child = PartialList(child)
    elif not isinstance(child, (PartialMap, PartialList, Absent)):
        return None
    _put(parent, step, child)
    return child


_NOTHING = object()


def _child(parent: Json, step: str) -> Json:
    if isinstance(parent, dict):
        return parent.get(step, _NOTHING)
    if _is_index(parent, step):
        return parent[int(step)]
    return parent.more.children.get(step, _NOTHING) if parent.more else _NOTHING


def _is_index(items: list[Json], step: str) -> bool:
    # Python refuses to read numbers of thousands of digits.
    return step.isdecimal() and len(step) <= len(str(len(items))) and int(step) < len(items)


def _put(parent: Json, step: str, value: Json) -> None:
    if isinstance(parent, dict):
        parent[step] = value
    elif _is_index(parent, step):
        parent[int(step)] = value
    elif step == str(len(parent)):
        parent.append(value)
    else:
        # Further on than the list reaches: nobody knows how many elements stand before it.
        parent.more = parent.more or Absent(value.cause, value.detail)
        parent.more.children[step] = value


def _is_deeper_than(value: Json, limit: int) -> bool:
    level: list[Json] = [value]
    for _ in range(limit + 1):
        if not level:
            return False
        # Nearly everything is a scalar, so this looks at each value once and at its class only.
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item)
            if child.__class__ in _CONTAINERS
        ]
    return bool(level)


_CONTAINERS: frozenset[type] = frozenset((dict, list, PartialMap, PartialList))


def _refusal(name: str, what: str, advice: str | None = None) -> FactsError:
    return FactsError(Complaint(what, Place(name), advice))


def _too_deep(name: str) -> FactsError:
    return _refusal(name, f"nested deeper than {MAX_DEPTH} levels")


def _quoted(text: str) -> str:
    shown = text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - a line of an error
    return f"`{shown.encode('unicode_escape').decode('ascii')}`"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
