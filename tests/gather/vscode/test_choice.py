from __future__ import annotations

import json
import sqlite3
import time

import pytest

from engine.gather.redact import Redaction
from engine.gather.survey import Survey
from engine.gather.vscode.choice import chosen_go
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost, Node, folder

USER, SHOP = "/home/dana/.config/Code/User", "/home/dana/my shop"
STORAGE = f"{USER}/workspaceStorage"
SPACE = json.dumps({"folder": "file:///home/dana/my%20shop"})
CHOICE = {"selectedGo": {"label": "Go 1.22", "binpath": "/opt/go/bin/go"}}


def database(*statements):
    opened = sqlite3.connect(":memory:")
    for statement, *given in statements:
        opened.execute(statement, given)
    opened.commit()
    return opened.serialize()


def remembering(value, key="golang.go"):
    return database(
        ("CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)",),
        ("INSERT INTO ItemTable VALUES (?, ?)", key, value),
    )


def chosen(files):
    survey = Survey(
        FakeHost({USER: folder(), **files}),
        subject="workstation",
        directory=SHOP,
        redaction=Redaction(b"0" * 32),
    )
    return chosen_go(survey, USER, SHOP)


def one(content, space=SPACE):
    return {f"{STORAGE}/a/workspace.json": space, f"{STORAGE}/a/state.vscdb": Node(content=content)}


def test_the_go_that_was_chosen_for_the_folder_is_found():
    assert chosen(one(remembering(json.dumps(CHOICE)))) == "/opt/go/bin/go"
    assert chosen(one(remembering(json.dumps(CHOICE).encode()))) == "/opt/go/bin/go"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {f"{STORAGE}/a/state.vscdb": Node(content=remembering(json.dumps(CHOICE)))},
        {f"{STORAGE}/a/workspace.json": SPACE},
        {f"{STORAGE}/a": Node(content=b"no folder")},
        one(remembering(json.dumps(CHOICE)), space='{"folder": "file:///other"}'),
        one(remembering(json.dumps(CHOICE), key="another.extension")),
        one(remembering("{}")),
        one(remembering("null")),
        one(remembering('{"selectedGo": {"binpath": 1}}')),
        one(b""),
    ],
)
def test_where_nothing_was_chosen_there_is_nothing(files):
    assert chosen(files) is None


@pytest.mark.parametrize(
    ("files", "cause"),
    [
        (one(b"no database" * 1000), "parse_error"),
        (one(remembering(json.dumps(CHOICE))[:5000]), "parse_error"),
        (one(remembering("[" * 100_000)), "parse_error"),
        (one(remembering("not json")), "parse_error"),
        (one(database(("CREATE TABLE Other (key)",))), "parse_error"),
        (one(remembering("{}"), space="not json"), "parse_error"),
        ({f"{STORAGE}/{n}/x": "" for n in range(2_001)}, "too_large"),
        ({f"{STORAGE}/a/workspace.json": SPACE, f"{STORAGE}/a/state.vscdb": folder()}, None),
        (
            one(remembering(json.dumps(CHOICE)))
            | {
                f"{STORAGE}/b/workspace.json": SPACE,
                f"{STORAGE}/b/state.vscdb": Node(
                    content=remembering(json.dumps({"selectedGo": {"binpath": "/other/go"}}))
                ),
            },
            "ambiguous",
        ),
    ],
)
def test_what_cannot_be_read_is_not_known(files, cause):
    found = chosen(files)
    assert isinstance(found, Absent)
    assert cause in {None, found.cause}


def test_a_database_that_never_answers_gets_no_time():
    endless = database(
        (
            (
                "CREATE VIEW ItemTable AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                "FROM n) SELECT 'golang.go' AS key, i AS value FROM n WHERE i < 0"
            ),
        )
    )
    begin = time.monotonic()
    assert isinstance(chosen(one(endless)), Absent)
    assert time.monotonic() - begin < 2
