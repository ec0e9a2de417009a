"""The options that say whose environment is gathered, on which tree."""

from __future__ import annotations

import json

import pytest

PASSWD = "root:x:0:0::/root:/bin/bash\ndana:x:1000:1000::/home/dana:/bin/bash\n"


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "tree"
    for path, text in {
        "etc/passwd": PASSWD,
        "etc/login.defs": "ENV_PATH PATH=/usr/bin:/bin\n",
        "etc/profile": "export A=etc\n",
        "home/dana/.bashrc": "export B=1\nexport API_TOKEN=abc123abc\n. ~/more\n",
        "home/dana/more": "export C=1\n",
        "home/dana/shop/go.mod": "module example.com/shop\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.fixture
def gathered(engine):
    def make(*options):
        ran = engine("gather", "--no-cache", *options)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return make


def test_a_tree_is_gathered_as_if_it_were_the_machine(gathered, tree):
    document = gathered("--root", str(tree))
    facts = document["facts"]
    assert facts["user"]["name"] == "dana"
    assert facts["session"]["environment"]["PATH"] == "/usr/bin:/bin"
    assert facts["files"]["/home/dana/more"]["scripts"]["bash"] == [
        ["decl", 1, "export", [["C", "=", ["1"], None]]]
    ]
    assert "abc123abc" not in json.dumps(document)
    assert facts["project"]["directory"] == "/home/dana"
    assert document["absent"]["/go"]["reason"] == "not_collected"


def test_a_folder_of_the_tree_can_be_named(gathered, tree):
    facts = gathered("--root", str(tree), "/home/dana/shop")["facts"]
    assert facts["project"]["go_mod"]["module"] == "example.com/shop"
    assert gathered("--root", str(tree), "home/dana/shop")["facts"]["project"] == facts["project"]


def test_a_user_a_home_and_a_session_can_be_named(gathered, tree, tmp_path):
    (tmp_path / "env").write_text("HOME=/home/dana\nX=y\n")
    facts = gathered("--root", str(tree), "--user", "root", "--home", "/home/dana")["facts"]
    assert (facts["user"]["name"], facts["user"]["home"]) == ("root", "/home/dana")
    facts = gathered("--root", str(tree), "--env", str(tmp_path / "env"))["facts"]
    assert facts["session"]["environment"] == {"HOME": "/home/dana", "X": "y"}


def test_without_the_collector_no_graph_is_needed(gathered, tree):
    for choice in ("host", "host,probe"):
        facts = gathered("--root", str(tree), "--only", choice, "--rules", "/nowhere")["facts"]
        assert "host" in facts
        assert "files" not in facts


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--root", "nowhere"), "`nowhere` is no folder"),
        (("--root", "{tree}", "/none"), "`/none` is no folder in "),
        (("--root", "{tree}", "--user", "eve"), "the tree has no user `eve`"),
        (("--user", "no-such-user"), "no user `no-such-user`"),
        (("--home", "relative"), "`--home relative` is not absolute"),
        (("--repository", "--root", "{tree}"), "`--root` with `--repository`; a repository has no"),
        (("--repository", "--probe"), "`--probe` with `--repository`; "),
        (("--root", "{tree}", "--probe"), "`--root` with `--probe`; only your own shells"),
        (("--env", "nowhere"), "nowhere: cannot be read"),
        (("--repository", "--images"), "`--repository` with `--images`; only the docker or podman"),
        (("--root", "{tree}", "--images"), "`--root` with `--images`; only the docker or podman"),
        (("--repository", "--image-root", "a={tree}"), "`--image-root` with `--repository`; a"),
        (
            ("--image-root", "{tree}"),
            " names no image; write NAME=DIR, such as `Dockerfile=rootfs`",
        ),
        (("--image-root", "a=nowhere"), "`nowhere` is no folder"),
        (("--image-root", "a={tree}", "--image-root", "a={tree}"), "names `a` twice"),
    ],
)
def test_contradictions_are_refused(engine, tree, options, message):
    ran = engine("gather", *(option.format(tree=tree) for option in options))
    assert ran.code == 2
    assert message in ran.err


def test_a_tree_without_accounts_has_whom_one_names(gathered, tree):
    (tree / "etc/passwd").unlink()
    facts = gathered("--root", str(tree), "--user", "eve")["facts"]
    assert facts["user"] == {"name": "eve", "home": "/home/eve"}


def test_of_several_users_one_has_to_be_named(engine, tree):
    (tree / "etc/passwd").write_text(PASSWD + "eve:x:1001:1001::/home/eve:/bin/zsh\n")
    ran = engine("gather", "--root", str(tree))
    assert ran.code == 2
    assert "the tree has several users: dana, eve; say who is meant with `--user NAME`" in ran.err
