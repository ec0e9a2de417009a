"""Secrets planted all over a machine: none leaves it, whatever is asked, in any form."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess

import pytest

from engine.gather import closing
from engine.model.record import replace
from tests.cli import planted_home
from tests.cli.planting import SALT, Garden

VARIABLES = ("GITHUB_TOKEN", "WEATHER", "GOPROXY", "PATH")
FORMATS = ("text", "json", "junit", "sarif")
DRAWINGS = ("text", "mermaid", "dot", "svg")
RULES = ("go-folder-not-absolute", "secret-in-startup-file")
OF_A_LIVE_MACHINE = {"go env userinfo", "go env ldflags", "go env token"}
OF_THE_SYSTEM = {"etc environment", "profile", "crontab"}


@pytest.fixture
def garden():
    return Garden()


@pytest.fixture
def tree(tmp_path, garden):
    """Write the whole machine into a folder."""
    root = tmp_path / "tree"
    root.mkdir(mode=0o755)
    files = planted_home.SYSTEM | {f"home/dana/{k}": v for k, v in planted_home.HOME.items()}
    files["etc/passwd"] = planted_home.PASSWD.format(shell="/bin/bash")
    for name, text in files.items():
        path = root / garden.plant(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(garden.plant(text))
        path.chmod(0o755 if "bin/" in name else 0o644)
    return root


@pytest.fixture
def garbled(tree, garden):
    """Spoil the files, so that what reads them has something to complain about."""
    for name, text in planted_home.GARBLED.items():
        with (tree / name).open("a") as file:
            file.write(garden.plant(text))
    latin = garden.plant("«latin»").encode()
    (tree / "home/dana/latin").write_bytes(planted_home.LATIN.replace(b"%s", latin))
    return tree


@pytest.fixture
def salt(tmp_path):
    (tmp_path / "salt").write_bytes(SALT)
    return f"--salt-file={tmp_path / 'salt'}"


@pytest.fixture
def cache_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def closed(engine, garden):
    """Run a command line, and look for secrets in what it says."""

    def run(*words):
        ran = engine(*words)
        leaks = garden.seen_in(ran.out) | garden.seen_in(ran.err)
        assert not leaks, f"engine {' '.join(words)}: {leaks}"
        assert "Traceback" not in ran.err
        return ran

    return run


def ask_everything(closed, facts):
    """Ask every command about a document, in every format."""
    for shown in FORMATS:
        assert closed("eval", facts, "--verbose", "--format", shown).code in {0, 1}
    assert closed("eval", facts, "--validate", "--strict").code in {0, 1, 3}
    for rule in RULES:
        assert closed("explain", rule, facts).code == 0
    for name in VARIABLES:
        closed("why", name, "--facts", facts, "--all")
    closed("why", "PATH", "--facts", facts, "--format", "json")
    closed("why", "GITHUB_TOKEN", "--facts", facts, "--in", "bash-interactive")
    for shown in DRAWINGS:
        assert closed("graph", "--facts", facts, "--format", shown).code == 0
    # Commands that are given what is none of theirs quote it in their complaints.
    for words in (
        ("lint", facts), ("test", facts), ("eval", facts, "--rules", facts),
        ("eval", facts, "--waivers", facts),
    ):  # fmt: skip
        closed(*words)


def test_nothing_of_a_tree_leaves_it(closed, garden, tree, salt, tmp_path):
    facts = str(tmp_path / "facts.json")
    options = ("--root", str(tree), salt, "home/dana/shop")
    assert closed("gather", "-o", facts, *options).code == 0
    document = (tmp_path / "facts.json").read_text()
    assert garden.seen_in(document) == {}
    assert garden.never_read(document) == OF_A_LIVE_MACHINE
    assert json.loads(closed("gather", *options).out) == json.loads(document)
    ask_everything(closed, facts)


@pytest.mark.parametrize("shell", ["/bin/bash", "/usr/bin/zsh", "/usr/bin/fish", "/bin/other"])
def test_what_cannot_be_read_is_not_quoted(closed, garbled, salt, shell, tmp_path):
    (garbled / "etc/passwd").write_text(planted_home.PASSWD.format(shell=shell))
    facts = str(tmp_path / "facts.json")
    options = ("--root", str(garbled), salt, "home/dana/shop")
    assert closed("gather", "-o", facts, *options).code == 0
    closed("eval", facts, "--verbose")
    closed("why", "GITHUB_TOKEN", "--facts", facts, "--all")
    closed("graph", "--facts", facts)


@pytest.mark.parametrize("options", [("--root", "{}"), ("--repository", "{}/home/dana/shop")])
def test_every_secret_in_a_file_is_suspected_by_its_place(closed, tree, salt, options):
    words = [option.format(tree) for option in options]
    words += [] if "--repository" in options else ["home/dana/shop"]
    facts = json.loads(closed("gather", salt, *words).out)["facts"]["secrets"]
    paths = [row["file"] for row in facts["suspects"]]
    of_files = {os.path.basename(path) for path in paths if isinstance(path, str)}
    in_repository = {".env", ".envrc", ".env.example", "Dockerfile"}
    at_home = {
        ".netrc", ".npmrc", ".pypirc", "config.json", "credentials", ".gitconfig",
        ".git-credentials", ".pgpass", ".bashrc", ".zshenv", "config.fish", "environment",
    }  # fmt: skip
    assert in_repository <= of_files
    assert ("--repository" in options) or at_home <= of_files


@pytest.fixture
def live(tree, monkeypatch, garden, home):
    """Make the planted home that of this process, and plant its environment as well."""
    folder = tree / "home/dana"
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    variables = {
        "GITHUB_TOKEN": "«env token»",
        "GOACMESECRET": "«!env go»",
        "GOPROXY": "https://«!env goproxy»@h",
        "GOFLAGS": "-ldflags=-X=main.token=«!env goflags»",
        "CGO_LDFLAGS": "-X «!ghp:env cgo»",
        "PATH": f"{folder}/«!glpat:env path»/bin:{os.environ['PATH']}",
        "GOAUTH": "x «!env goauth»",
        "http_proxy": "http://«!env proxy»@h",
        "GOTMPDIR": "/tmp/«!slack:env folder»",
        "BASH_FUNC_go%%": "() { export TOKEN=«env function»; }",
        "GOPACKAGESDRIVER": "a\n«!npm:env lines»",
        "GOCACHEPROG": "/x «!env cacheprog»",
        "GO\nTOKEN": "«env odd name»",
        "CGO_CFLAGS": "\udcff«ghp:env beside latin»",
        "CC": "cc -DKEY=«!env cc»",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, garden.plant(value))
    monkeypatch.chdir(folder / "shop")
    return folder


def test_nothing_of_this_machine_leaves_it(closed, garden, live, salt, tmp_path):
    facts = str(tmp_path / "facts.json")
    assert closed("gather", "-o", facts, salt, "--home", str(live)).code == 0
    document = (tmp_path / "facts.json").read_text()
    assert garden.seen_in(document) == {}
    assert garden.never_read(document) <= OF_THE_SYSTEM
    closed("check", salt, "--home", str(live), "--verbose")
    closed("why", "GITHUB_TOKEN", "--facts", facts, "--all")


def test_what_cannot_be_read_on_this_machine_is_not_quoted(closed, live, garbled, salt):
    closed("gather", salt, "--home", str(live))


def test_nothing_of_other_processes_leaves_them(closed, garden, home, salt):
    given = {"PATH": "/usr/bin:/bin", "GOACMEKEY": garden.plant("«!process environment»")}
    words = ["bash", "-c", "read x; true", garden.plant("--token=«process words»")]
    with subprocess.Popen(words, env=given, stdin=subprocess.PIPE) as process:
        try:
            document = closed("gather", "--only", "processes", salt).out
        finally:
            process.stdin.close()
    assert garden.never_read(document) == set()


def test_nothing_stays_in_the_cache(closed, garden, tree, salt, cache_of_its_own):
    (tree / "home/dana/.profile").write_text("export NO_SECRET_HERE=1\n")
    closed("gather", "--root", str(tree), salt)
    closed("why", "PATH", "--root", str(tree), salt)
    kept = [path for path in cache_of_its_own.rglob("*") if path.is_file()]
    assert any(b"NO_SECRET_HERE" in path.read_bytes() for path in kept)
    for path in kept:
        assert not garden.seen_in(path.read_bytes().decode("latin-1")), path
        assert not garden.seen_in(path.name)


def test_a_reader_that_breaks_quotes_nothing(closed, garden, tree, salt, monkeypatch):
    def breaks(_content, _parser):
        raise ValueError(garden.plant("«a broken reader»"))

    broken = replace(closing.SYNTAXES["bash"], read=breaks)
    monkeypatch.setattr(closing, "SYNTAXES", {"bash": broken})
    assert "its reader broke: ValueError" in closed("gather", "--root", str(tree), salt).out


def test_what_is_looked_for_would_be_found(garden):
    secret = garden.plant("«x»")
    coded = base64.b64encode(f"ab{secret}c".encode()).decode()
    for text in (secret, secret[::-1], coded, secret[:13], secret[5:]):
        assert garden.seen_in(f"a {text} b")
    assert not garden.seen_in(re.sub(r"\w", "x", secret))
