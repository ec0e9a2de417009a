"""What is questionable in a facts document, and where that stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compile.lint_facts import MOST, lint_facts, require_conforming, why_unreadable
from engine.errors import FactsError
from engine.loading.facts import MAX_DEPTH, read_facts

ENVELOPE = {"schema": "precedent/facts/v1"}
REDACTED = {"$redacted": ["https://", {"salt": "a", "hash": "b"}]}


def said(facts, packs=(), **envelope):
    document = {**ENVELOPE, "facts": facts, **envelope} if envelope or packs == () else facts
    return [str(found) for found in lint_facts(json.dumps(document).encode(), "x", packs)]


def only(facts, packs=(), **envelope):
    (found,) = said(facts, packs, **envelope)
    return found.partition(" ")[2]


CLEAN = {
    "nothing": {},
    "a few facts": {"go": {"installed": True, "version": "go1.22.3"}},
    "secrets in texts, marked as such or not": {
        "env": {"GOPROXY": {"state": "set", "value": REDACTED}},
        "project": {"directory": REDACTED},
    },
    "names that nobody knows beforehand": {
        "files": {"/a/~b": {"kind": "file", "size": 1, "scripts": {"zsh": [["cmd", 1]]}}},
        "users": {"dana": {"uid": 0}},
    },
    "contexts of one's own": {"contexts": {"terminal": {"env": {"A": {"state": "unset"}}}}},
    "a whole number with a fraction of nothing": {"user": {"uid": 1000.0}},
}


@pytest.mark.parametrize("facts", CLEAN.values(), ids=CLEAN)
def test_a_good_document_has_nothing_to_mend(facts):
    assert said(facts) == []


MISFITS = {
    "a text for a truth value": (
        {"go": {"installed": "yes"}},
        "`/facts/go/installed`: it is a text, not a truth value",
    ),
    "a number for a text": ({"host": {"os": 1}}, "`/facts/host/os`: it is a number, not a text"),
    "null for a text": ({"host": {"os": None}}, "`/facts/host/os`: it is null, not a text"),
    "a mapping for a text": (
        {"host": {"os": {"name": "linux"}}},
        "`/facts/host/os`: it is a mapping, not a text",
    ),
    "a secret for a number": (
        {"user": {"uid": REDACTED}},
        "`/facts/user/uid`: it is a mapping, not a whole number",
    ),
    "a fraction for a whole number": (
        {"user": {"uid": 0.5}},
        "`/facts/user/uid`: it is a number with a fraction, not a whole number",
    ),
    "a list for a mapping": ({"go": []}, "`/facts/go`: it is a list, not a mapping"),
    "a mapping for a list": (
        {"path": {"entries": {}}},
        "`/facts/path/entries`: it is a mapping, not a list",
    ),
    "a word that is none": (
        {"go": {"env_file": {"state": "presnt"}}},
        (
            "`/facts/go/env_file/state`: it is none of `present`, `missing`, `off`, `unreadable`; "
            "did you mean `present`?"
        ),
    ),
    "an element": (
        {"path": {"entries": [{}, {"position": "1"}]}},
        "`/facts/path/entries/1/position`: it is a text, not a whole number",
    ),
    "a line before the first": (
        {"contexts": {"a": {"loaded": [{"by": {"line": 0}}]}}},
        "`/facts/contexts/a/loaded/0/by/line`: it is less than 1",
    ),
    "a name below": (
        {"go": {"env_file": {"settigns": {}}}},
        "`/facts/go/env_file/settigns`: nobody declares `settigns`; did you mean `settings`?",
    ),
    "a name at the top": (
        {"host": {}, "pth": {}},
        "`/facts/pth`: nobody declares `pth`; did you mean `path`?",
    ),
    "a name like nothing": (
        {"zzzz": {}},
        (
            "`/facts/zzzz`: nobody declares `zzzz`; `engine list facts` shows what there is, and a "
            "pack declares its own under `facts`"
        ),
    ),
    "a name like nothing among few": (
        {"probe": {"zzz": 1}},
        "`/facts/probe/zzz`: nobody declares `zzz`; there are `asked`",
    ),
    "a version that is none": (
        {"go": {"version": "1,22"}},
        (
            "`/facts/go/version`: it is not a version of Go such as `1.22.3`; "
            "rules that compare it will be unknown"
        ),
    ),
}


@pytest.mark.parametrize(("facts", "words"), MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_named(facts, words):
    assert only(facts) == words


def test_a_finding_stands_where_the_value_or_the_unknown_key_does():
    text = b'{\n "go": {"installed":\n   "yes",\n  "instaled": 1}\n}\n'

    assert [str(found.place) for found in lint_facts(text, "x")] == ["x:3:4", "x:4:3"]


def test_a_document_without_an_envelope_is_named_as_it_stands():
    found = lint_facts(b'{"go": {"installed": 1}}', "x")

    assert str(found[0]) == "x:1:22: `/go/installed`: it is a number, not a truth value"


POINTERS = {
    "provenance of nothing": (
        {"provenance": {"/host/os": {"from": "uname"}}},
        "`/provenance/~1host~1os`: no fact stands there; remove it",
    ),
    "provenance of a name that nobody declares": (
        {"provenance": {"/go/versoin": {}}},
        "`/provenance/~1go~1versoin`: nobody declares `versoin`; did you mean `version`?",
    ),
    "a hole over a fact": (
        {"absent": {"/go/installed": {"reason": "timeout"}}},
        (
            "`/absent/~1go~1installed`: a fact stands there, and counts as not known; "
            "remove the one or the other"
        ),
    ),
    "a hole in a list that nobody declares": (
        {"absent": {"/path/entries/0/dri": {"reason": "timeout"}}},
        "`/absent/~1path~1entries~10~1dri`: nobody declares `dri`; did you mean `dir`?",
    ),
    "a cause that is none": (
        {"absent": {"/host": {"reason": "timeuot"}}},
        (
            "`/absent/~1host/reason`: it is none of `not_collected`, `permission`, `redacted`, "
            "`unsupported`, `opaque`, `parse_error`, `missing`, `wrong_type`, `timeout`, "
            "`too_large`, `ambiguous`; did you mean `timeout`?"
        ),
    ),
}


@pytest.mark.parametrize(("envelope", "words"), POINTERS.values(), ids=POINTERS)
def test_a_pointer_that_leads_astray_is_named(envelope, words):
    assert only({"go": {"installed": True}}, **envelope) == words


def test_pointers_that_lead_somewhere_are_fine():
    facts = {"go": {"env": {"A/B": "1"}}, "path": {"entries": [{"dir": "/bin"}]}}
    provenance = {"": {}, "/go/env/A~1B": {}, "/path/entries/0/dir": {}}
    absent = {"/go/env/-": {"reason": "missing"}, "/path/entries/0/mode": {"reason": "missing"}}

    assert said(facts, provenance=provenance, absent=absent) == []


def test_what_a_collector_found_is_no_mistake_of_the_document():
    facts = {"project": {"go_mod": {"go": "newest"}}}

    assert "not a version of Go" in only(facts, provenance={"/project": {"from": "me"}})
    assert said(facts, provenance={"/project": {"collector": "project"}}) == []


ACME = {
    "acme": {
        "type": "object",
        "properties": {
            "image": {"type": "string", "enum": ["a", "b"]},
            "code": {"type": "string", "pattern": "^[a-z]{2}$"},
            "since": {"type": "string", "format": "date-time"},
            "more": {"type": "object", "additionalProperties": False, "properties": {"x": {}}},
        },
    },
    "anything": True,
}


def test_facts_of_a_pack_are_held_to_what_the_pack_declares():
    good = {"acme": {"image": "a", "code": "xy", "since": "2026-01-31"}, "anything": {"x": 1}}
    wrong = {
        "image": "c",
        "code": "XYZ",
        "since": "yesterday",
        "more": {"y": 1, "z": 1},
        "imgae": "a",
    }

    assert said(good, [ACME]) == []
    assert [line.partition(": ")[2] for line in said({"acme": wrong}, [ACME, ACME])] == [
        "`/acme/image`: it is none of `a`, `b`",
        '`/acme/code`: it does not conform to `pattern: "^[a-z]{2}$"`',
        (
            "`/acme/since`: it is no date or time of RFC 3339 such as `2026-01-31T12:00:00Z`; "
            "rules that compare it will be unknown"
        ),
        "`/acme/more/y`: nobody declares `y`; there are `x`",
        "`/acme/more/z`: nobody declares `z`; there are `x`",
        "`/acme/imgae`: nobody declares `imgae`; did you mean `image`?",
    ]


def test_a_value_is_never_shown():
    facts = {
        "env": {"A": {"state": "hunter2", "value": 7}},
        "go": {"version": "hunter2", "installed": "hunter2"},
    }

    found = said(facts)
    assert len(found) == 4
    assert "hunter2" not in "".join(found)


REFUSED = {
    "nothing": ("", "x: empty"),
    "a list": ("[1]", "x: holds a list, not a mapping of facts"),
    "half a document": ('{"a": [1,\n', "x:2:1: not JSON: the document ends too early"),
    "a comma too many": ('{\n "a": 1,\n}', "x:3:1: not JSON: "),
    "a key twice": ('{\n "a": 1,\n "b": {"c": 1, "c": 2}}', "x:3:16: the key `c` stands twice"),
    "a key twice that holds one": (
        '{"x": 1,\n "x": {"c": 1, "c": 2}}',
        "x:2:2: the key `x` stands twice in one mapping",
    ),
    "another schema": (
        '{"schema": "precedent/facts/v9"}',
        "x:1:1: the document: it lacks `facts`\nx:1:12: `/schema`: it is not `precedent/facts/v1`",
    ),
    "a key that is none": (
        '{"schema": "precedent/facts/v1",\n "fact": {}, "facts": {}}',
        "x:2:2: `/fact`: nobody declares `fact`; did you mean `facts`?",
    ),
    "facts that are none": (
        '{"schema": "precedent/facts/v1",\n "facts": []}',
        "x:2:11: `/facts`: it is a list, not a mapping",
    ),
    "no facts": ('{"schema": "precedent/facts/v1"}', "x:1:1: the document: it lacks `facts`"),
    "a subject that is none": (
        '{"schema": "precedent/facts/v1", "subject":\n{"kind": "laptop"}, "facts": {}}',
        "x:2:10: `/subject/kind`: it is none of `workstation`",
    ),
    "an entry that is none": (
        '{"schema": "precedent/facts/v1", "facts": {}, "absent":\n{"/go": "x"}}',
        "x:2:9: `/absent/~1go`: it is a text, not a mapping",
    ),
    "a pointer that is none": (
        '{"schema": "precedent/facts/v1", "facts": {}, "absent":\n{"go": {"reason": "missing"}}}',
        "x:2:2: `/absent/go`: it is no JSON pointer; a JSON pointer starts with `/`",
    ),
    "a secret that is none": ('{"a": {"$redacted": 1}}', "x: a `$redacted` value is not a list"),
    "what is no number": ('{"a": NaN}', "x: holds `NaN`, which is not JSON"),
    "what is no number, beside what is odd": (
        '{"schema": "precedent/facts/v1", "facts": {"a": NaN}, "provenance": {"": {"line": 0}}}',
        "x: holds `NaN`, which is not JSON",
    ),
    "a number out of range": ('{"a": 1e999}', "x: holds the number `1e999`"),
    "endless depth": ("[" * 100_000, "x: nested deeper than"),
    "depth in facts": ('{"a":' * 200 + "1" + "}" * 200, "x: nested deeper than"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("look", [lint_facts, require_conforming])
def test_what_cannot_be_judged_is_refused_with_its_place(text, words, look):
    with pytest.raises(FactsError) as refused:
        look(text.encode(), "x")

    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("content", [b'{"a": "\xff"}', b"\xff\xfe{\x00}\x00", b"\x1f\x8b\x08"])
def test_what_is_not_utf_8_is_refused(content):
    with pytest.raises(FactsError, match="not UTF-8 at byte"):
        lint_facts(content, "x")


def test_a_byte_order_mark_does_not_move_anything_but_its_line():
    found = lint_facts('\ufeff{\n"go": 1}'.encode(), "x")

    assert str(found[0]) == "x:2:7: `/go`: it is a number, not a mapping"


def test_depth_that_the_loader_takes_is_taken():
    inside = "x"
    for _ in range(MAX_DEPTH - 4):
        inside = [inside]
    facts = {"snippets": {"bash": {"0": [inside]}}}

    assert said(facts) == []


def test_a_schema_that_goes_round_is_followed_as_far_as_the_document_goes():
    schema = {"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}
    inside = []
    for _ in range(MAX_DEPTH - 4):
        inside = [inside]

    assert said({"acme": inside}, [{"acme": schema}]) == []


def test_many_mistakes_are_told_up_to_a_bound():
    facts = {"path": {"entries": [{"position": "x"}] * 10_000}}

    *found, last = said(facts)
    assert len(found) == MOST
    assert last == "x: there is more to mend than this"


def test_long_and_odd_names_are_shortened_and_harmless():
    found = only({"a" * 100_000: 1, "go": {}})

    assert len(found) < 500
    assert found.startswith("`/facts/aaaa")
    assert "\x1b" not in only({"\x1b[31m": 1})


@pytest.mark.parametrize(
    ("value", "schema", "is_readable"),
    [
        ("1.22", {"format": "go-version"}, True),
        ("latest", {"format": "go-version"}, False),
        ("1.2.3", {"format": "semver"}, True),
        ("1.2", {"format": "semver"}, False),
        ("1.2rc1", {"format": "pep440"}, True),
        ("2026-01-31T12:00:00Z", {"format": "date-time"}, True),
        ("2026-01-31T12:00:00", {"format": "date-time"}, False),
        ("relative", {"format": "path"}, True),
        ("x", {"format": "email"}, True),
        ("x", {}, True),
        (1, {"format": "semver"}, True),
    ],
)
def test_a_text_is_readable_where_an_operator_reads_it(value, schema, is_readable):
    assert (why_unreadable(value, schema) is None) == is_readable


KEYS = st.sampled_from(
    [*ENVELOPE, "facts", "absent", "go", "env", "version", "-", "$redacted", "", "/go"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | KEYS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.fixed_dictionaries(
    {"schema": st.just("precedent/facts/v1"), "facts": VALUES},
    optional={"subject": VALUES, "provenance": VALUES, "absent": VALUES},
)


def test_a_document_that_lacks_its_schema_is_told_so():
    (found,) = lint_facts(b'{"facts": {"go": {"instaled": true}}, "absent": {}}', "x")
    assert "without `schema`" in str(found)


@given(DOCUMENTS | VALUES)
def test_whatever_a_document_holds_it_is_looked_at_or_refused(document):
    content = json.dumps(document).encode()
    try:
        read_facts(content, "x")
    except FactsError:
        with pytest.raises(FactsError):
            lint_facts(content, "x")
    else:
        assert all(found.place.line == 1 for found in lint_facts(content, "x"))


@given(st.binary(max_size=40) | st.text(alphabet='{}[]:,"a1 \\\n', max_size=20).map(str.encode))
def test_bytes_that_are_no_document_are_refused_as_the_loader_does(content):
    try:
        read_facts(content, "x")
    except FactsError:
        with pytest.raises(FactsError):
            lint_facts(content, "x")
