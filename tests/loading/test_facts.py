"""Facts documents: what they become, and one clear line for each that cannot be read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FactsError
from engine.evaluate.lookup import find
from engine.loading.facts import MAX_BYTES, MAX_DEPTH, SCHEMA, facts_from, read_facts
from engine.model.facts import Absent, Facts, PartialMap, Redacted
from engine.model.place import Provenance


def read(content: Any) -> Facts:
    """Read a document from text, bytes or plain values."""
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content)
    return read_facts(content.encode() if isinstance(content, str) else content, "facts.json")


def refusal(content: Any) -> str:
    """Give the one line that says why a document cannot be read."""
    with pytest.raises(FactsError) as caught:
        read(content)
    line = str(caught.value)
    assert "\n" not in line
    return line.removeprefix("facts.json:").lstrip()


def whole(**parts: Any) -> dict[str, Any]:
    """Give a document of ours."""
    return {"schema": SCHEMA, "facts": {}, **parts}


# What documents become


def test_a_document_without_a_schema_is_taken_whole_as_facts():
    facts = read({"go": {"version": "1.22"}, "facts": 1, "absent": {"/go": 1}})
    assert facts.root == {"go": {"version": "1.22"}, "facts": 1, "absent": {"/go": 1}}
    assert (facts.kind, facts.provenance, facts.name) == (None, {}, "facts.json")


@pytest.mark.parametrize("schema", ["other/v1", 1, None, {"a": 1}])
def test_a_schema_of_somebody_else_is_a_fact(schema: Any):
    assert read({"schema": schema}).root == {"schema": schema}


def test_a_document_of_ours_has_a_kind_facts_and_provenance():
    facts = read(
        whole(
            subject={"kind": "workstation", "platform": "linux/amd64"},
            facts={"a": 1},
            provenance={"/a": {"collector": "c", "from": "f", "file": "x", "line": 1, "column": 2}},
        )
    )
    assert facts.root == {"a": 1}
    assert facts.kind == "workstation"
    assert facts.provenance_of("/a") == Provenance("c", "f", "x", 1, 2)


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '\ufeff{"a": 1}', ' \n{"a": 1}\r\n', '{"a": 1.0}', '{"a": 1e0}']
)
def test_json_is_read_as_json(text: str):
    assert read(text).root == {"a": 1}


def test_values_keep_their_types():
    text = '{"i": 12345678901234567890, "f": 1.5, "t": true, "n": null, "s": "012", "u": "\\ud800"}'
    values = read(text).root
    assert values == {
        "i": 12345678901234567890, "f": 1.5, "t": True, "n": None, "s": "012", "u": "\ud800",
    }  # fmt: skip
    assert [type(value) for value in values.values()] == [int, float, bool, type(None), str, str]


def test_a_secret_is_read_wherever_it_stands():
    atom = {"salt": "s", "hash": "1f"}
    facts = read({"a": [{"$redacted": ["user:", atom]}], "b": {"$redacted": "x", "c": 1}})
    secret = facts.root["a"][0]
    assert isinstance(secret, Redacted)
    assert secret.atoms == ("user:", ("s", "1f"))
    assert repr(secret) == "<redacted>"
    assert facts.root["b"] == {"$redacted": "x", "c": 1}, "with other keys it is a mapping"


# Refusals


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("\ufeff", "empty"),
        (b"\xff\xfe{", "not UTF-8 at byte 0; write it as UTF-8"),
        (b'{"a": "\xe9"}', "not UTF-8 at byte 7; write it as UTF-8"),
        ('{"a": 1', "1:8: not JSON: the document ends too early"),
        ('{"a": "b', "1:7: not JSON: the document ends too early"),
        ("{'a': 1}", "1:2: not JSON: expecting property name enclosed in double quotes"),
        ('{\n"a": b}', "2:6: not JSON: expecting value"),
        ('{"a": 1} x', "1:10: not JSON: extra data"),
        ('{"a": NaN}', "holds `NaN`, which is not JSON"),
        ('{"a": -Infinity}', "holds `-Infinity`, which is not JSON"),
        ('{"a": 1e999}', "holds the number `1e999`, which is out of range"),
        ('{"a": ' + "9" * 5000 + "}", "holds a whole number that is out of range"),
        ('{"a": 1, "b": 2, "a": 3}', "the key `a` stands twice in one mapping"),
        ('{"a\\n\\u202e": 1, "a\\n\\u202e": 3}',
         "the key `a\\n\\u202e` stands twice in one mapping"),
        ("[]", "holds a list, not a mapping of facts"),
        ("null", "holds null, not a mapping of facts"),
        ('"text"', "holds a text, not a mapping of facts"),
        ("1", "holds a number, not a mapping of facts"),
        ("true", "holds a truth value, not a mapping of facts"),
        ('{"$redacted": ["a"]}', "holds a secret, not a mapping of facts"),
        ('{"a": {"$redacted": 1}}',
         "a `$redacted` value is not a list of texts and `{salt, hash}` pairs"),
        ('{"a": {"$redacted": []}}',
         "a `$redacted` value is not a list of texts and `{salt, hash}` pairs"),
        ('{"a": {"$redacted": [{"salt": "s"}]}}',
         "a `$redacted` value is not a list of texts and `{salt, hash}` pairs"),
        ("[" * 200_000, f"nested deeper than {MAX_DEPTH} levels"),
        ({"schema": "precedent/facts/v2", "facts": {}},
         "written to the schema `precedent/facts/v2`; this engine reads `precedent/facts/v1`"),
        ({"schema": SCHEMA}, "no `facts` in it"),
        (whole(fact={}), "unknown key `fact`; did you mean `facts`?"),
        (whole(zzz={}), "unknown key `zzz`"),
        (whole(facts=[]), "`/facts` is a list, not a mapping"),
        (whole(facts=None), "`/facts` is null, not a mapping"),
        (whole(subject="ci"), "`/subject` is a text, not a mapping"),
        (whole(subject={"kind": 1}), "`/subject/kind` is a number, not a text"),
        (whole(subject={"kind": "repo"}),
         ("unknown kind of subject `repo`; "
         "there are `workstation`, `repository`, `container`, `ci`")),
        (whole(subject={"kind": "workstaton"}),
         "unknown kind of subject `workstaton`; did you mean `workstation`?"),
        (whole(subject={"kind": {"$redacted": ["a"]}}), "`/subject/kind` is a secret, not a text"),
        (whole(provenance=[]), "`/provenance` is a list, not a mapping"),
        (whole(provenance={"a": {}}),
         "`a` in `provenance` is no JSON pointer; a JSON pointer starts with `/`"),
        (whole(provenance={"/a": "x"}), "`/a` in `provenance` is a text, not a mapping"),
        (whole(provenance={"/a": {"fil": "x"}}),
         "`/a` in `provenance` has an unknown key `fil`; did you mean `file`?"),
        (whole(provenance={"/a": {"line": "1"}}), "`line` of `/a` in `provenance` is a text"),
        (whole(provenance={"/a": {"line": True}}),
         "`line` of `/a` in `provenance` is a truth value"),
        (whole(provenance={"/a": {"file": {"$redacted": ["a"]}}}),
         "`file` of `/a` in `provenance` is a secret"),
        (whole(absent={"/a": {}}), "`/a` in `absent` has no `reason`"),
        (whole(absent={"/a": {"reason": ""}}), "`/a` in `absent` has no `reason`"),
        (whole(absent={"/a": {"reason": 1}}), "`reason` of `/a` in `absent` is a number"),
        (whole(absent={"/a": "timeout"}), "`/a` in `absent` is a text, not a mapping"),
        (whole(absent={"/" + "x" * 100: 1}),
         f"`/{'x' * 56}...` in `absent` is a number, not a mapping"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read_is_refused_in_one_line(content: Any, line: str):
    assert refusal(content) == line


def test_a_document_that_is_too_large_is_refused_unread():
    assert refusal(b" " * (MAX_BYTES + 1)) == (
        "larger than 64 MiB; split the document or leave parts out"
    )


def test_a_document_may_be_nested_to_a_bound():
    def nested(levels: int) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for _ in range(levels - 1):
            value = {"a": value}
        return value

    assert read(nested(MAX_DEPTH)).root
    assert refusal(nested(MAX_DEPTH + 2)) == f"nested deeper than {MAX_DEPTH} levels"
    assert refusal(whole(facts=nested(MAX_DEPTH + 2))) == f"nested deeper than {MAX_DEPTH} levels"


def test_a_refusal_shows_no_hidden_characters():
    assert refusal(whole(**{"\x1b[31m\u202e": {}})).isprintable()


# Holes


def laid(facts: dict[str, Any], *pointers: str) -> Any:
    """Give the root of facts with holes; each hole's detail is its pointer."""
    absent = {pointer: {"reason": "timeout", "detail": pointer} for pointer in pointers}
    return facts_from(whole(facts=facts, absent=absent), "facts.json").root


def test_a_hole_covers_a_value_that_is_there():
    root = laid({"a": {"b": 1, "c": 2}}, "/a/b")
    assert root["a"]["b"].detail == "/a/b"
    assert root["a"]["c"] == 2
    assert isinstance(root["a"], PartialMap)


def test_a_hole_in_the_hole_keeps_its_own_cause():
    root = laid({"a": {"b": {"c": 1}}}, "/a", "/a/b/c")
    assert find(root, ("a", "x")).detail == "/a"
    assert find(root, ("a", "b")).detail == "/a"
    assert find(root, ("a", "b", "c")).detail == "/a/b/c"


def test_a_container_with_a_dash_may_hold_more():
    root = laid({"xs": [1], "m": {"a": 1}}, "/xs/-", "/m/-")
    assert (root["xs"], root["m"]) == ([1], {"a": 1})
    assert root["xs"].more.detail == "/xs/-"
    assert root["m"].more.detail == "/m/-"


def test_a_key_that_is_a_dash_is_covered_and_opens_its_mapping():
    """Whichever of both was meant, nothing unknown is taken for known."""
    root = laid({"m": {"-": 1, "a": 1}}, "/m/-")
    assert root["m"]["-"].detail == "/m/-"
    assert find(root, ("m", "b")).certain is False


def test_a_pointer_next_to_the_last_element_adds_one_and_one_further_on_leaves_a_gap():
    assert [type(value) for value in laid({"xs": [1]}, "/xs/1")["xs"]] == [int, Absent]
    root = laid({"xs": [1]}, "/xs/1", "/xs/2")
    assert [type(value) for value in root["xs"]] == [int, Absent, Absent]
    for pointer in ("/xs/9", "/xs/x", "/xs/" + "9" * 5000):
        root = laid({"xs": [1]}, pointer)
        assert root["xs"][0] == 1
        assert find(root, ("xs", 4)).certain is False


def test_a_pointer_with_escapes_finds_its_key():
    root = laid({"a/b": {"~": 1}}, "/a~1b/~0")
    assert root["a/b"]["~"].detail == "/a~1b/~0"


def test_a_hole_at_the_root_leaves_nothing_known():
    root = laid({"a": 1}, "", "/b/c")
    assert find(root, ("a",)).detail == ""
    assert find(root, ("a",)).cause == "timeout"
    assert find(root, ("b", "x")).cause == "timeout"
    assert find(root, ("b", "c")).detail == "/b/c"


def test_a_hole_below_a_scalar_says_nothing_new():
    assert laid({"a": 1}, "/a/b") == {"a": 1}


def test_the_document_itself_is_not_changed():
    facts = {"a": {"b": 1}, "xs": [1, [2]]}
    laid(facts, "/a/b", "/xs/1/-", "/xs/-", "/z")
    assert facts == {"a": {"b": 1}, "xs": [1, [2]]}
    assert type(facts["xs"]) is list


KEYS = st.sampled_from(["a", "b", "-", "0", "1", "2", "", "a/b", "~", "é"])
VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", "text"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
POINTERS = st.lists(KEYS, max_size=4).map(
    lambda steps: "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
)


def leaves(
    value: Any, steps: tuple[str | int, ...] = ()
) -> list[tuple[tuple[str | int, ...], Any]]:
    """Give every scalar of plain JSON with its path."""
    if isinstance(value, dict):
        return [leaf for key, child in value.items() for leaf in leaves(child, (*steps, key))]
    if isinstance(value, list):
        return [leaf for at, child in enumerate(value) for leaf in leaves(child, (*steps, at))]
    return [(steps, value)]


def pointer_of(steps: tuple[str | int, ...]) -> str:
    """Give a path as a pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


@settings(max_examples=300)
@given(st.dictionaries(KEYS, VALUES, max_size=3), st.lists(POINTERS, max_size=4))
def test_a_hole_covers_what_lies_below_it_and_leaves_what_lies_beside_it(facts, pointers):
    root = laid(facts, *pointers)
    for steps, value in leaves(facts):
        ways = [pointer_of(steps[: number + 1]) for number in range(len(steps))]
        found = find(root, steps)
        if "" in pointers or set(ways) & set(pointers):
            assert isinstance(found, Absent)
            assert not found.certain
        else:
            assert found == value
            assert type(found) is type(value)
    for pointer in pointers:
        assert _is_not_known(root, facts, pointer)


def _is_not_known(root: Any, facts: Any, pointer: str) -> bool:
    """Say whether what a pointer names, counted as rules count, is a hole."""
    steps: list[str | int] = []
    value = facts
    for part in pointer.split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        at = int(step) if isinstance(value, list) and step.isdecimal() else step
        steps.append(at)
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = value[at] if isinstance(at, int) and at < len(value) else None
    found = find(root, steps)
    return not steps or (isinstance(found, Absent) and not found.certain)


@settings(max_examples=300)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=5) | st.just("$redacted"), inner, max_size=3)
            | st.fixed_dictionaries(
                {"schema": st.just(SCHEMA), "facts": inner},
                optional={"absent": inner, "provenance": inner, "subject": inner},
            )
        ),
        max_leaves=15,
    )
)
def test_any_json_is_read_or_refused(document):
    assert is_read_or_refused(json.dumps(document))


@settings(max_examples=200)
@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u0123eE+-.tfn \n', max_size=40))
def test_any_bytes_are_read_or_refused(content):
    assert is_read_or_refused(content)


def is_read_or_refused(content: str | bytes) -> bool:
    """Say whether a document is read, or refused in a line that can be shown."""
    try:
        read(content)
    except FactsError as error:
        return str(error).isprintable()
    return True


@pytest.mark.parametrize("atom", ['{"salt": null, "hash": "a"}', '{"salt": "s", "hash": 1}'])
def test_a_fingerprint_that_is_no_text_is_refused(atom):
    with pytest.raises(FactsError, match="the salt or hash of a `\\$redacted` value is no text"):
        read_facts(f'{{"x": {{"$redacted": [{atom}]}}}}'.encode(), "facts.json")


def test_a_whole_number_beyond_what_a_float_holds_is_kept_exactly():
    facts = read_facts(b'{"x": 9007199254740993.0, "y": 1.5, "z": 2.0}', "facts.json")
    assert dict(facts.root) == {"x": 9007199254740993, "y": 1.5, "z": 2.0}
    assert isinstance(facts.root["z"], float)


def test_a_number_too_small_to_be_told_from_nothing_is_refused():
    with pytest.raises(FactsError, match="out of range"):
        read_facts(b'{"x": 1e-400}', "facts.json")
    assert read_facts(b'{"x": 0.0e-400, "y": -0.0}', "facts.json").root["x"] == 0
