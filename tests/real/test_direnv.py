"""What is told of direnv against direnv itself, in a home of its own; no .envrc is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather

PATH = "/usr/local/bin:/usr/bin:/bin"


@pytest.fixture
def direnv(tmp_path):
    """Run direnv in a folder below the home, and give what `direnv status` says of its file."""
    program = shutil.which("direnv", path=PATH)
    if program is None:
        pytest.skip("no direnv here")
    home = tmp_path / "home"
    home.mkdir()

    def ask(folder, *words):
        done = subprocess.run(
            [program, *words],
            cwd=folder,
            env={"HOME": str(home), "PATH": PATH},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    ask.home = home
    return ask


def told(direnv, folder):
    machine = Machine({"HOME": str(direnv.home), "PATH": PATH})
    document = gather(
        machine,
        subject="workstation",
        directory=str(folder),
        redaction=Redaction(b"0123456789abcdef"),
        only=("direnv",),
    )
    return document["facts"]["direnv"]


def agrees(direnv, folder):
    """Whether we say what direnv says; the answer of both."""
    said = direnv(folder, "status")
    path = re.search(r"^Found RC path (.*)$", said, re.MULTILINE)
    answer = re.search(r"^Found RC allowed (.*)$", said, re.MULTILINE)
    ours = told(direnv, folder)
    assert ours["installed"] is True
    if path is None:
        assert "envrc" not in ours
        return None
    assert ours["envrc"]["path"] == path[1]
    # Since 2.35 it is 0, 1 or 2: allowed, not allowed, denied.
    is_allowed = answer[1] in {"true", "0"}
    assert (ours["envrc"]["allowed"] == "allowed") == is_allowed, said
    return is_allowed


def test_allowing_changing_and_denying_a_file(direnv):
    shop = direnv.home / "shop"
    (shop / "api").mkdir(parents=True)
    assert agrees(direnv, shop) is None
    (shop / ".envrc").write_text("export A=1\n")
    assert agrees(direnv, shop / "api") is False
    direnv(shop, "allow")
    assert agrees(direnv, shop / "api") is True
    (shop / ".envrc").write_text("export A=2\n")
    assert agrees(direnv, shop) is False
    direnv(shop, "allow")
    direnv(shop, "deny")
    assert agrees(direnv, shop) is False


def test_links_to_the_file_and_to_its_folder(direnv):
    shop, other = direnv.home / "shop", direnv.home / "other"
    shop.mkdir()
    other.mkdir()
    (shop / ".envrc").write_bytes(b"export A=1 # \xff\n")
    (other / ".envrc").symlink_to("../shop/.envrc")
    (direnv.home / "link").symlink_to("shop")
    direnv(direnv.home / "link", "allow")
    assert [agrees(direnv, folder) for folder in (shop, direnv.home / "link", other)] == [
        True,
        True,
        False,
    ]
    direnv(other, "allow")
    assert agrees(direnv, other) is True


@pytest.mark.parametrize(
    "toml",
    [
        '[whitelist]\nprefix = ["{home}/sh"]\n',
        '[whitelist]\nprefix = ["~/shop/"]\n',
        '[whitelist]\nprefix = ["~/shop/x"]\n',
        '[whitelist]\nexact = ["{home}/shop"]\n',
        '[whitelist]\nexact = ["~/shop/"]\n',
        '[whitelist]\nexact = ["{home}/shop/.envrc"]\n',
        '[whitelist]\nexact = ["{home}"]\n',
        '[WhiteList]\nExact = ["{home}/shop"]\n',
        "[global]\nload_dotenv = true\n",
        "load_dotenv = true\n",
        "[Global]\nLoad_Dotenv = true\n",
    ],
)
def test_configurations(direnv, toml):
    config = direnv.home / ".config/direnv"
    config.mkdir(parents=True)
    (config / "direnv.toml").write_text(toml.format(home=direnv.home))
    shop = direnv.home / "shop"
    (shop / "env").mkdir(parents=True)
    (shop / ".envrc").write_text("export A=1\n")
    (shop / "env/.env").write_text("A=1\n")
    agrees(direnv, shop)
    agrees(direnv, shop / "env")


def test_files_that_direnv_passes_over(direnv):
    shop = direnv.home / "shop"
    shop.mkdir()
    (direnv.home / ".envrc").write_text("export A=1\n")
    direnv(direnv.home, "allow")
    (shop / ".envrc").mkdir()
    assert agrees(direnv, shop) is True
    (shop / ".envrc").rmdir()
    (shop / ".envrc").symlink_to("nowhere")
    assert agrees(direnv, shop) is True
    os.unlink(shop / ".envrc")
    assert agrees(direnv, shop) is True
