from __future__ import annotations

import contextlib
import time

import pytest

from engine.gather.collectors.env_files import FILES_LIMIT, ROWS_LIMIT, SIZE_LIMIT
from engine.gather.dotenv import DIALECTS, Refused
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.fake_host import FakeHost, Node, folder, link

SHOP = "/home/dana/shop"


@pytest.fixture
def files_of(survey_of):
    def make(files, **more):
        document, _ = survey_of(
            {f"{SHOP}/{name}": node for name, node in files.items()}, only=("env_files",), **more
        )
        return document["facts"]["env_files"], document

    return make


def test_a_plain_file_is_read_alike_by_all(files_of):
    (file,), document = files_of({".env": "A=1\nB=two\n"})
    assert file | {"readings": {}} == {
        "id": ".env",
        "file": f"{SHOP}/.env",
        "line": 1,
        "state": "present",
        "mode": "0644",
        "tracked_by_git": False,
        "plain": True,
        "differ": [],
        "readings": {},
    }
    assert file["readings"].keys() == DIALECTS.keys()
    for name, reading in file["readings"].items():
        rows = [(row["name"], row["value"], row["line"]) for row in reading["assignments"]]
        assert (reading["state"], rows) == ("read", [("A", "1", 1), ("B", "two", 2)])
        place = document["provenance"][f"/env_files/0/readings/{name}/assignments/1"]
        assert (place["from"], place["line"]) == (DIALECTS[name].title, 2)


def test_what_readers_disagree_on_is_told(files_of):
    (file,), document = files_of({".env": "A=1\nB='x y'\nC=${B}\n"})
    assert file["plain"] is False
    assert [each["name"] for each in file["differ"]] == ["B", "C"]
    values = file["differ"][0]["values"]
    assert (values["docker"], values["compose"]) == ("'x y'", "x y")
    assert values.keys() == DIALECTS.keys()
    assert file["differ"][1]["values"]["direnv"] == "x y"
    hole = document["absent"]["/env_files/0/differ/1/values/compose"]
    assert hole["reason"] == "not_collected"


def test_a_refusal_is_told_with_its_line(files_of):
    (file,), document = files_of({".env": 'A=1\nB="x\n'})
    refused = {"state": "refused", "assignments": [], "line": 2, "reason": "a quote is not closed"}
    assert file["readings"]["compose"] == refused
    assert document["provenance"]["/env_files/0/readings/compose"]["line"] == 2
    assert file["readings"]["docker"]["state"] == "read"
    assert file["plain"] is False


def test_references_and_names_alone_are_told_as_such(files_of):
    (file,), _ = files_of({".env": "B=${HOST:-d}\nNAME\n"})
    given, handed = file["readings"]["compose"]["assignments"]
    reference = {"variable": "HOST", "of": "client", "else": ["d"], "empty_is_unset": True}
    assert given["parts"] == [reference]
    assert (handed["how"], handed["of"], handed["if_missing"]) == ("pass", "client", "keep")


def test_secrets_are_hidden_in_all_that_is_told(files_of):
    text = "API_TOKEN='hunter2hunter2'\nURL=\"http://dana:hunter2hunter2@db\"\nX=${Y:-$API_TOKEN}\n"
    (file,), document = files_of({".env": text})
    assert file["differ"]
    assert "hunter2" not in str(document)


def test_a_name_that_holds_more_is_not_told(files_of):
    (file,), document = files_of({".env": "A 'hunter2'\nB=1\nhunter2 x=2\n"})
    assert "hunter2" not in str(file)
    assert "hunter2" not in str(document)
    holes = [path for path in document["absent"] if path.startswith("/env_files/0/readings/node/")]
    assert holes


@pytest.mark.parametrize("name", [".env", ".env.local", ".env.x.y", "prod.env", "a.b.env"])
def test_names_that_count(files_of, name):
    ((file),), _ = files_of({name: "A=1\n"})
    assert (file["id"], file["file"]) == (name, f"{SHOP}/{name}")


@pytest.mark.parametrize("name", ["env", ".envrc", ".env.", "x.env.bak", "api/.env", "ENV"])
def test_names_that_do_not_count(files_of, name):
    found, _ = files_of({name: "A=1\n"})
    assert found == []


def test_folders_of_that_name_are_none(files_of):
    assert files_of({".env": folder(), "x.env/y": ""})[0] == []


@pytest.mark.parametrize(
    ("node", "subject", "cause"),
    [
        (Node("fifo"), "workstation", "unsupported"),
        (Node(mode=0), "workstation", "permission"),
        (b"A=1\n" * (SIZE_LIMIT // 4 + 1), "workstation", "too_large"),
        (link("/etc/gone"), "workstation", "missing"),
        (link("other"), "repository", "not_collected"),
    ],
    ids=["fifo", "closed", "huge", "dangling", "link"],
)
def test_one_bad_file_costs_only_itself(files_of, node, subject, cause):
    (bad, good), document = files_of({".env": node, ".env.x": "A=1\n"}, subject=subject)
    assert (bad["id"], bad["state"], good["state"]) == (".env", "unreadable", "present")
    for key in ("readings", "plain", "differ"):
        assert document["absent"][f"/env_files/0/{key}"]["reason"] == cause
    assert good["plain"] is True


def test_a_link_counts_for_a_workstation(files_of):
    (file,), _ = files_of({".env": link("other"), "other": "A=1\n"})
    assert file["plain"] is True


def test_too_many_files_and_variables_leave_the_list_open(files_of):
    found, document = files_of({f"{at:03}.env": "A=1\n" for at in range(FILES_LIMIT + 1)})
    assert len(found) == FILES_LIMIT
    assert document["absent"]["/env_files/-"]["reason"] == "too_large"
    (file,), document = files_of({".env": "".join(f"A{at}=1\n" for at in range(ROWS_LIMIT + 1))})
    assert len(file["readings"]["docker"]["assignments"]) == ROWS_LIMIT
    assert document["absent"]["/env_files/0/plain"]["reason"] == "ambiguous"


_PIECES = (
    *(b"A=", b"\n", b"[", b"${A:-", b"A=$A$A\n", b"'", b'A="\n', b"A='\\\n", b" ", b"#", b"A=b=c"),
    *(b"\x00", b"\xff", b"}", b"A=${", b"\r", b"`", b"$$", b"A=${A:-${A:+${A}}}${A}\n"),
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_file_takes_long(dialect):
    """What takes the square of a file's length would take minutes for the longest ones."""
    start = time.process_time()
    for piece in _PIECES:
        content = piece * ((1 << 15) // len(piece))
        for each in (content, b"A=1\nB=" + content + b"}", b"A=" + content + b"\nB=${A}\n"):
            with contextlib.suppress(Refused):
                DIALECTS[dialect].read(each)
    assert time.process_time() - start < 15


def test_a_file_that_the_user_may_not_read_is_told_to_nobody(redaction):
    files = {
        SHOP: folder(),
        "/etc/shadow": Node(content=b"root:$6$hunter2:20228:0:99999:7:::\n", mode=0o600),
        f"{SHOP}/.env": link("/etc/shadow"),
    }
    for user, state in (("dana", "unreadable"), ("root", "present")):
        document = gather(
            FakeHost(files, uid=0),
            subject="workstation",
            directory=SHOP,
            redaction=redaction,
            only=("env_files",),
            launch=LaunchOptions(user=user),
        )
        (file,) = document["facts"]["env_files"]
        assert file["state"] == state
        assert user == "root" or "hunter2" not in str(document)


def test_a_line_that_is_no_usual_name_is_hidden(files_of):
    (file,), document = files_of({".env": "root:x=1\nA=1\n"})
    odd, usual = file["readings"]["docker"]["assignments"]
    assert "$redacted" in odd["name"]
    assert usual["name"] == "A"
    assert "root:" not in str(document)
