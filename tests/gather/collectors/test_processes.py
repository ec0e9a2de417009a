from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.gather.collectors.env import NAMES
from engine.gather.machine import Machine
from engine.gather.run import gather
from tests.gather.fake_host import FakeHost, Node, folder, link
from tests.ordinary_user import ordinary_user

ROOT = Path(__file__).parents[3]


def running(  # noqa: PLR0913 - a process has that many sides, most by name
    pid, ppid, exe, *words, environ="", uid=1000, name=None, state="S", ticks=0
):
    """The files of a process in /proc."""
    place = f"/proc/{pid}"
    name = name or exe.rpartition("/")[2]
    own = uid == 1000
    between = " ".join(["0"] * 17)
    return {
        place: folder(uid=uid),
        f"{place}/stat": f"{pid} ({name}) {state} {ppid} {between} {ticks} 0 0\n",
        f"{place}/cmdline": "".join(f"{word}\0" for word in words or (exe,)),
        f"{place}/environ": Node(content=environ.encode(), mode=0o400 if own else 0, uid=uid),
    } | ({f"{place}/exe": link(exe)} if own else {})


SHELL = running(20, 10, "/bin/bash", "-bash", environ="PATH=/usr/bin\0GOROOT=/opt/go\0EDITOR=vi\0")
MACHINE = {
    "/proc/self": link("42"),
    "/proc/stat": "cpu 1 2 3\nbtime 1700000000\n",
    **running(1, 0, "/sbin/init", uid=0, name="init"),
    **running(10, 1, "/usr/sbin/sshd", "sshd: dana [priv]", uid=0, name="sshd"),
    **SHELL,
    **running(42, 20, "/usr/bin/python3.11", "python3", "-m", "engine", ticks=250),
    **running(50, 1, "/usr/bin/cat"),
    **running(60, 20, "/home/dana/go/bin/gopls", "gopls", "-token", "hunter2"),
    **running(70, 1, "/home/eve/gopls", uid=1001, name="gopls"),
}
PROCESSES = [1, 10, 20, 42, 60]


@pytest.fixture
def processes_of(survey_of):
    def make(*changes, without=(), **machine):
        files = MACHINE | {k: v for change in changes for k, v in change.items()}
        files = {path: node for path, node in files.items() if path not in without}
        document, _ = survey_of(files, only=("processes",), **machine)
        rows = document["facts"].get("processes", ())
        return {row["pid"]: row for row in rows}, document

    return make


def test_ancestors_and_what_a_developer_runs_are_listed_by_number(processes_of):
    rows, document = processes_of()
    assert list(rows) == PROCESSES
    assert [row["is_ancestor"] for row in rows.values()] == [True, True, True, True, False]
    assert [row["role"] for row in rows.values()] == ["other", "sshd", "shell", "other", "go-tool"]
    assert rows[60]["exe"] == "/home/dana/go/bin/gopls"
    assert document["provenance"]["/processes/2"]["file"] == "/proc/20"


def test_the_environment_is_what_exec_was_given_as_far_as_it_matters(processes_of):
    rows, document = processes_of()
    given = rows[20]["environment_at_exec"]
    assert set(given) == set(NAMES)
    assert given["GOROOT"] == {"state": "set", "value": "/opt/go"}
    assert given["GOBIN"] == {"state": "unset"}
    assert document["absent"]["/processes/2/environment_at_exec/-"]["reason"] == "not_collected"


def test_words_of_a_command_are_never_told_but_the_first(processes_of):
    rows, document = processes_of()
    assert rows[20]["argv0"] == "-bash"
    assert rows[60]["argv0"] == "gopls"
    assert "hunter2" not in json.dumps(document)


def test_a_title_that_a_process_gave_itself_is_no_first_word(processes_of):
    rows, document = processes_of(
        running(61, 1, "/usr/share/code/code", "/usr/share/code/code --type=renderer --key=hunter2")
    )
    assert rows[61]["role"] == "ide"
    assert "argv0" not in rows[61]
    assert document["absent"]["/processes/5/argv0"]["reason"] == "opaque"
    assert "hunter2" not in json.dumps(document)


def test_secrets_in_an_environment_are_hidden(processes_of):
    rows, document = processes_of(
        running(61, 1, "/bin/zsh", environ="GOPROXY=https://u:hunter2@h\0GITHUB_TOKEN=hunter2\0")
    )
    assert "$redacted" in rows[61]["environment_at_exec"]["GOPROXY"]["value"]
    assert "GITHUB_TOKEN" not in rows[61]["environment_at_exec"]
    assert "hunter2" not in json.dumps(document)


def test_of_another_account_only_ancestors_are_listed_without_what_is_theirs(processes_of):
    rows, document = processes_of()
    assert 70 not in rows
    assert set(rows[10]) == {"pid", "ppid", "name", "role", "is_ancestor", "started"}
    assert document["absent"]["/processes/1/environment_at_exec"]["reason"] == "permission"


def test_an_ancestor_that_cannot_be_seen_leaves_the_list_open(processes_of):
    rows, document = processes_of(
        without={p for p in MACHINE if p.startswith(("/proc/10", "/proc/1/"))}
    )
    assert list(rows) == [20, 42, 60]
    assert document["absent"]["/processes/-"] == {
        "reason": "permission",
        "detail": "process 10, an ancestor, cannot be seen",
    }


def test_when_a_process_started_is_counted_from_the_start_of_the_system(processes_of):
    rows, _ = processes_of()
    assert rows[42]["started"] == 1700000002


def test_a_file_that_was_replaced_since_is_told(processes_of):
    rows, _ = processes_of(running(61, 1, "/usr/local/go/bin/go (deleted)", "go", name="go"))
    assert rows[61]["exe"] == "/usr/local/go/bin/go"
    assert rows[61]["exe_deleted"] is True
    assert rows[20]["exe_deleted"] is False


@pytest.mark.parametrize("raw", ["sshd: dana@pts/0\0\0\0", "\0\0\0", "A=b\0\0", "=x\0", "no"])
def test_an_environment_that_was_written_over_is_not_taken_for_one(processes_of, raw):
    rows, document = processes_of(running(61, 1, "/bin/zsh", environ=raw))
    assert "environment_at_exec" not in rows[61]
    assert document["absent"]["/processes/5/environment_at_exec"]["reason"] == "opaque"


def test_an_empty_environment_is_one_and_what_has_ended_has_none(processes_of):
    rows, document = processes_of(running(61, 1, "/bin/zsh"), running(62, 1, "/bin/zsh", state="Z"))
    assert rows[61]["environment_at_exec"]["PATH"] == {"state": "unset"}
    assert document["absent"]["/processes/6/environment_at_exec"]["reason"] == "missing"


def test_the_first_of_two_variables_counts_and_bytes_that_are_no_text_are_a_hole(processes_of):
    host_files = running(61, 1, "/bin/zsh", environ="GOBIN=/a\0GOBIN=/b\0")
    host_files["/proc/61/environ"].content += b"GOFLAGS=\xff\0"
    rows, document = processes_of(host_files)
    assert rows[61]["environment_at_exec"]["GOBIN"]["value"] == "/a"
    assert rows[61]["environment_at_exec"]["GOFLAGS"] == {"state": "set"}
    assert (
        document["absent"]["/processes/5/environment_at_exec/GOFLAGS/value"]["reason"]
        == "parse_error"
    )


def test_a_name_may_hold_blanks_and_brackets(processes_of):
    rows, _ = processes_of(running(61, 1, "/usr/bin/tmux", name="a) S 1 (b"))
    assert (rows[61]["name"], rows[61]["ppid"], rows[61]["role"]) == ("a) S 1 (b", 1, "multiplexer")


@pytest.mark.parametrize(
    ("exe", "words", "role"),
    [
        ("/usr/share/code/code", ("code", "--type=extensionHost"), "extension-host"),
        ("/home/eve/.vscode-server/bin/x/node", ("node", "--type=extensionHost"), "extension-host"),
        ("/home/dana/.vscode-server/bin/x/node", ("node", "server-main.js"), "ide"),
        ("/usr/lib/code-server/lib/node", ("node", "/usr/lib/code-server"), "ide"),
        ("/opt/jbr/bin/java", ("java", "-Didea.paths.selector=GoLand2024.1"), "ide"),
        ("/opt/goland/bin/goland", (), "ide"),
        ("/home/dana/go/bin/dlv-dap", (), "go-tool"),
        ("/usr/bin/konsole", (), "terminal"),
    ],
)  # fmt: skip
def test_what_a_process_is_is_told_by_its_program(processes_of, exe, words, role):
    rows, _ = processes_of(running(61, 1, exe, *words))
    assert rows[61]["role"] == role


@pytest.mark.parametrize(
    ("exe", "words"),
    [("/usr/bin/node", ("node", "app.js")), ("/usr/bin/java", ("java", "-jar", "x")),
     ("/usr/bin/grep", ("grep", "--type=extensionHost"))],
)  # fmt: skip
def test_another_program_of_a_runtime_is_nobodys_business(processes_of, exe, words):
    rows, _ = processes_of(running(61, 1, exe, *words))
    assert 61 not in rows


class Restless(FakeHost):
    """A machine on which process 60 becomes something else as soon as its environment is read."""

    becomes: dict[str, object] | None = None

    def read(self, path, **options):
        content = super().read(path, **options)
        if path == "/proc/60/environ":
            for name in [name for name in self._nodes if name.startswith("/proc/60")]:
                del self._nodes[name]
            for name, node in (self.becomes or {}).items():
                self._put(name, node)
        return content


@pytest.mark.parametrize(
    "becomes",
    [None, running(60, 20, "/bin/dash"), running(60, 20, "/home/dana/go/bin/gopls", ticks=9)],
    ids=["ended", "another program", "another process"],
)
def test_a_process_that_changes_while_it_is_read_costs_only_itself(redaction, becomes):
    host = Restless(MACHINE)
    host.becomes = becomes
    document = gather(
        host, subject="workstation", directory="/", redaction=redaction, only=("processes",)
    )
    assert [row["pid"] for row in document["facts"]["processes"]] == PROCESSES
    assert document["absent"]["/processes/4/environment_at_exec"]["reason"] == "ambiguous"


def test_a_process_that_is_gone_is_not_listed(processes_of):
    rows, _ = processes_of(without={"/proc/60/stat"})
    assert 60 not in rows


def test_only_so_many_are_told_of_and_ancestors_first(processes_of):
    rows, document = processes_of(*(running(pid, 1, "/bin/sh") for pid in range(1000, 1200)))
    assert len(rows) == 128
    assert {1, 10, 20, 42} <= set(rows)
    assert document["absent"]["/processes/-"]["reason"] == "too_large"


def test_another_system_is_not_asked(processes_of):
    _, document = processes_of(platform="darwin/arm64")
    assert document["absent"]["/processes"]["reason"] == "unsupported"


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="there is no /proc here")
def test_a_real_process_is_found_with_what_it_was_given(redaction):
    # The shell changes its own variable, which /proc does not show.
    told = {"GOROOT": "/opt/go", "GOACMETOKEN": "hunter2", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        ["/bin/sh", "-c", "GOROOT=/changed; read x; true"], env=told, stdin=subprocess.PIPE
    ) as shell:
        try:
            while "/sh" not in os.readlink(f"/proc/{shell.pid}/exe").replace("dash", "sh").replace(
                "bash", "sh"
            ):
                time.sleep(0.01)
            document = gather(
                Machine({}), subject="workstation", directory="/", redaction=redaction,
                only=("processes",),
            )  # fmt: skip
        finally:
            shell.stdin.close()
    rows = {row["pid"]: row for row in document["facts"]["processes"]}
    assert rows[shell.pid]["role"] == "shell"
    assert rows[shell.pid]["environment_at_exec"]["GOROOT"]["value"] == "/opt/go"
    assert "$redacted" in rows[shell.pid]["environment_at_exec"]["GOACMETOKEN"]["value"]
    assert "hunter2" not in json.dumps(document)
    assert rows[os.getpid()]["is_ancestor"] is True
    assert rows[os.getpid()]["exe"] == os.path.realpath(sys.executable)
    assert abs(rows[shell.pid]["started"] - time.time()) < 60


SCRIPT = """
import json
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
document = gather(
    Machine({}), subject="workstation", directory="/", redaction=Redaction(b"0" * 16),
    only=("processes",),
)
print(json.dumps(document))
"""


def test_processes_of_root_stay_closed_to_another_account():
    ran = subprocess.run(
        [*ordinary_user(), sys.executable, "-c", SCRIPT], capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, timeout=60, check=True,
    )  # fmt: skip
    document = json.loads(ran.stdout)
    rows = document["facts"]["processes"]
    closed = [at for at, row in enumerate(rows) if "environment_at_exec" not in row]
    assert closed
    assert all(rows[at]["is_ancestor"] for at in closed)
    holes = [document["absent"][f"/processes/{at}/environment_at_exec"] for at in closed]
    assert {hole["reason"] for hole in holes} == {"permission"}
    assert any("environment_at_exec" in row for row in rows)
