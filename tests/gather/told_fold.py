"""What assignments as facts come to, told in the plainest way: for comparisons with real tools."""

from __future__ import annotations

UNKNOWN = object()


def value_of(row, scopes):
    """The value of one row, or UNKNOWN; `scopes` are variables by the name of their scope."""
    if "value" in row:
        return row["value"] if isinstance(row["value"], str) else UNKNOWN
    if "parts" not in row:
        return UNKNOWN
    return _joined(row["parts"], scopes)


def folded(rows, environment, scopes):
    """An environment after a list of rows; what is not known of it is UNKNOWN."""
    after = dict(environment)
    for row in rows:
        name = row["name"]
        if isinstance(name, dict):  # no usual name, and so hidden
            continue
        if row["how"] == "set":
            after[name] = value_of(row, scopes | {"": after})
        elif row["how"] == "unset":
            after.pop(name, None)
        elif row["how"] == "pass":
            given = scopes[row["of"]]
            if name in given:
                after[name] = given[name]
            elif row["if_missing"] == "unset":
                after.pop(name, None)
        else:
            raise AssertionError(row["how"])
    return after


def _joined(parts, scopes):
    texts = []
    for part in parts:
        text = part if isinstance(part, str) else _referred(part, scopes)
        if text is UNKNOWN:
            return UNKNOWN
        texts.append(text)
    return "".join(texts)


def _referred(part, scopes):
    if "variable" not in part:
        return UNKNOWN
    value = scopes[part.get("of", "")].get(part["variable"])
    if value is UNKNOWN:
        return UNKNOWN
    if value is None or (value == "" and part.get("empty_is_unset")):
        return _joined(part.get("else", []), scopes)
    return _joined(part["then"], scopes) if "then" in part else value
