from __future__ import annotations

import pytest

from engine.gather.collectors.caches import INSIDE_LIMIT
from tests.gather.fake_host import Node, folder, link

HOME = "/home/dana"
BUILD = f"{HOME}/.cache/go-build"
MODULES = f"{HOME}/go/pkg/mod"
MOUNTS = {
    "/proc/self/mountinfo": (
        "25 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "30 25 0:30 / /mnt/c rw - 9p C:\\134 rw\n"
        "31 25 0:31 / /strange rw - fuse.strange x rw\n"
    )
}


@pytest.fixture
def caches_of(survey_of):
    def make(files=None, *, environment=None, **more):
        document, _ = survey_of(
            {HOME: folder(mode=0o700, uid=1000), **MOUNTS} | (files or {}),
            environment={"HOME": HOME} | (environment or {}),
            only=("caches",),
            **more,
        )
        return document["facts"].get("caches"), document

    return make


def test_a_cache_is_told_with_its_owner_and_its_ground(caches_of):
    caches, document = caches_of({BUILD: folder(mode=0o755, uid=1000)})
    assert caches["build"] == {
        "path": BUILD,
        "exists": True,
        "kind": "directory",
        "resolved": BUILD,
        "owner": "dana",
        "owner_uid": 1000,
        "mode": "0755",
        "writable": True,
        "unwritable": [],
        "others_can_write": False,
        "others_how": "",
        "inside_project": False,
        "file_system": {"type": "ext4", "kind": "local", "mount_point": "/", "read_only": False},
    }
    assert document["provenance"]["/caches/build"]["from"] == "Go's default"
    assert document["provenance"]["/caches/build/file_system"]["file"] == "/proc/self/mountinfo"


def test_every_cache_is_where_its_program_looks(caches_of):
    caches, document = caches_of(
        {f"{HOME}/.config/go/env": "GOMODCACHE=/srv/mod\n"},
        environment={"GOPATH": "/a:/b", "GOPLSCACHE": "/p", "XDG_CACHE_HOME": "/x"},
    )
    assert {name: cache["path"] for name, cache in caches.items()} == {
        "build": "/x/go-build",
        "modules": "/srv/mod",
        "checksums": "/a/pkg/sumdb",
        "telemetry": f"{HOME}/.config/go/telemetry",
        "gopls": "/p/gopls",
    }
    assert document["provenance"]["/caches/modules"]["line"] == 1
    assert document["provenance"]["/caches/gopls"]["from"] == "environment variable GOPLSCACHE"


def test_a_cache_that_is_not_there_may_be_made_or_not(caches_of):
    caches, _ = caches_of()
    build = caches["build"]
    assert (build["exists"], build["kind"], build["writable"]) == (False, "missing", True)
    assert "resolved" not in build
    caches, _ = caches_of({HOME: folder(uid=0)})
    assert caches["build"]["writable"] is False


def test_a_folder_that_may_not_be_entered_is_of_no_use(caches_of):
    caches, _ = caches_of({BUILD: folder(mode=0o600, uid=1000)})
    assert caches["build"]["writable"] is False


@pytest.mark.parametrize("what", [link("/nowhere"), b"a file"], ids=["dangling", "file"])
def test_nothing_is_made_behind_a_broken_link_or_a_file(caches_of, what):
    caches, _ = caches_of({f"{HOME}/.cache": what})
    assert caches["build"]["writable"] is False
    caches, _ = caches_of({BUILD: what})
    assert caches["build"]["writable"] is False


def test_folders_of_root_inside_a_cache_are_told(caches_of):
    caches, _ = caches_of(
        {
            BUILD: folder(uid=1000),
            f"{BUILD}/00": folder(uid=1000),
            f"{BUILD}/ab": folder(uid=0),
            f"{BUILD}/README": Node(uid=0, mode=0o644),
            MODULES: folder(uid=1000),
            f"{MODULES}/cache": folder(uid=1000),
            f"{MODULES}/cache/download": folder(uid=0),
            f"{MODULES}/example@v1.0.0": folder(uid=1000, mode=0o555),
        }
    )
    assert caches["build"]["unwritable"] == [{"path": f"{BUILD}/ab", "owner": "root"}]
    assert caches["modules"]["unwritable"] == [
        {"path": f"{MODULES}/cache/download", "owner": "root"}
    ]


def test_a_cache_with_very_many_names_is_looked_into_as_far_as_the_bound(caches_of):
    many = {f"{BUILD}/{number:05}": folder(uid=1000) for number in range(INSIDE_LIMIT + 1)}
    caches, document = caches_of({BUILD: folder(uid=1000)} | many)
    assert caches["build"]["unwritable"] == []
    assert document["absent"]["/caches/build/unwritable/-"]["reason"] == "too_large"


def test_who_else_can_write_is_told(caches_of):
    caches, _ = caches_of({BUILD: folder(mode=0o777, uid=1000)})
    assert caches["build"]["others_how"] == f"everybody may write to {BUILD}"
    caches, _ = caches_of({"/tmp": folder(mode=0o1777)}, environment={"GOCACHE": "/tmp/cache"})
    assert caches["build"]["others_how"] == "everybody may write to /tmp"
    caches, _ = caches_of({"/e": folder(uid=1001)}, environment={"GOCACHE": "/e/cache"})
    assert caches["build"]["others_how"] == "/e belongs to eve"


def test_links_lead_to_another_file_system(caches_of):
    caches, _ = caches_of(
        {BUILD: link("/mnt/c/cache"), "/mnt/c/cache": folder(), MODULES: link("/strange/mod")}
        | {"/strange/mod": folder()}
    )
    assert caches["build"]["resolved"] == "/mnt/c/cache"
    assert caches["build"]["file_system"]["kind"] == "host"
    assert "kind" not in caches["modules"]["file_system"]


def test_a_file_system_that_we_do_not_know_is_unknown(caches_of):
    _, document = caches_of({"/strange": folder()}, environment={"GOCACHE": "/strange/cache"})
    hole = document["absent"]["/caches/build/file_system/kind"]
    assert hole["detail"] == "what kind of file system `fuse.strange` is, is not known"
    caches, document = caches_of({"/proc/self/mountinfo": Node(mode=0)})
    assert "file_system" not in caches["build"]
    assert document["absent"]["/caches/build/file_system"]["reason"] == "permission"


def test_a_cache_may_lie_inside_the_project(caches_of):
    shop = f"{HOME}/shop"
    inside = {"GOCACHE": f"{shop}/.cache", "GOMODCACHE": f"{shop}er"}
    caches, _ = caches_of(environment=inside)
    assert (caches["build"]["inside_project"], caches["modules"]["inside_project"]) == (True, False)
    # As seen from a folder of the module, and through a link.
    caches, _ = caches_of(
        {f"{shop}/go.mod": "module shop\n", f"{shop}/api": folder(), "/l": link(shop)},
        environment={"GOCACHE": "/l/.cache"},
        directory=f"{shop}/api",
    )
    assert caches["build"]["inside_project"] is True


def test_a_cache_that_is_off_is_none_and_a_relative_one_is_unknown(caches_of):
    caches, document = caches_of(environment={"GOCACHE": "off"})
    assert "build" not in caches
    assert "/caches/build" not in document["absent"]
    caches, document = caches_of(environment={"GOCACHE": "cache", "GOPLSCACHE": "here"})
    assert not {"build", "gopls"} & set(caches)
    assert document["absent"]["/caches/build"]["detail"] == "GOCACHE is not absolute"
    assert document["absent"]["/caches/gopls"]["reason"] == "unsupported"


def test_without_a_home_the_places_are_not_known(caches_of):
    _, document = caches_of(environment={"HOME": ""})
    for name in ("build", "checksums", "gopls", "modules", "telemetry"):
        assert f"/caches/{name}" in document["absent"]


def test_a_cache_behind_a_closed_folder_is_unknown(caches_of):
    caches, document = caches_of(
        {"/locked": folder(mode=0), "/locked/cache": folder()},
        environment={"GOCACHE": "/locked/cache"},
    )
    assert caches["build"] == {"path": "/locked/cache"}
    assert document["absent"]["/caches/build/writable"]["reason"] == "permission"
    assert document["absent"]["/caches/build/others_can_write"]["reason"] == "permission"
