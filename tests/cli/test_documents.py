"""Documents that cannot be judged: one clear line each, nothing on standard output, exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

CONTENTS = {
    "empty": (b"", "empty"),
    "blank": (b" \n", "empty"),
    "not JSON": (b"nope", "it.json:1:1: not JSON: expecting value"),
    "truncated": (b'{"demo":', "it.json:1:9: not JSON: the document ends too early"),
    "more behind it": (b"{} x", "it.json:1:4: not JSON: extra data"),
    "no mapping": (b"[1]", "it.json: holds a list, not a mapping of facts"),
    "deep": (b"[" * 10_000 + b"]" * 10_000, "it.json: nested deeper than 100 levels"),
    "deep and truncated": (b"[" * 200_000, "it.json: nested deeper than 100 levels"),
    "deep mappings": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "nested deeper than 100 levels"),
    "NaN": (b'{"a": NaN}', "it.json: holds `NaN`, which is not JSON"),
    "Infinity": (b'{"a": -Infinity}', "it.json: holds `-Infinity`, which is not JSON"),
    "beyond numbers": (b'{"a": 1e999}', "holds the number `1e999`, which is out of range"),
    "beyond whole numbers": (
        b'{"a": 1' + b"0" * 5000 + b"}",
        "it.json: holds a whole number that is out of range",
    ),
    "a key twice": (b'{"a": 1, "a": 2}', "it.json: the key `a` stands twice in one mapping"),
    "Latin-1": (b'{"a": "\xe4"}', "it.json: not UTF-8 at byte 7; write it as UTF-8"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "it.json: not UTF-8 at byte 0; write it as UTF-8"),
    "NUL": (b'{"a": "\0"}', "it.json:1:8: not JSON: invalid control character at"),
    "another version": (b'{"schema": "precedent/facts/v2"}', "this engine reads"),
}


def require_refused(ran, message):
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("nothing was judged: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_no_facts_document_is_refused_from_a_file(engine, demo, name):
    content, message = CONTENTS[name]
    Path("it.json").write_bytes(content)

    require_refused(engine("eval", "it.json", "--rules", "rule.yaml"), message)


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_no_facts_document_is_refused_from_standard_input(engine, demo, name):
    content, message = CONTENTS[name]

    ran = engine("eval", "-", "--rules", "rule.yaml", stdin=content)

    require_refused(ran, message.replace("it.json", "standard input"))


def test_a_document_may_start_with_a_byte_order_mark(engine, demo):
    ran = engine(
        "eval", "-", "--rules", "rule.yaml", stdin=b'\xef\xbb\xbf{"demo": {"version": "1"}}'
    )

    assert (ran.code, ran.err) == (0, "")


def test_a_lone_surrogate_is_judged_and_never_reaches_the_terminal(engine, demo):
    content = rb'{"demo": {"version": "\ud800"}}'

    for name in ("text", "json", "junit", "sarif"):
        ran = engine("eval", "-", "--rules", "rule.yaml", "--format", name, stdin=content)
        assert (ran.code, ran.err) == (1, "")
        assert r"\ud800" in ran.out


def test_a_document_above_the_limit_is_refused(engine, demo):
    with open("it.json", "wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)

    ran = engine("eval", "it.json", "--rules", "rule.yaml")

    require_refused(ran, "it.json: larger than 64 MiB; split the document or leave parts out")


def test_an_endless_device_is_refused_too(engine, demo):
    require_refused(engine("eval", "/dev/zero", "--rules", "rule.yaml"), "larger than 64 MiB")


def test_a_folder_is_refused(engine, demo):
    Path("folder").mkdir()

    ran = engine("eval", "folder", "--rules", "rule.yaml")

    require_refused(ran, "folder: a folder, not a facts document")


def test_a_missing_file_is_refused(engine, demo):
    ran = engine("eval", "gone.json", "--rules", "rule.yaml")

    require_refused(ran, "gone.json: cannot be read: no such file or directory")


def test_a_name_that_is_no_path_is_refused(engine, demo):
    ran = engine("eval", "a\0b", "--rules", "rule.yaml")

    require_refused(ran, r"a\u0000b: cannot be read: the path is not one")


def test_a_pipe_that_nobody_writes_to_does_not_hang(engine, demo):
    os.mkfifo("pipe")

    require_refused(engine("eval", "pipe", "--rules", "rule.yaml"), "pipe: empty")


def test_a_pipe_that_somebody_writes_to_is_read(process, demo):
    ran = subprocess.run(
        [
            "bash",
            "-c",
            f"{sys.executable} -m engine eval <(sleep 1; cat bad.json) --rules rule.yaml",
        ],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert ran.returncode == 1, ran.stderr


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(engine, demo):
    Path("good.json").chmod(0)

    ran = engine("eval", "good.json", "--rules", "rule.yaml")

    require_refused(ran, "good.json: cannot be read: permission denied")


def test_closed_standard_input_is_refused(process, demo):
    ran = subprocess.run(
        f"{sys.executable} -m engine eval - --rules rule.yaml <&-",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "nothing was judged: standard input: closed\n"


def test_if_one_document_is_bad_none_is_judged_and_all_bad_ones_are_named(engine, demo):
    Path("broken.json").write_text("{")

    ran = engine("eval", "good.json", "broken.json", "gone.json", "--rules", "rule.yaml")

    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "broken.json",
        "gone.json",
        "nothing was judged",
    ]


def test_a_document_against_the_facts_schema(engine, write):
    wrong = {"schema": "precedent/facts/v1", "facts": {"go": {"installed": "yes"}}}
    write(wrong_json=wrong, right_json=wrong | {"facts": {"go": {"installed": True}}})

    ran = engine("eval", "wrong.json", "--rules", "go", "--validate")

    assert (ran.code, ran.out) == (2, "")
    assert "wrong.json:1:64: `/facts/go/installed`: it is a text, not a truth value" in ran.err
    assert engine("eval", "right.json", "--rules", "go", "--validate").code == 0
