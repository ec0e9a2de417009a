"""The small world of the random pairs: which facts there are, and documents that hold some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.reference.documents import tokens_of

if TYPE_CHECKING:
    from random import Random

Json = Any
SECRETS: list[Json] = [
    {"$redacted": [{"salt": "s", "hash": "aa"}]},
    {"$redacted": [{"salt": "s", "hash": "bb"}]},
    {"$redacted": [{"salt": "t", "hash": "aa"}]},
    {"$redacted": ["x", {"salt": "s", "hash": "aa"}]},
]
VALUES: dict[str, list[Json]] = {
    "text": ["x", "y", "xy", "", "x\n", "k1"],
    "number": [0, 1, 2, 1.0, 2.5, 3, -1],
    "truth": [True, False],
    "path": [
        "/usr",
        "/usr/bin",
        "/usr/bin/",
        "/usr/bin/../lib",
        "/usrlocal",
        "usr/bin",
        "~/x",
        "/",
    ],
    "version": ["1.22", "1.22.1", "go1.22.0", "1.22rc1", "1.9", "devel"],
    "time": [
        "2026-11-20",
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00",
        "2026-11-22T23:30:00-01:00",
    ],
    "texts": [[], ["x"], ["x", "y"], ["y", "x", "x"], ["k1", "xy"]],
    "paths": [[], ["/usr/bin", "/usr/lib"], ["/usr/lib", "/usr/bin/"], ["/usr/bin/", "/usr//bin"]],
    "secret": SECRETS,
}
LOOKALIKES: dict[str, list[Json]] = {"number": [True], "truth": [1]}
"""Values of another type that a careless comparison takes for the same."""
WILD: list[Json] = [None, None, True, 1, "x", [], {}, ["x"], {"k": "x"}, *SECRETS]
PLACES = ["xs[0]", "xs[0]", "xs[-1]", "xs[2]", "ms.k1", 'ms["odd key"]', "ms.0"]
CAUSES = ["not_collected", "permission", "opaque", "parse_error", "unsupported", "timeout"]
ELEMENT = {
    "k": "text", "n": "number", "on": "truth", "t": "path",
    "ys": "texts", "v": "text", "s": "secret",
}  # fmt: skip
FIELDS = {
    "text": "text", "same": "text", "number": "number", "truth": "truth", "path": "path",
    "time": "time", "secret": "secret", "twin": "secret", "texts": "texts",
}  # fmt: skip
PARAMS: dict[str, tuple[str, Json]] = {
    "p_text": ("text", "x"),
    "p_number": ("number", 2),
    "p_path": ("path", "/usr"),
    "p_version": ("version", "1.22"),
    "p_texts": ("texts", ["x", "y"]),
    "p_paths": ("paths", ["/usr/bin"]),
    "p_table": ("table", {"x": "y", "y": "x", "k1": "xy"}),
}
DECLARED = {
    "go": {
        "type": "object",
        "properties": {
            "have": {"type": "string", "format": "go-version"},
            "want": {"type": "string", "format": "go-version"},
            "free": {"type": "string"},
            "dirs": {"type": "array", "items": {"type": "string"}, "format": "path-list"},
        },
    }
}
PACK = {
    "params": {name: {"default": value} for name, (_, value) in PARAMS.items()},
    "facts": DECLARED,
}


def document(draw: Random) -> dict[str, Json]:
    """Give a facts document of the small vocabulary, with parts missing, wrong or not known."""
    facts: dict[str, Json] = {
        "a": _mapping(draw, FIELDS),
        "go": _mapping(
            draw, {"have": "version", "want": "version", "free": "version", "dirs": "paths"}
        ),
        "xs": [_mapping(draw, ELEMENT) for _ in range(draw.choice([0, 1, 2, 2, 3]))],
        "ms": {k: _mapping(draw, ELEMENT) for k in _some(draw, ["k1", "k2", "odd key", "0"], 0.6)},
        "ws": _some(draw, ["x", "y", "x", 1, None, SECRETS[0], True], 0.4),
    }
    for name in list(facts):
        if draw.random() < 0.03:
            del facts[name]
        elif draw.random() < 0.02:
            facts[name] = draw.choice(WILD)
    absent = {_pointer(draw, facts): _hole(draw) for _ in range(draw.choice([0, 0, 1, 1, 2]))}
    return {"schema": "precedent/facts/v1", "facts": facts, "absent": absent}


def _hole(draw: Random) -> dict[str, str]:
    return {"reason": draw.choice(CAUSES)}


def _some(draw: Random, items: list[Json], chance: float) -> list[Json]:
    return [item for item in items if draw.random() < chance]


def _mapping(draw: Random, kinds: dict[str, str]) -> dict[str, Json]:
    kept = {name: kind for name, kind in kinds.items() if draw.random() < 0.94}
    return {name: _value(draw, kind) for name, kind in kept.items()}


def _value(draw: Random, kind: str) -> Json:
    if draw.random() < 0.04:
        return draw.choice(WILD)
    return draw.choice([*VALUES[kind], *LOOKALIKES.get(kind, [])])


def _pointer(draw: Random, facts: Json) -> str:
    """Give a pointer to something in the facts, to a gap in them, or to more of a container."""
    pointer = draw.choice(["/a/texts", "/a/texts", "/go/dirs", "/xs", "/xs/0/ys", "/ms", "/ws"])
    here = _at(facts, tokens_of(pointer))
    if draw.random() < 0.5 or here is None:
        pointer, here = "", facts
    while True:
        stops = bool(pointer) and draw.random() < 0.3
        if stops or not isinstance(here, dict | list) or (here and "$redacted" in here):
            return pointer
        if pointer and draw.random() < 0.3:
            return pointer + "/-"
        if isinstance(here, list):
            index = draw.randrange(len(here) + 1)
            pointer += f"/{index}"
            here = here[index] if index < len(here) else None
        else:
            key = draw.choice([*here, "k", "n", "k1", "missing"])
            pointer += "/" + key
            here = here.get(key)


def _at(value: Json, tokens: tuple[str, ...]) -> Json:
    for token in tokens:
        if isinstance(value, list):
            value = dict(enumerate(value)).get(int(token) if token.isdigit() else -1)
        else:
            value = value.get(token) if isinstance(value, dict) else None
    return value
