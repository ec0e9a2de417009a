from __future__ import annotations

import json

import pytest

from engine.gather import keeping
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.gather.tree import Tree
from engine.loading.facts import read_facts
from engine.model.facts import Absent, Redacted
from tests.gather.fake_host import FakeHost, Node
from tests.gather.small_fold import SmallFold

PASSWD = "root:x:0:0:root:/root:/bin/bash\ndana:x:1000:1000::/home/dana:/usr/bin/zsh\n"
ONLY = ("startup",)


@pytest.fixture
def started(redaction):
    """Gather start-up files of a fake machine: the document, and its facts as rules see them."""

    def make(files=None, *paths, host=None, environment=None, syntax="bash", **options):
        machine = host or FakeHost(
            {"/etc/passwd": PASSWD, **(files or {})}, environment=environment
        )
        fold = SmallFold(*paths, syntax=syntax) if paths else None
        document = gather(
            machine,
            subject="workstation",
            directory="/",
            redaction=redaction,
            only=ONLY,
            launch=LaunchOptions(resolve=fold, **options),
        )
        facts = read_facts(json.dumps(document).encode(), "facts")
        return document, facts.root

    return make


def test_accounts_and_the_system(started):
    document, root = started({"/proc/sys/kernel/hostname": "bench\n"})
    assert root["os"] == {"kernel": "Linux", "machine": "x86_64", "hostname": "bench"}
    assert root["user"] == {
        "name": "dana", "uid": 1000, "gid": 1000, "home": "/home/dana", "shell": "/bin/bash",
    }  # fmt: skip
    assert root["users"]["root"]["home"] == "/root"
    # Another database may know more of them.
    assert root["users"].more.cause == "not_collected"
    assert document["provenance"]["/users"]["file"] == "/etc/passwd"


def test_without_a_graph_no_file_is_looked_at(started):
    _, root = started({"/home/dana/.bashrc": "x"})
    assert root["files"] == {}
    assert root["files"].more.cause == "not_collected"


def test_the_session_starts_with_what_login_sets(started):
    document, root = started(
        {
            "/etc/login.defs": "# c\nENV_SUPATH PATH=/sbin\nENV_PATH\tPATH=/usr/bin:/bin\n",
            "/etc/default/locale": 'LANG="C.UTF-8"\nLC_TIME=de_DE\nOTHER=x\n',
        }
    )
    environment = root["session"]["environment"]
    known = {name: value for name, value in environment.items() if isinstance(value, str)}
    assert known == {
        "HOME": "/home/dana",
        "USER": "dana",
        "LOGNAME": "dana",
        "SHELL": "/bin/bash",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_TIME": "de_DE",
    }
    # Only a real session knows these; all else is not set.
    assert isinstance(environment["SSH_AUTH_SOCK"], Absent)
    assert "WSL_DISTRO_NAME" not in environment
    assert environment.more is None
    assert document["provenance"]["/session/environment/PATH"]["line"] == 3


def test_a_machine_inside_windows_may_have_what_windows_gives(started):
    _, root = started({"/proc/version": "Linux version 5.15.90.1-microsoft-standard-WSL2"})
    assert isinstance(root["session"]["environment"]["WSL_DISTRO_NAME"], Absent)
    _, root = started({"/proc/version": "Linux version 6.1.0-18-amd64"})
    assert "WSL_DISTRO_NAME" not in root["session"]["environment"]


def test_what_login_does_not_say_is_unknown(started):
    _, root = started()
    assert root["session"]["environment"]["PATH"].cause == "missing"
    _, root = started({"/etc/login.defs": "UMASK 022\n"})
    assert root["session"]["environment"]["PATH"].cause == "missing"
    _, root = started({"/etc/default/locale": Node(mode=0)})
    assert root["session"]["environment"]["LANG"].cause == "permission"


def test_a_given_environment_is_the_session(started):
    document, root = started(environment={"A": "of the process"})
    assert "A" not in root["session"]["environment"]
    host = FakeHost({"/etc/passwd": PASSWD})
    document, root = started(host=host, environment=None)
    given = {"A": "x", "TOKEN": "abc"}
    document = gather(
        host,
        subject="workstation",
        directory="/",
        redaction=Redaction(b"x" * 16),
        only=ONLY,
        launch=LaunchOptions(environment=given, environment_origin="a test"),
    )
    environment = document["facts"]["session"]["environment"]
    assert environment["A"] == "x"
    assert "$redacted" in environment["TOKEN"]
    assert document["provenance"]["/session/environment/A"]["from"] == "a test"


def test_scripts_are_kept_as_far_as_something_runs_them(started):
    text = "export A=1\nf() {\n  export B=1\n}\n. /etc/more\n"
    _, root = started({"/etc/profile": text, "/etc/more": "export C=1\n"}, "/etc/profile")
    script = root["files"]["/etc/profile"]["scripts"]["bash"]
    assert [statement[0] for statement in script] == ["decl", "func", "cmd"]
    assert script[1][3] == [["opaque", 3, "not kept: nothing runs it here", None]]
    assert root["files"]["/etc/more"]["scripts"]["bash"][0][0] == "decl"


def test_a_document_answers_all_that_gathering_asked(started):
    files = {"/a": ". /b\n. /none\nls /\n", "/b": "eval 'x=1'\n"}
    _, root = started(files, "/a")
    again = SmallFold("/a")(root)
    assert again.wanted == set()


def test_secrets_of_scripts_stay_here(started):
    text = "export TOKEN=abc123abc\neval 'export TOKEN=abc123abc'\neval 'x=1'\n"
    document, root = started({"/a": text}, "/a")
    assert "abc123abc" not in json.dumps(document)
    assert isinstance(root["files"]["/a"]["scripts"]["bash"][0][3][0][2][0], Redacted)
    # The key of a text tells it to whoever can guess it.
    assert len(root["snippets"]["bash"]) == 1


def test_scripts_have_a_bound_together(started, monkeypatch):
    monkeypatch.setattr(keeping, "SCRIPT_BYTES", 200)
    files = {"/a": ". /b\n", "/b": "".join(f"export A{n}=1\n" for n in range(50))}
    _, root = started(files, "/a")
    assert isinstance(root["files"]["/a"]["scripts"]["bash"], list)
    assert root["files"]["/b"]["scripts"]["bash"].cause == "too_large"


def test_a_deep_script_does_not_make_the_document_unreadable(started):
    deep = "if a; then\n" * 150 + "b\n" + "fi\n" * 150
    _, root = started({"/a": deep}, "/a")
    assert "nested too deeply" in str(root["files"]["/a"]["scripts"]["bash"])


def test_a_resolution_that_breaks_costs_no_fact(redaction):
    def broken(root, answer):
        SmallFold("/a")(root, answer)
        return broken(root, answer)

    document = gather(
        FakeHost({"/etc/passwd": PASSWD, "/a": "f() {\n  x\n}\n"}),
        subject="workstation",
        directory="/",
        redaction=redaction,
        only=ONLY,
        launch=LaunchOptions(resolve=broken),
    )
    assert document["facts"]["user"]["name"] == "dana"
    # Nobody knows what runs, so all of it is kept.
    assert document["facts"]["files"]["/a"]["scripts"]["bash"][0][3][0][0] == "cmd"
    assert "RecursionError" in document["absent"]["/files/-"]["detail"]


def test_sudo_and_sshd_are_told(started):
    _, root = started(
        {
            "/etc/sudoers": "Defaults env_reset\nDefaults secure_path=/sbin:/bin\n",
            "/etc/pam.d/sudo": "session required pam_env.so\n",
            "/etc/ssh/sshd_config": "PermitUserEnvironment yes\n",
        }
    )
    assert root["sudo"]["secure_path"] == ["/sbin", "/bin"]
    assert root["sudo"]["pam_env"] is True
    assert root["sshd"] == {"permit_user_environment": True}
    _, root = started()
    assert root["sudo"].cause == "missing"
    assert root["sshd"]["permit_user_environment"].cause == "missing"
    _, root = started({"/etc/sudoers": Node(mode=0)})
    assert root["sudo"].cause == "permission"


def test_an_account_without_passwd_entry_has_what_the_environment_says(started):
    host = FakeHost({"/etc/passwd": PASSWD}, uid=4242, environment={"HOME": "/work"})
    _, root = started(host=host)
    assert root["user"]["name"] == "4242"
    assert root["user"]["home"] == "/work"
    assert root["user"]["shell"].cause == "missing"
    assert root["session"]["environment"]["SHELL"].cause == "missing"


def test_another_account_can_be_meant(started):
    host = FakeHost({"/etc/passwd": PASSWD, "/etc/profile": Node(mode=0o600)}, uid=1000)
    _, root = started({}, "/etc/profile", host=host, user="root")
    assert root["user"]["name"] == "root"
    assert root["files"]["/etc/profile"]["readable"] is True
    _, root = started({}, "/etc/profile", host=host, home="/srv/home")
    assert root["user"]["home"] == root["session"]["environment"]["HOME"] == "/srv/home"


def test_a_tree_tells_of_files_and_nothing_of_what_runs(redaction, tmp_path):
    for path, text in {
        "etc/passwd": PASSWD,
        "etc/os-release": "ID=debian\n",
        "etc/login.defs": "ENV_PATH PATH=/usr/bin\n",
        "home/dana/.bashrc": ". /usr/share/x\n[ -e /opt ]\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    fold = SmallFold("/home/dana/.bashrc")
    launch = LaunchOptions(resolve=fold)
    document = gather(
        Tree(str(tmp_path)),
        subject="workstation",
        directory="/home/dana",
        redaction=redaction,
        launch=launch,
    )
    root = read_facts(json.dumps(document).encode(), "facts").root
    for key in ("env", "go", "path"):
        assert root[key].cause == "not_collected"
    assert root["host"]["distribution"] == "debian"
    assert root["os"]["hostname"].cause == root["os"]["machine"].cause == "not_collected"
    assert root["user"]["shell"] == "/usr/bin/zsh"
    assert root["project"]["directory"] == "/home/dana"
    assert root["files"]["/usr/share/x"].cause == "not_collected"
    assert root["files"]["/home/dana/.bashrc"]["writable"] is True


def test_the_files_of_an_image_are_told_for_whichever_user_there_is(tmp_path, started):
    root = tmp_path / "rootfs"
    for name, content, mode in (
        ("etc/passwd", "root:x:0:0::/root:/bin/bash\ndana:x:7:7::/home/dana:/bin/sh\n", 0o644),
        ("etc/profile", "export A=image\n", 0o644),
        ("etc/secret", "export A=hidden\n", 0o600),
        ("bin/sh", "\x7fELF", 0o755),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(mode)
    asked = []

    def resolve(_, answer):
        for path in ("/etc/profile", "/etc/secret", "/etc/missing"):
            assert answer(("in", "shop", "script", path, "bash"))
        asked.append(answer(("in", "other", "file", "/etc/profile")))
        return SmallFold()(_, answer)

    document = gather(
        FakeHost({"/etc/passwd": PASSWD, "/etc/profile": "export A=host\n"}),
        subject="workstation",
        directory="/",
        redaction=Redaction(b"0" * 32),
        only=ONLY,
        launch=LaunchOptions(resolve=resolve, image_roots={"shop": str(root)}),
    )
    facts = read_facts(json.dumps(document).encode(), "facts").root
    inside = facts["file_systems"]["shop"]
    assert asked == [False]
    assert inside["users"]["dana"]["home"] == "/home/dana"
    assert inside["files"]["/etc/profile"]["scripts"]["bash"]
    assert "writable" not in dict.keys(inside["files"]["/etc/profile"]) or isinstance(
        inside["files"]["/etc/profile"]["writable"], Absent
    )
    assert inside["files"]["/etc/missing"]["kind"] == "missing"
    assert inside["files"]["/etc/secret"].cause == "ambiguous"
    assert inside["files"].more.cause == "not_collected"
    assert list(facts["files"]) == []
