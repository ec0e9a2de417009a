"""Another file tree, asked as if it were the machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engine.gather.host import HostError
from engine.gather.tree import Tree
from tests.ordinary_user import let_in, ordinary_user

PASSWD = (
    "root:x:0:0:root:/root:/bin/bash\n"
    "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
    "dana:x:1000:1000:Dana:/home/dana:/usr/bin/zsh\n"
)
needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can make files of others")


@pytest.fixture
def tree(tmp_path):
    """Make a tree out of a dict: text, a link (`-> target`), or a folder (None)."""

    def make(files=None, *, passwd=PASSWD, **options):
        root = tmp_path / "root"
        for path, content in {"/etc/passwd": passwd, "/home/dana": None, **(files or {})}.items():
            place = root / path[1:]
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.mkdir(exist_ok=True)
            elif content.startswith("-> "):
                place.symlink_to(content[3:])
            else:
                place.write_text(content)
        return Tree(str(root), **options)

    return make


def cause_of(call, *arguments, **options):
    with pytest.raises(HostError) as caught:
        call(*arguments, **options)
    return caught.value.cause


def test_links_are_followed_inside_the_tree_absolute_ones_too(tree):
    host = tree(
        {
            "/etc/real": "inside",
            "/home/dana/absolute": "-> /etc/real",
            "/home/dana/relative": "-> ../../etc/real",
            "/home/dana/etc": "-> /etc",
        }
    )
    for name in ("absolute", "relative", "etc/real", "etc/../etc/real"):
        assert host.read(f"/home/dana/{name}") == b"inside"
        assert host.resolve(f"/home/dana/{name}") == "/etc/real"
        assert host.status(f"/home/dana/{name}").kind == "file"


def test_no_link_leads_out_of_the_tree(tree, tmp_path):
    (tmp_path / "outside").write_text("secret")
    host = tree(
        {
            "/up": "-> ../../../../outside",
            "/beside": "-> ../outside",
            "/absolute": f"-> {tmp_path}/outside",
        }
    )
    for path in ("/up", "/beside", "/absolute", "/../outside", "/../../outside"):
        assert cause_of(host.read, path) == "missing"
    assert host.resolve("/../..") == "/"


def test_a_link_itself_can_be_looked_at(tree):
    host = tree({"/etc/link": "-> /nowhere"})
    assert host.status("/etc/link", follow=False).kind == "link"
    assert host.link_target("/etc/link") == "/nowhere"
    assert cause_of(host.status, "/etc/link") == "missing"


def test_a_ring_of_links_is_given_up(tree):
    host = tree({"/a": "-> /b", "/b": "-> a", "/c": "-> c/x"})
    assert cause_of(host.read, "/a") == "unsupported"
    assert cause_of(host.status, "/c") == "unsupported"


def test_within_a_folder_no_link_is_followed(tree):
    host = tree({"/w/a": "a", "/w/link": "-> a", "/w/in": "-> /etc", "/x": "-> /w"})
    assert host.read("/w/a", within="/w") == b"a"
    assert host.read("/x/a", within="/x/") == b"a"
    assert cause_of(host.read, "/w/link", within="/w") == "not_collected"
    assert cause_of(host.read, "/w/in/passwd", within="/w") == "not_collected"
    assert cause_of(host.read, "/etc/passwd", within="/w") == "not_collected"


def test_only_regular_files_of_a_sane_length_are_read(tree, tmp_path):
    host = tree({"/etc/zero": "-> /etc/device", "/etc/long": "x" * 100})
    os.mkfifo(tmp_path / "root/etc/pipe")
    assert cause_of(host.read, "/etc/pipe") == "unsupported"
    assert cause_of(host.read, "/etc") == "unsupported"
    assert cause_of(host.read, "/etc/long", limit=99) == "too_large"
    assert cause_of(host.read, "/etc/long/below") == "missing"
    assert cause_of(host.read, "/etc/\0") == "missing"
    assert host.status("/etc/pipe").kind == "fifo"


@needs_root
def test_a_device_in_the_tree_is_not_opened(tree, tmp_path):
    host = tree()
    try:
        os.mknod(tmp_path / "root/etc/zero", 0o666 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("this container may make no devices")
    assert cause_of(host.read, "/etc/zero") == "unsupported"
    assert host.status("/etc/zero").kind == "device"


def test_names_are_in_order_and_may_be_no_text(tree, tmp_path):
    host = tree({"/etc/conf.d/b": "", "/etc/conf.d/a": ""})
    (tmp_path / "root/etc/conf.d" / os.fsdecode(b"\xff")).write_text("")
    assert host.names_in("/etc/conf.d") == ("a", "b", "\udcff")
    assert cause_of(host.names_in, "/etc/passwd") == "missing"


def test_a_tree_without_programs_holds_configuration_only(tree):
    host = tree({"/etc/link": "-> /usr/share/x", "/usr/lib/environment.d/10.conf": "A=1\n"})
    for path in (
        "/usr/bin/go",
        "/bin/sh",
        "/lib/x",
        "/lib64/x",
        "/var/lib/x",
        "/run/x",
        "/etc/link",
    ):
        assert cause_of(host.status, path) == "not_collected", path
    for path in ("/etc/nothing", "/usr/local/go/bin/go", "/opt/go", "/home/dana/.bashrc"):
        assert cause_of(host.status, path) == "missing", path
        assert cause_of(host.access, path) == "missing", path
    assert host.read("/usr/lib/environment.d/10.conf") == b"A=1\n"
    # Who knows what the machine has beside it.
    assert cause_of(host.names_in, "/usr/lib/environment.d") == "not_collected"


def test_what_lies_beside_the_systems_folders_is_known_even_where_those_are_not_there(tree):
    host = tree({"/opt/local": "-> /usr/local"})
    for path in ("/usr/local/bin/go", "/opt/local/bin/go"):
        assert cause_of(host.status, path) == cause_of(host.access, path) == "missing"
    assert cause_of(host.access, "/usr/bin/go") == "not_collected"


def test_a_tree_with_programs_lacks_what_it_lacks(tree):
    host = tree({"/usr/bin/env": "x", "/bin": "-> usr/bin"})
    assert cause_of(host.status, "/usr/bin/go") == "missing"
    assert cause_of(host.status, "/lib64/x") == "missing"
    assert host.names_in("/bin") == ("env",)
    # Nothing runs in it, so what the kernel would show there is not known.
    for path in ("/proc/version", "/dev/null", "/sys/x"):
        assert cause_of(host.status, path) == "not_collected", path
    assert cause_of(host.status, "/run/environment.d") == "missing"


def test_the_user_is_the_only_ordinary_account(tree):
    account = tree().account(None)
    assert (account.name, account.uid, account.home) == ("dana", 1000, "/home/dana")
    assert tree().user().shell == "/usr/bin/zsh"
    assert tree(user="root").account(None).home == "/root"
    assert tree(home="/home/other").account(None).name == "other"


def test_several_accounts_leave_open_who_is_meant(tree):
    two = PASSWD + "eve:x:1001:1001::/home/eve:/bin/bash\n"
    assert cause_of(tree(passwd=two).account, None) == "ambiguous"
    assert tree(passwd=two, user="eve").account(None).uid == 1001
    assert tree(passwd=two, home="/home/eve").account(None).name == "eve"


def test_without_a_passwd_file_the_only_home_tells_who_is_meant(tree):
    account = tree(passwd="").account(None)
    assert (account.name, account.uid, account.home, account.shell) == (
        "dana", None, "/home/dana", None,
    )  # fmt: skip
    assert cause_of(tree(passwd="").user) == "missing"


def test_an_unpacked_tree_belongs_to_its_user_at_home_and_to_root_elsewhere(tree, tmp_path):
    host = tree({"/home/dana/.profile": "", "/etc/profile": ""})
    (tmp_path / "root/home/dana/.profile").chmod(0o600)
    (tmp_path / "root/etc/profile").chmod(0o600)
    assert host.access("/home/dana/.profile") == (True, True, False)
    assert host.access("/etc/profile") == (False, False, False)
    assert host.status("/home/dana").uid == 1000
    assert host.status("/etc").uid == 0


def test_a_tree_that_was_unpacked_in_private_is_not_private_itself(tree, tmp_path):
    host = tree({"/home/dana/.profile": "", "/etc/profile": "", "/etc/profile.d/x": ""})
    for name in ("", "etc", "etc/profile.d", "home", "home/dana"):
        (tmp_path / "root" / name).chmod(0o700)
    (tmp_path / "root/etc/profile").chmod(0o600)
    assert host.access("/etc/profile") == (True, False, False)
    assert host.access("/home/dana/.profile") == (True, True, False)
    assert host.access("/etc/profile.d/x") == (True, False, False)


@needs_root
def test_a_tree_with_its_own_owners_means_them(tree, tmp_path):
    host = tree({"/home/dana/hers": "", "/home/dana/roots": "", "/etc/group": "dev:x:50:dana\n"})
    os.chown(tmp_path / "root/home/dana", 1000, 1000)
    os.chown(tmp_path / "root/home/dana/hers", 1000, 1000)
    (tmp_path / "root/home/dana/hers").chmod(0o400)
    (tmp_path / "root/home/dana/roots").chmod(0o640)
    assert host.access("/home/dana/hers") == (True, False, False)
    assert host.access("/home/dana/roots") == (False, False, False)
    os.chown(tmp_path / "root/home/dana/roots", 0, 50)
    assert tree(user="dana").access("/home/dana/roots") == (True, False, False)


@needs_root
def test_a_folder_that_the_user_may_not_search_hides_what_is_in_it(tree, tmp_path):
    host = tree({"/srv/secret/file": ""})
    (tmp_path / "root/srv/secret").chmod(0o700)
    assert cause_of(host.access, "/srv/secret/file") == "permission"
    assert tree(user="root").access("/srv/secret/file") == (True, True, False)


def test_nothing_is_run(tree):
    call = {"environment": {}, "directory": "/", "timeout": 1.0, "limit": 10}
    assert cause_of(tree({"/bin/sh": "#!"}).run, ("/bin/sh",), **call) == "not_collected"


def test_the_processor_is_told_by_the_programs(tree, tmp_path):
    host = tree({"/bin/sh": "x"})
    assert host.platform == "linux"
    head = b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x03\x00\xb7\x00"
    (tmp_path / "root/bin/sh").write_bytes(head)
    assert tree().platform == "linux/arm64"


def test_no_descriptor_is_left_open(tree):
    host = tree({"/a/b/c": "x", "/a/link": "-> /a/b", "/loop": "-> loop"})
    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    for path in ("/a/b/c", "/a/link/c", "/loop", "/a/none", "/a/b/c/d", "/../a/.."):
        for ask in (host.status, host.read, host.names_in, host.resolve, host.link_target):
            try:
                ask(path)
            except HostError:
                continue
    after = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    assert after == before


@needs_root
def test_an_ordinary_user_is_told_what_it_may_not_read(tree, tmp_path):
    tree({"/home/dana/.bashrc": "x"})
    (tmp_path / "root/home/dana/.bashrc").chmod(0)
    let_in(tmp_path)
    code = (
        "from engine.gather.tree import Tree\n"
        "from engine.gather.host import HostError\n"
        f"tree = Tree({str(tmp_path / 'root')!r})\n"
        "try: tree.read('/home/dana/.bashrc')\n"
        "except HostError as error: print(error.cause)\n"
    )
    done = subprocess.run(
        [*ordinary_user(), sys.executable, "-c", code],
        capture_output=True, text=True, check=False, cwd=os.getcwd(),
    )  # fmt: skip
    assert done.stdout == "permission\n", done.stderr
