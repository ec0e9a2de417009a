"""What an account may do, told by owners, groups and bits alone."""

from __future__ import annotations

import pytest

from engine.gather.host import Account, HostError
from engine.gather.permissions import Permissions
from tests.gather.fake_host import FakeHost, Node, folder, link

DANA = Account("dana", 1000, 1000, frozenset((1000, 0)), "/home/dana", None)
EVE = Account("eve", 1001, 1001, frozenset((1001,)), "/home/eve", None)
ROOT = Account("root", 0, 0, frozenset((0,)), "/root", None)


@pytest.fixture
def seen():
    def make(node, account, path="/srv/x"):
        host = FakeHost({"/srv/x": node} if path == "/srv/x" else node)
        host.is_live = False
        found = Permissions(host, account).at(path)
        return found.readable, found.writable, found.executable

    return make


@pytest.mark.parametrize(
    ("mode", "uid", "account", "expected"),
    [
        (0o640, 1000, DANA, (True, True, False)),
        (0o040, 0, DANA, (True, False, False)),
        (0o004, 0, EVE, (True, False, False)),
        # The owner's bits count for the owner, though others may do more.
        (0o077, 1000, DANA, (False, False, False)),
        (0o007, 0, DANA, (False, False, False)),
        (0o600, 1000, EVE, (False, False, False)),
        (0o000, 1000, ROOT, (True, True, False)),
        (0o001, 1000, ROOT, (True, True, True)),
    ],
)
def test_one_set_of_bits_counts(seen, mode, uid, account, expected):
    assert seen(Node(mode=mode, uid=uid), account) == expected


def test_root_may_search_every_folder(seen):
    assert seen(folder(0), ROOT) == (True, True, True)


def test_each_folder_on_the_way_has_to_be_searched_through_links_too(seen):
    files = {"/a": folder(0o700), "/a/file": Node(mode=0o644), "/b": link("/a/file")}
    for path in ("/a/file", "/b"):
        with pytest.raises(HostError) as caught:
            seen(files, EVE, path)
        assert caught.value.cause == "permission"
        assert seen(files, ROOT, path) == (True, True, False)


def test_a_way_that_does_not_exist_is_missing_and_a_ring_unknown(seen):
    files = {"/f": Node(), "/ring": link("ring"), "/up": link("..//./f")}
    for path, cause in (("/f/x", "missing"), ("/none", "missing"), ("/ring", "unsupported")):
        with pytest.raises(HostError) as caught:
            seen(files, EVE, path)
        assert caught.value.cause == cause
    assert seen(files, EVE, "/up/") == (True, False, True)
