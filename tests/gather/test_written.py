from __future__ import annotations

import json

from engine.gather.written import document_text

DOCUMENT = {
    "schema": "precedent/facts/v1",
    "facts": {
        "os": {"kernel": "Linux", "list": [1, [2]], "none": []},
        "files": {
            "/b": {"kind": "missing"},
            "/a": {"scripts": {"bash": [["cmd", 1, [], [["ü"]], []], ["cmd", 2]], "zsh": []}},
        },
        "snippets": {"bash": {"00": [["opaque", 1, "x", None]]}},
    },
    "absent": {},
}


def test_a_document_means_what_it_meant():
    assert json.loads(document_text(DOCUMENT)) == DOCUMENT


def test_each_statement_of_a_script_stands_on_a_line():
    lines = [line.strip() for line in document_text(DOCUMENT).split("\n")]
    assert '["cmd",1,[],[["ü"]],[]],' in lines
    assert '["opaque",1,"x",null]' in lines
    assert lines.index('"/a": {') < lines.index('"/b": {')


def test_all_else_is_written_as_json_does_it():
    plain = {"facts": {"os": {"b": [1, {"c": "d"}], "a": []}}}
    assert document_text(plain) == json.dumps(plain, indent=2, sort_keys=True) + "\n"


def test_what_would_steer_a_terminal_is_spelled_out_and_means_the_same():
    hostile = {"facts": {"a\x9b2J": ["\x7f\u202e\\\u202e\U000e0041ü\n"]}}
    text = document_text(hostile)
    assert text.replace("\n", "").isprintable()
    assert "ü" in text
    assert json.loads(text) == hostile
