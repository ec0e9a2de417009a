from __future__ import annotations

import json

import pytest

SHOP = "/home/dana/shop"


@pytest.fixture
def value(gathered):
    """Gather one JSON file as `acme.x`."""

    def make(content, **options):
        text = content if isinstance(content, str) else json.dumps(content)
        entry = options.pop("entry", "{fact: acme.x, file: x.json, format: json}")
        return gathered(entry, {f"{SHOP}/x.json": text}, **options)

    return make


def test_a_key_that_names_a_secret_hides_what_is_below_it(value):
    document = value(
        {
            "password": "hunter2",
            "port": 80,
            "tokens": {"github": ["gh-abc"], "n": 12345, "on": True},
            "url": "https://dana:hunter2@h.example/",
        }
    )
    text = json.dumps(document["facts"])
    assert not [word for word in ("hunter2", "gh-abc", "12345") if word in text]
    assert document["facts"]["acme"]["x"]["port"] == 80
    assert document["facts"]["acme"]["x"]["tokens"]["on"] is True


@pytest.mark.parametrize(
    ("entry", "environment"),
    [
        ("{fact: acme.api_token, file: x.json, format: json}", {}),
        ("{fact: acme.x, variable: DB_PASSWORD}", {"DB_PASSWORD": "hunter2"}),
        ('{fact: acme.x, file: x.json, format: text, pattern: "(?P<secret>hunter2)"}', {}),
        ("{fact: acme.x, file: x.json, format: json, at: password}", {}),
    ],
)
def test_the_names_that_lead_to_a_value_count_as_well(value, entry, environment):
    content = {"password": "hunter2"} if "at:" in entry else "hunter2"
    document = value(content, entry=entry, environment=environment)
    assert "hunter2" not in json.dumps([document["facts"], document["absent"]])
    assert "$redacted" in json.dumps(document["facts"])


def test_a_key_that_holds_a_secret_is_not_told(value):
    document = value({"https://dana:hunter2@h.example": 1, "a": 2})
    assert "hunter2" not in json.dumps([document["facts"], document["provenance"]])
    assert document["facts"]["acme"]["x"] == {"a": 2}
    assert document["absent"]["/acme/x/-"]["reason"] == "redacted"


def test_a_private_key_is_a_secret_by_its_looks(value):
    pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n"
    document = value({"note": pem})
    assert list(document["facts"]["acme"]["x"]["note"]) == ["$redacted"]
    assert "BEGIN" not in json.dumps(document["facts"])


def test_a_file_cannot_forge_a_secret(value):
    document = value({"a": {"$redacted": "x"}, "b": 1})
    assert document["facts"]["acme"]["x"] == {"b": 1}
    assert document["absent"]["/acme/x/a"]["reason"] == "unsupported"


@pytest.mark.parametrize(
    ("schema", "content", "detail"),
    [
        ("{type: string}", "1", "a text, and {file}:1:1 holds a number"),
        ("{type: [string, 'null']}", "true", "a text or null, and {file}:1:1 holds a truth value"),
        ("{type: integer}", "1.5", "a whole number, and {file}:1:1 holds a number"),
    ],
)
def test_a_value_of_another_type_than_declared_is_unknown(value, schema, content, detail):
    facts = f"facts: {{acme: {{properties: {{x: {schema}}}}}}}\n"
    document = value(content, facts=facts)
    assert document["absent"]["/acme"] == {
        "reason": "wrong_type",
        "detail": "`acme.x` is declared as " + detail.format(file=f"{SHOP}/x.json"),
    }


def test_only_the_part_of_another_type_is_unknown(value):
    parts = "{a: {type: string}, l: {items: {type: string}}}"
    facts = f"facts: {{acme: {{properties: {{x: {{properties: {parts}}}}}}}}}\n"
    document = value({"a": 1, "b": 2, "l": ["x", 3, "y"]}, facts=facts)
    assert document["facts"]["acme"]["x"] == {"b": 2, "l": ["x"]}
    assert set(document["absent"]) >= {"/acme/x/a", "/acme/x/l/-"}


def test_what_follows_a_hole_in_a_list_does_not_move_up(gathered):
    document = gathered(
        "{fact: acme.x, file: x.yaml, format: yaml}", {f"{SHOP}/x.yaml": "[a, yes, b]"}
    )
    assert document["facts"]["acme"]["x"] == ["a"]
    assert document["absent"]["/acme/x/-"] == {
        "reason": "ambiguous",
        "detail": f"{SHOP}/x.yaml:1:5: readers of YAML 1.1 and of 1.2 take it for different values",
    }


@pytest.mark.parametrize(
    "content",
    [
        "[" + ",".join(["1"] * 60_000) + "]",
        '{"' + "k" * 300_000 + '": [' + ",".join(["1"] * 1000) + "]}",
    ],
    ids=["many values", "long pointers"],
)
def test_a_value_that_would_fill_the_document_is_too_large(value, content):
    document = value(content)
    assert document["absent"]["/acme"]["reason"] == "too_large"
    assert document["absent"]["/acme"]["detail"].endswith("choose a part of it with `at`")


def test_bytes_and_halves_of_characters_do_not_break_a_document(value):
    document = value('{"a": "\\ud800", "b\\ud800": 1, "-": 2, "c": 3}')
    assert document["facts"]["acme"]["x"] == {"-": 2, "c": 3}
    variable = value("1", entry="{fact: acme.x, variable: X}", environment={"X": "\udcff"})
    assert variable["absent"]["/acme"]["reason"] == "parse_error"
