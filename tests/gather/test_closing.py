"""Closing the world: what is asked for is answered, once, carefully, and not for ever."""

from __future__ import annotations

import os

import pytest

from engine.gather import closing as module
from engine.gather.closing import Closing
from engine.gather.survey import LaunchOptions, Survey
from engine.gather.syntaxes._base import Syntax
from engine.gather.tree import Tree
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost, Node, folder, link
from tests.gather.small_fold import SmallFold


@pytest.fixture
def closed(redaction):
    """Close the world of a host for whoever it is asked for."""

    def make(host, fold):
        launch = LaunchOptions(resolve=fold)
        survey = Survey(
            host, subject="workstation", directory="/", redaction=redaction, launch=launch
        )
        closing = Closing(survey, host.account(None))
        return closing, closing.close(survey, {})

    return make


def test_what_a_file_sources_is_read_as_well(closed):
    host = FakeHost(
        {
            "/etc/profile": ". /etc/a\n. /etc/nothing\n",
            "/etc/a": link("b"),
            "/etc/b": "ls /etc/d\n",
            "/etc/d": folder(),
            "/etc/d/x": "",
        }
    )
    closing, resolution = closed(host, SmallFold("/etc/profile"))
    assert set(closing.files) == {"/etc/profile", "/etc/a", "/etc/nothing", "/etc/d"}
    assert closing.files["/etc/nothing"] == {"kind": "missing"}
    assert closing.files["/etc/a"]["target"] == "/etc/b"
    assert closing.files["/etc/a"]["scripts"]["bash"][0][:2] == ["cmd", 1]
    assert closing.files["/etc/d"]["names"] == ["x"]
    assert closing.files["/etc/profile"]["size"] == 24
    assert closing.files["/etc/profile"]["readable"] is True
    assert closing.files["/etc/profile"]["writable"] is False
    assert ("/etc/profile", 2) in resolution.visited
    assert resolution.wanted == set()


def test_a_link_that_leads_nowhere_says_where(closed):
    host = FakeHost({"/etc/profile": ". /etc/c/a\n", "/etc/c": link("d"), "/etc/d/a": link("../b")})
    closing, _ = closed(host, SmallFold("/etc/profile"))
    assert closing.files["/etc/c/a"] == {"kind": "missing", "leads_to": "/etc/b"}


def test_the_world_is_not_closed_before_anybody_asks(closed):
    host = FakeHost({"/etc/profile": "x"})
    closing, resolution = closed(host, None)
    assert (closing.files, resolution) == ({}, None)


def test_what_was_not_asked_for_stays_unknown(closed):
    closing, _ = closed(FakeHost({"/etc/profile": "", "/etc/other": ""}), SmallFold("/etc/profile"))
    assert "/etc/other" not in closing.files
    assert closing.files.more.cause == "not_collected"


def test_files_that_source_each_other_are_read_once(closed):
    host = FakeHost({"/a": ". /b\n", "/b": ". /a\n"})
    closing, _ = closed(host, SmallFold("/a"))
    assert set(closing.files) == {"/a", "/b"}


def test_questions_without_end_are_given_up(closed, monkeypatch):
    class Endless(SmallFold):
        def __call__(self, root, answer=None):
            super().__call__(root, answer)
            for number in range(100):
                self.world.snippet(f"x={number}", "pam-env")
            return self

    monkeypatch.setattr(module, "QUESTIONS", 10)
    closing, resolution = closed(FakeHost({}), Endless())
    assert len(closing.snippets["pam-env"]) == 10
    assert len(resolution.wanted) == 90


def test_only_so_many_files_are_looked_at(closed, monkeypatch):
    monkeypatch.setattr(module, "FILES", 3)
    text = "".join(f". /f{number}\n" for number in range(9))
    closing, _ = closed(FakeHost({"/a": text}), SmallFold("/a"))
    assert len(closing.files) == 3
    assert closing.files.more.cause == "too_large"


def test_only_so_much_text_is_read(closed, monkeypatch):
    monkeypatch.setattr(module, "ALL_BYTES", 40)
    host = FakeHost({"/a": ". /b\n. /c\n", "/b": "x=1\n", "/c": "#" * 40})
    closing, _ = closed(host, SmallFold("/a"))
    assert isinstance(closing.files["/b"]["scripts"]["bash"], list)
    assert closing.files["/c"]["scripts"]["bash"].cause == "too_large"


ODD = {
    "a pipe": (Node("fifo"), "fifo", "unsupported"),
    "a device": (Node("device"), "device", "unsupported"),
    "a folder": (folder(), "directory", "unsupported"),
    "a link to a device": (link("/zero"), "device", "unsupported"),
    "a huge file": (Node(content=b"x" * (module.FILE_BYTES + 1), mode=0o644), "file", "too_large"),
    "a file that may not be read": (Node(mode=0o600), "file", "permission"),
}


@pytest.mark.parametrize(("node", "kind", "cause"), ODD.values(), ids=ODD)
def test_what_stands_in_place_of_a_file_is_told_and_not_read(closed, node, kind, cause):
    host = FakeHost({"/home/dana/.bashrc": node, "/zero": Node("device")})
    closing, _ = closed(host, SmallFold("/home/dana/.bashrc"))
    found = closing.files["/home/dana/.bashrc"]
    assert found["kind"] == kind
    assert found["scripts"]["bash"].cause == cause


def test_a_link_to_nowhere_is_missing_and_a_ring_of_links_unknown(closed):
    host = FakeHost({"/a": link("nowhere"), "/b": link("/b")})
    closing, _ = closed(host, SmallFold("/a", "/b"))
    assert closing.files["/a"] == {"kind": "missing", "leads_to": "/nowhere"}
    assert closing.files["/b"].cause == "unsupported"


def test_behind_a_closed_folder_nothing_is_known(closed):
    host = FakeHost({"/srv/closed": folder(0o700), "/srv/closed/rc": "x"})
    host.is_live = False
    closing, _ = closed(host, SmallFold("/srv/closed/rc"))
    assert closing.files["/srv/closed/rc"].cause == "permission"


def test_what_differs_between_processes_is_not_looked_at(closed):
    host = FakeHost({"/dev/stdin": Node("fifo"), "/proc/self/environ": "x"})
    closing, _ = closed(host, SmallFold("/dev/stdin", "/proc/self/environ", "relative"))
    assert {hole.cause for hole in closing.files.values()} == {"opaque", "unsupported"}


def test_a_nul_and_other_bytes_are_no_reason_to_stop(closed, tmp_path):
    (tmp_path / "home/dana").mkdir(parents=True)
    (tmp_path / "home/dana/.bashrc").write_bytes(b"export A=1\n\0\nexport B=2\n")
    (tmp_path / "home/dana/raw").write_bytes(b"export A=\xff\n")
    fold = SmallFold("/home/dana/.bashrc", "/home/dana/raw")
    closing, _ = closed(Tree(str(tmp_path)), fold)
    for name in (".bashrc", "raw"):
        assert closing.files[f"/home/dana/{name}"]["scripts"]["bash"]


def test_a_folder_with_a_name_that_is_no_text_is_not_listed(closed, tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / os.fsdecode(b"\xff.sh")).write_text("")
    (tmp_path / "rc").write_text("ls /d\n")
    closing, _ = closed(Tree(str(tmp_path), home="/"), SmallFold("/rc"))
    assert closing.files["/d"]["names"].cause == "parse_error"


def test_a_folder_that_is_missing_holds_no_names(closed):
    closing, _ = closed(FakeHost({"/a": "ls /none\nls /a\n"}), SmallFold("/a"))
    assert closing.files["/none"] == {"kind": "missing", "names": []}


def test_texts_that_are_evaluated_are_read_as_well(closed):
    closing, _ = closed(FakeHost({"/a": "eval 'export A=1'\n"}), SmallFold("/a"))
    (script,) = closing.snippets["bash"].values()
    assert script[0][0] == "decl"


def test_a_syntax_that_nobody_reads_is_unsupported(closed):
    closing, _ = closed(FakeHost({"/a": ""}), SmallFold("/a", syntax="tcsh"))
    assert closing.files["/a"]["scripts"]["tcsh"].cause == "unsupported"


def test_a_reader_that_breaks_costs_its_own_text_only(closed, monkeypatch):
    def broken(content, parser):
        if b"bad" in content:
            raise ValueError
        return [["opaque", 1, "read", None]]

    monkeypatch.setattr(module, "SYNTAXES", {"bash": Syntax("bash", broken)})
    closing, _ = closed(FakeHost({"/a": "bad", "/b": "good"}), SmallFold("/a", "/b"))
    assert isinstance(closing.files["/a"]["scripts"]["bash"], Absent)
    assert closing.files["/b"]["scripts"]["bash"][0][2] == "read"


def test_crontabs_are_looked_at_as_cron_does(closed):
    files = {
        "/var/spool/cron/crontabs": folder(0o1730),
        "/var/spool/cron/crontabs/dana": Node(content=b"A=1\n", mode=0o600, uid=1000),
    }
    closing, _ = closed(
        FakeHost(files), SmallFold("/var/spool/cron/crontabs/dana", syntax="crontab")
    )
    found = closing.files["/var/spool/cron/crontabs/dana"]
    assert found["scripts"]["crontab"][0][2] == "export"
