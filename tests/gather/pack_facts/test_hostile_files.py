"""Whatever a file holds, the document can be read, and nothing but the file's facts is lost."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.gather.host import Answer
from tests.gather.fake_host import Node

SHOP = "/home/dana/shop"
FORMATS = ("json", "yaml", "toml", "ini", "env", "text")
ENTRIES = (
    "".join(
        f"{{fact: acme.{name}, file: x, format: {name}}}\n"
        + (
            f"{{fact: acme.part.{name}, file: x, format: {name}, at: a.b}}\n"
            if name != "text"
            else ""
        )
        for name in FORMATS
    )
    + "{fact: acme.found, file: x, format: text, pattern: '(?P<a>.)=(?P<b>.*)?'}\n"
)
PIECES = st.sampled_from([
    "a", "b", ":", ": ", "=", " = ", "\n", "\n  ", "- ", "[", "]", "{", "}", '"', "'", ",", ", ",
    "#", "&a ", "*a", "!t ", "<<", "|\n", "---\n", "\t", "1", "1e999", "0x", "null", "~", "yes",
    "\\", "\\ud800", "\r\n", "\x00", "\ufeff", "é", "$", "-", ".", "\u2028", "[[", "]]", "nan",
    '{"$redacted": []}', "password: x", "export ", "2026-01-02",
])  # fmt: skip
CONTENTS = st.lists(PIECES, max_size=25).map(lambda p: "".join(p).encode()) | st.binary(max_size=40)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTENTS)
def test_no_content_breaks_the_collector(gathered, content):
    document = gathered(ENTRIES, {f"{SHOP}/x": content})

    assert "broke" not in json.dumps(document["absent"])


def test_a_command_that_several_facts_share_runs_once(gathered):
    document = gathered(
        "{fact: acme.a, command: [acme-tool], format: json, at: build}\n"
        "{fact: acme.b, command: [acme-tool], format: json}\n",
        {"/usr/bin/acme-tool": Node(content=b"x")},
        programs={"/usr/bin/acme-tool": lambda *_: Answer(0, b'{"build": 7}', b"")},
        trusted="all",
    )
    assert document["facts"]["acme"] == {"a": 7, "b": {"build": 7}}
    assert len(document["host"].runs) == 1


def test_all_facts_of_a_pack_have_one_bound_as_well(gathered):
    part = json.dumps(list(range(20_000)))
    lines = "".join(f"{{fact: acme.x{n}, file: x{n}, format: json}}\n" for n in range(8))
    document = gathered(lines, {f"{SHOP}/x{n}": part for n in range(8)})

    assert "x0" in document["facts"]["acme"]
    assert document["absent"]["/acme/x7"]["reason"] == "too_large"
    assert len(json.dumps([document["facts"], document["provenance"]])) < 32 << 20


def test_a_command_that_fails_is_not_run_for_each_fact(gathered):
    document = gathered(
        "{fact: acme.a, command: [acme-tool], format: json, at: build}\n"
        "{fact: acme.b, command: [acme-tool], format: json}\n",
        {"/usr/bin/acme-tool": Node(content=b"x")},
        programs={"/usr/bin/acme-tool": lambda *_: Answer(1, b"", b"")},
        trusted="all",
    )
    assert document["absent"]["/acme"]["reason"] == "unsupported"
    assert len(document["host"].runs) == 1


def test_a_variable_that_is_no_text_is_told_by_its_name(gathered):
    document = gathered("{fact: acme.x, variable: X, pattern: a}", environment={"X": "a\udcff"})
    assert document["absent"]["/acme"] == {
        "reason": "parse_error",
        "detail": "environment variable X:1: this is not UTF-8",
    }
