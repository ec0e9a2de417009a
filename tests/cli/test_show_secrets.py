"""`gather --show-secrets`: for a person's eyes, and never where it would be kept."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from engine.gather.schema import facts_schema
from tests.cli.conftest import ROOT

SECRET = "hunter2"
WORDS = ("gather", "--only", "env", "--show-secrets")


@pytest.fixture(autouse=True)
def environment(home, monkeypatch):
    monkeypatch.setenv("GOPROXY", f"https://user:{SECRET}@proxy.example")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("CI", raising=False)


def on_a_terminal(*words):
    ours, its = pty.openpty()
    run = subprocess.Popen([sys.executable, "-m", "engine", *words], stdout=its, stderr=its)
    os.close(its)
    written = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            written += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
    os.close(ours)
    return run.wait(timeout=60), written.decode()


def test_a_terminal_and_a_pipe_show_what_is_secret_and_say_so(process):
    for code, shown in (on_a_terminal(*WORDS), (0, process(*WORDS).out)):
        document = json.loads(shown)
        assert code == 0
        assert document["facts"]["env"]["GOPROXY"]["value"] == os.environ["GOPROXY"]
        assert document["subject"]["secrets"] == "shown"
        jsonschema.validate(document, facts_schema())


def test_without_it_nothing_is_shown_and_nothing_said(process):
    ran = process("gather", "--only", "env")
    assert SECRET not in ran.out
    assert "secrets" not in json.loads(ran.out)["subject"]


def test_secrets_of_start_up_files_are_shown_as_they_are_written(process, home):
    (home / ".bashrc").write_text(
        f"export API_TOKEN={SECRET}\neval 'export B_TOKEN={SECRET}'\n"
        f"curl -H 'Authorization: {SECRET}'\n"
    )
    (home / ".bash_profile").write_text(". ~/.bashrc\n")
    words = ("gather", "--only", "startup", "--home", str(home), "--rules", "go", "--no-cache")

    shown, hidden = process(*words, "--show-secrets"), process(*words)

    scripts = json.loads(shown.out)["facts"]["files"][f"{home}/.bashrc"]["scripts"]["bash"]
    assert scripts[0] == ["decl", 1, "export", [["API_TOKEN", "=", [SECRET], None]]]
    assert SECRET not in hidden.out
    assert shown.err == hidden.err == ""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("engine -o facts.json", "`--show-secrets` with `--output`; show them on a terminal, or"),
        ("engine > facts.json", "`--show-secrets` into a file; show them on a terminal, or pipe"),
        ("engine >> facts.json", "`--show-secrets` into a file"),
        ("engine > /dev/null", "standard output is neither a terminal nor a pipe"),
        ("engine >&-", "standard output is neither a terminal nor a pipe"),
        ("CI=true engine | cat", "`--show-secrets` in a job of CI, whose log would keep them"),
    ],
)
def test_where_secrets_would_be_kept_they_are_not_shown(line, message):
    function = f'engine() {{ {sys.executable} -m engine {" ".join(WORDS)} "$@"; }}; '
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {function}{line}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr
    assert SECRET not in ran.stderr
    assert not Path("facts.json").exists() or Path("facts.json").read_text() == ""


def test_what_is_shown_can_be_judged(process, write):
    write(rule_yaml="id: a\nrequire: {env.GOPROXY.value: {starts_with: 'https://user:'}}\n")
    shown = process(*WORDS).out

    ran = process("eval", "-", "--rules", "rule.yaml", stdin=shown.encode())

    assert ran.code == 0
    assert re.search(r"1 pass", ran.out)
