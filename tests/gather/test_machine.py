"""The real door to the machine; the fake one must answer alike where both can."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time

import pytest

from engine.gather.host import HostError
from engine.gather.machine import Machine
from tests.gather.fake_host import FakeHost, Node, folder, link


@pytest.fixture
def machine():
    return Machine(os.environ)


@pytest.fixture(params=["real", "fake"])
def twin(request, tmp_path, machine):
    """The same small tree, once on disk and once in a dict."""
    root = os.path.realpath(tmp_path)
    if request.param == "fake":
        tree = {
            f"{root}/a.txt": b"hello",
            f"{root}/inner/b.txt": b"b",
            f"{root}/tool": Node(content=b"x", mode=0o755),
            f"{root}/to-a": link("a.txt"),
            f"{root}/to-inner": link(f"{root}/inner"),
            f"{root}/broken": link("nowhere"),
            f"{root}/loop": link("loop"),
            f"{root}/pipe": Node("fifo"),
            "/outside.txt": b"secret",
            f"{root}/tree/out": link("/outside.txt"),
            f"{root}/tree/up": link(".."),
            f"{root}/sticky": folder(0o1777),
        }
        return FakeHost(tree), root
    (tmp_path / "a.txt").write_bytes(b"hello")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/b.txt").write_bytes(b"b")
    (tmp_path / "tool").write_bytes(b"x")
    (tmp_path / "tool").chmod(0o755)
    (tmp_path / "to-a").symlink_to("a.txt")
    (tmp_path / "to-inner").symlink_to(f"{root}/inner")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/out").symlink_to(f"{root}/a.txt")
    (tmp_path / "tree/up").symlink_to("..")
    (tmp_path / "sticky").mkdir()
    (tmp_path / "sticky").chmod(0o1777)
    return machine, root


def cause_of(call, *arguments, **options):
    with pytest.raises(HostError) as caught:
        call(*arguments, **options)
    return caught.value.cause


def test_a_file_is_read_through_links(twin):
    host, root = twin
    assert host.read(f"{root}/a.txt") == host.read(f"{root}/to-a") == b"hello"
    assert host.read(f"{root}/to-inner/b.txt") == b"b"


def test_a_file_may_be_as_long_as_the_limit_and_no_longer(twin):
    host, root = twin
    assert host.read(f"{root}/a.txt", limit=5) == b"hello"
    assert cause_of(host.read, f"{root}/a.txt", limit=4) == "too_large"


@pytest.mark.parametrize("name", ["nothing", "broken", "a.txt/below"])
def test_what_is_not_there_is_missing(twin, name):
    host, root = twin
    assert cause_of(host.read, f"{root}/{name}") == "missing"
    assert cause_of(host.status, f"{root}/{name}") == "missing"
    assert cause_of(host.resolve, f"{root}/{name}") == "missing"


@pytest.mark.parametrize("name", ["pipe", "inner", "loop"])
def test_what_is_no_file_is_not_read(twin, name):
    host, root = twin
    assert cause_of(host.read, f"{root}/{name}") == "unsupported"


def test_within_a_tree_no_link_is_followed_and_nothing_outside_read(twin):
    host, root = twin
    assert host.read(f"{root}/inner/b.txt", within=root) == b"b"
    assert cause_of(host.read, f"{root}/tree/out", within=f"{root}/tree") == "not_collected"
    assert cause_of(host.read, f"{root}/tree/up/a.txt", within=f"{root}/tree") == "not_collected"
    assert cause_of(host.read, f"{root}/a.txt", within=f"{root}/tree") == "not_collected"
    assert cause_of(host.read, f"{root}/to-a", within=root) == "not_collected"
    assert cause_of(host.read, f"{root}/nothing", within=root) == "missing"
    assert cause_of(host.read, f"{root}/a.txt/below", within=root) == "missing"
    assert cause_of(host.read, f"{root}/pipe", within=root) == "unsupported"


def test_status_tells_the_kind_and_the_mode(twin):
    host, root = twin
    assert host.status(f"{root}/to-a").kind == "file"
    assert host.status(f"{root}/to-a", follow=False).kind == "link"
    assert host.status(f"{root}/pipe").kind == "fifo"
    assert host.status(f"{root}/sticky").mode == 0o1777
    assert host.status(f"{root}/to-inner").identity == host.status(f"{root}/inner").identity
    assert host.status(f"{root}/tree").identity != host.status(f"{root}/inner").identity


def test_links_are_resolved(twin):
    host, root = twin
    assert os.path.join(root, host.link_target(f"{root}/to-inner")) == f"{root}/inner"
    assert host.resolve(f"{root}/to-inner/b.txt") == f"{root}/inner/b.txt"
    assert cause_of(host.resolve, f"{root}/loop") == "unsupported"


def test_names_come_in_order(twin):
    host, root = twin
    assert host.names_in(f"{root}/tree") == ("out", "up")
    assert cause_of(host.names_in, f"{root}/a.txt") == "missing"


def test_only_what_has_the_bit_can_be_executed(twin):
    host, root = twin
    assert host.can_execute(f"{root}/tool")
    assert not host.can_execute(f"{root}/a.txt")


def test_a_window_gives_pieces(twin):
    host, root = twin
    with host.window(f"{root}/a.txt") as window:
        assert (window.read_at(1, 3), window.read_at(4, 9), window.read_at(9, 1)) == (
            b"ell",
            b"o",
            b"",
        )


def test_a_window_beyond_all_counting_is_empty(machine, tmp_path):
    (tmp_path / "x").write_bytes(b"x")
    with machine.window(str(tmp_path / "x")) as window:
        assert window.read_at(1 << 63, 4) == window.read_at(1 << 70, 4) == b""


def test_sockets_and_devices_are_not_opened(machine, tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
    assert cause_of(machine.read, str(tmp_path / "s")) == "unsupported"
    assert cause_of(machine.read, "/dev/zero") == "unsupported"


def test_a_nul_in_a_path_is_no_path(machine):
    assert cause_of(machine.read, "/a\0b") == "missing"
    assert cause_of(machine.resolve, "/a\0b") == "missing"


def test_a_scratch_directory_is_private_and_goes_away(machine):
    with machine.scratch({"mode": b"off"}) as directory:
        assert machine.read(f"{directory}/mode") == b"off"
        assert machine.status(directory).mode == 0o700
    assert cause_of(machine.status, directory) == "missing"


def run(machine, code, *, timeout=10.0, limit=1000):
    return machine.run(
        (sys.executable, "-I", "-c", code),
        environment={"X": "1"},
        directory="/",
        timeout=timeout,
        limit=limit,
    )


def test_a_program_runs_with_the_environment_and_place_it_is_given(machine):
    told = "sorted(k for k in os.environ if k != 'LC_CTYPE'), os.getcwd()"
    code = f"import os, sys; print({told}); sys.exit(3)"
    answer = run(machine, code)
    assert (answer.code, answer.output, answer.errors) == (3, b"['X'] /\n", b"")


def test_a_program_that_hangs_is_killed(machine):
    begin = time.monotonic()
    assert cause_of(run, machine, "import time; time.sleep(60)", timeout=0.3) == "timeout"
    assert time.monotonic() - begin < 5


def test_a_program_that_closed_its_output_and_hangs_is_killed(machine):
    code = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    assert cause_of(run, machine, code, timeout=0.5) == "timeout"


def test_a_program_that_writes_without_end_is_killed(machine):
    assert cause_of(run, machine, "while True: print('x' * 1000)") == "too_large"


def test_what_a_program_leaves_behind_does_not_hold_us_up(machine):
    code = "import subprocess; subprocess.Popen(['sleep', '60']); print('done')"
    begin = time.monotonic()
    assert run(machine, code, timeout=20).output == b"done\n"
    assert time.monotonic() - begin < 10


def test_what_runs_when_gathering_stops_is_killed_and_nothing_runs_afterwards(machine):
    answers, sleeps = [], "import time; time.sleep(60)"
    at_work = threading.Thread(target=lambda: answers.append(run(machine, sleeps)))
    at_work.start()
    begun = time.monotonic()
    while not machine._programs._running and time.monotonic() - begun < 10:
        time.sleep(0.01)

    machine.stop()

    at_work.join(10)
    assert time.monotonic() - begun < 10
    assert answers[0].code == -signal.SIGKILL
    with pytest.raises(HostError, match="was stopped"):
        run(machine, "")


def test_a_program_that_is_not_there_is_missing(machine):
    call = {"environment": {}, "directory": "/", "timeout": 1.0, "limit": 10}
    assert cause_of(machine.run, ("/nowhere/go",), **call) == "missing"


def test_the_machine_knows_itself(machine):
    assert machine.platform.split("/")[0] in {"linux", "darwin"}
    assert machine.user().uid == machine.uid == os.getuid()
    assert machine.user_name(0) == "root"
    assert machine.user_name(3_999_999_999) is None
