"""Facts that are damaged or made to hurt: one clear error, or unknown with its cause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

RC = "/home/ada/.bashrc"
ACCOUNT = {"name": "ada", "uid": 1000, "gid": 1000, "home": "/home/ada", "shell": "/bin/bash"}
RULE = """\
id: demo
require: {contexts.bash-interactive.env.A.value: '1'}
"""
SET_A = ["decl", 1, "export", [["A", "=", ["1"], None]]]
IF = ["if", 1, [[[["cmd", 1, [], [["true"]], []]], [SET_A]]], []]


def script(*statements: Any) -> dict[str, Any]:
    """Give the facts of a machine of which bash reads these statements."""
    missing = {"kind": "missing"}
    file = {"kind": "file", "readable": True, "scripts": {"bash": list(statements)}}
    return {
        "os": {"kernel": "Linux", "machine": "x86_64"},
        "user": ACCOUNT,
        "users": {"ada": ACCOUNT},
        "session": {"environment": {"HOME": "/home/ada", "PATH": "/usr/bin"}},
        "files": {
            RC: file,
            "/etc/bash.bashrc": missing,
            "/etc/bash/bashrc": missing,
            "/usr/bin/go": missing,
        },
        "snippets": {},
    }


def facts(**changed: Any) -> dict[str, Any]:
    """Give a machine with some of its facts changed."""
    return {**script(SET_A), **changed}


def with_rc(entry: Any) -> dict[str, Any]:
    """Give a machine with something else in place of the file that bash reads."""
    return facts(files={**script(SET_A)["files"], RC: entry})


def nested(depth: int) -> Any:
    """Give branches within branches."""
    return (
        SET_A
        if not depth
        else ["if", 1, [[[["cmd", 1, [], [["x"]], []]], [nested(depth - 1)]]], []]
    )


KNOWN = {
    "ten thousand statements": script(*[SET_A] * 10_000),
    "a file of another name that is no file": facts(
        files={**script(SET_A)["files"], "/odd": {"kind": 7}, "/more": None, "": []}
    ),
    "snippets that are no scripts": facts(snippets={"bash": {"0" * 16: 7, "x": None}}),
    "an odd fact beside it": facts(sudo=7, sshd=[], host={"x": [[[]]]}),
    "a variable of the session that is no text": facts(
        session={
            "environment": {"HOME": "/home/ada", "PATH": "/usr/bin", "B": [1], "C": None, "": 1}
        }
    ),
}
UNKNOWN = {
    "files are a list": (facts(files=[]), "missing"),
    "files are null": (facts(files=None), "missing"),
    "a file is a text": (with_rc("x"), "wrong_type"),
    "a file without a kind": (with_rc({}), "not_collected"),
    "a kind that is no text": (with_rc({"kind": ["file"]}), "wrong_type"),
    "readable that is a text": (
        with_rc({"kind": "file", "readable": "no"}),
        "wrong_type",
    ),
    "scripts that are a list": (with_rc({"kind": "file", "scripts": []}), "wrong_type"),
    "a script that is a text": (
        with_rc({"kind": "file", "scripts": {"bash": "export A=1"}}),
        "wrong_type",
    ),
    "a script that is a mapping": (
        with_rc({"kind": "file", "scripts": {"bash": {"cmd": 1}}}),
        "wrong_type",
    ),
    "a statement without parts": (script(["cmd"]), "parse_error"),
    "a statement of numbers": (script([1, 2]), "parse_error"),
    "an empty statement": (script([]), "parse_error"),
    "a null": (script(None), "parse_error"),
    "a line that is a text": (script(["cmd", "1", [], [["x"]], []]), "parse_error"),
    "a line that is a truth value": (script(["cmd", True, [], [["x"]], []]), "parse_error"),
    "an operation that does not exist": (script(["then", 1, [], []]), "parse_error"),
    "too many parts": (script([*SET_A, 1]), "parse_error"),
    "a branch of one": (script(["if", 1, [[[]]], []]), "parse_error"),
    "a name that is a number": (script(["for", 1, 7, [], []]), "parse_error"),
    "an assignment of two": (script(["cmd", 1, [["A", "="]], [], []]), "parse_error"),
    "an operator that does not exist": (
        script(["cmd", 1, [["A", "-=", ["1"], None]], [], []]),
        "parse_error",
    ),
    "a word that is a text": (script(["cmd", 1, [], ["export"], []]), "parse_error"),
    "a part that is a number": (script(["cmd", 1, [], [[1]], []]), "parse_error"),
    "a part of an unknown kind": (script(["cmd", 1, [], [[["r", "x"]]], []]), "parse_error"),
    "an unknown detail": (
        script(["cmd", 1, [], [[["param", "A", {"twice": True}]]], []]),
        "parse_error",
    ),
    "a condition of nothing": (script(["test", 1, []]), "parse_error"),
    "a mistake deep inside": (script(["block", 1, [["sub", 1, [["cmd", 1]]]]]), "parse_error"),
    "an empty pipe": (script(["pipe", 1, []]), "parse_error"),
    "a script of another shell": (
        with_rc({"kind": "file", "scripts": {"fish": []}}),
        "not_collected",
    ),
    "a file that sources itself": (script(["cmd", 1, [], [["."], [RC]], []]), "too_large"),
    "an account that is a number": (facts(user=7, session={"environment": {}}), "wrong_type"),
    "a session that is a list": (facts(session=[]), "wrong_type"),
}


@pytest.fixture
def judged(engine, write):
    """Judge what bash makes of A at the prompt."""

    def judge(content: Any) -> dict[str, Any]:
        write(rule_yaml=RULE, facts_json=content)
        ran = engine("eval", "facts.json", "--rules", "rule.yaml", "--format", "json")
        assert ran.err == ""
        (verdict,) = json.loads(ran.out)["verdicts"]
        return verdict

    return judge


@pytest.mark.parametrize("content", KNOWN.values(), ids=KNOWN)
def test_what_is_odd_elsewhere_changes_nothing(judged, content):
    assert judged(content)["outcome"] == "pass"


@pytest.mark.parametrize(("content", "cause"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_cannot_be_used_is_unknown_with_its_cause(judged, content, cause):
    verdict = judged(content)

    assert verdict["outcome"] == "unknown"
    assert verdict["unknowns"][0]["cause"] == cause


@pytest.mark.parametrize(
    "name",
    [
        "an account that is a number",
        "a session that is a list",
        "a statement of numbers",
        "a file that sources itself",
    ],
)
def test_whoever_asks_why_is_told_the_cause(engine, write, name):
    content, cause = UNKNOWN[name]
    write(facts_json=content)

    ran = engine(
        "why", "A", "--facts", "facts.json", "--in", "bash-interactive", "--format", "json"
    )

    assert ran.err == ""
    (outcome,) = json.loads(ran.out)["contexts"]
    assert outcome["state"] == "unknown"
    assert outcome["cause"] == cause
    assert engine("graph", "bash-interactive", "--facts", "facts.json").err == ""


REFUSED = {
    "truncated": (json.dumps(script(SET_A))[:-20], "not JSON: the document ends too early"),
    "empty": ("", "empty"),
    "a list": ("[]", "holds a list, not a mapping of facts"),
    "nested far too deep": ("[" * 100_000 + "]" * 100_000, "nested deeper than 100 levels"),
    "branches nested too deep": (script(nested(60)), "nested deeper than 100 levels"),
    "a key twice": ('{"files": {}, "files": {}}', "stands twice"),
    "a number out of range": ('{"files": 1e999}', "out of range"),
    "a secret of odd form": ('{"files": {"$redacted": [1]}}', "`$redacted`"),
    "bytes": (b"\xff\xfe{}", "not UTF-8"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("words", [("why", "A", "--facts"), ("eval",)], ids=("why", "eval"))
def test_a_document_that_cannot_be_read_is_refused_in_one_line(engine, write, words, content, said):
    write(rule_yaml=RULE, facts_json=content)

    ran = engine(*words, "facts.json", "--rules", "rule.yaml")

    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().splitlines()) <= 2


def test_a_tree_that_is_made_to_hurt_is_gathered_and_explained(engine, tmp_path):
    files = {
        "etc/passwd": "ada:x:1000:1000::/home/ada:/bin/bash\n",
        "bin/bash": "",
        "usr/bin/tool": "",
        "home/ada/.bashrc": "export A=x\n" + "A=$A$A\n" * 40,
        "home/ada/.profile": ". ~/.profile\n",
        "home/ada/.zshenv": "export A={a,b}" + "{a,b}" * 40 + "\n" + "if tool; then\n" * 300,
    }
    for path, text in files.items():
        (tmp_path / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / path).write_text(text)

    gathered = engine("gather", "--root", str(tmp_path / "tree"), "-o", "facts.json")
    assert gathered.code == 0
    assert "broke" not in json.dumps(json.loads(Path("facts.json").read_text())["absent"])
    ran = engine("why", "A", "--facts", "facts.json", "--format", "json")

    told = {one["context"]: one for one in json.loads(ran.out)["contexts"]}
    assert told["bash-interactive"]["cause"] == "too_large"
    assert told["bash-login"]["cause"] == "too_large"
    assert told["cron"]["state"] == "unset"
