"""What a hook may do in a repository that nobody vouches for: read its files, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.cli.conftest import FACTS, ROOT, RULE

SECRET = "id: s3cr3t\nrequire: {a: 1}\n"


@pytest.fixture
def tree(home):
    """Give a work tree, the current folder, with something beside it that must stay unread."""
    Path(".git").mkdir()
    Path("../outside").mkdir()
    Path("../outside/deep").mkdir()
    Path("../outside/deep/pack.yaml").write_text("pack: s3cr3t\n")
    Path("../outside/rule.yaml").write_text(SECRET)
    Path("../outside/pack.yaml").write_text("pack: outside\n")
    Path("../outside/waivers.yaml").write_text("waivers: [s3cr3t]\n")
    Path("rule.yaml").write_text(RULE + FACTS)
    Path("pack").mkdir()
    Path("pack/pack.yaml").write_text("pack: ours\nextends: [go, ../rule.yaml]\n")
    return Path()


def test_what_lies_in_the_tree_is_used(engine, tree):
    Path("engine.yaml").write_text("rules: [./pack, go]\n")

    ran = engine("check", "--repository")

    assert (ran.code, ran.err) == (0, "")
    assert "demo-version" in ran.out


# The text of engine.yaml, links to make, and the text of pack/pack.yaml if it is another one.
WAYS_OUT = {
    "an absolute rule file": ("rules: [{outside}/rule.yaml]", {}, ""),
    "a rule file above": ("rules: [../outside/rule.yaml]", {}, ""),
    "a rule file above, by a detour": ("rules: [./pack/../../outside/rule.yaml]", {}, ""),
    "a pack above": ("rules: [../outside]", {}, ""),
    "waivers above": ("waivers: ../outside/waivers.yaml", {}, ""),
    "waivers by a link": ("waivers: w.yaml", {"w.yaml": "../outside/waivers.yaml"}, ""),
    "a rule file by a link": ("rules: [./r.yaml]", {"r.yaml": "../outside/rule.yaml"}, ""),
    "a pack by a link": ("rules: [./p]", {"p": "../outside"}, ""),
    "a pack below a link": ("rules: [./p/deep]", {"p": "../outside"}, ""),
    "a link in a pack": ("rules: [./pack]", {"pack/r.yaml": "../../outside/rule.yaml"}, ""),
    "an extended pack above": ("rules: [./pack]", {}, "extends: [../../outside]"),
    "an absolute extended pack": ("rules: [./pack]", {}, "extends: ['{outside}']"),
    "an extended pack by a link": ("rules: [./pack]", {"p": "../outside"}, "extends: [../p]"),
}


@pytest.mark.parametrize(("config", "links", "pack"), WAYS_OUT.values(), ids=WAYS_OUT)
def test_nothing_in_the_tree_leads_out_of_it(engine, tree, config, links, pack):
    outside = os.path.abspath("../outside")
    Path("engine.yaml").write_text(config.format(outside=outside))
    for name, target in links.items():
        Path(name).symlink_to(target)
    if pack:
        Path("pack/pack.yaml").write_text(f"pack: ours\n{pack.format(outside=outside)}\n")

    ran = engine("check", "--repository")

    assert (ran.code, ran.out) == (2, "")
    assert re.search(r"leads out of the (repository|pack's folder)", ran.err)
    assert re.match(r"nothing was judged: [^ ]+\.yaml(:\d+:\d+)?: ", ran.err)
    assert "s3cr3t" not in ran.err


def test_a_configuration_that_is_a_link_to_the_outside_is_refused(engine, tree):
    Path("../outside/engine.yaml").write_text("rules: [s3cr3t]\n")
    Path("engine.yaml").symlink_to("../outside/engine.yaml")

    ran = engine("check", "--repository")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "nothing was judged: `engine.yaml` leads out of the repository; "
        "leave out `--repository` if you trust it\n"
    )


def test_what_the_user_names_may_lie_elsewhere_but_not_through_the_tree(engine, tree):
    shutil.rmtree("../outside/deep")
    Path("../outside/.w").mkdir()
    Path("../outside/.w/waivers.yaml").write_text("waivers: []\n")
    Path("p").symlink_to("../outside")
    Path("../outside/waivers.yaml").unlink()
    ours = ("--rules", "../outside", "--waivers", "../outside/.w/waivers.yaml")

    assert engine("check", "--repository", *ours).code == 0
    for words in (("--rules", "p"), ("--rules", "p/rule.yaml"), ("--waivers", "p/.w/waivers.yaml")):
        ran = engine("check", "--repository", *words)
        assert ran.code == 2
        assert f"`{words[1]}` leads out of the repository" in ran.err


def test_without_the_option_a_repository_may_use_what_lies_beside_it(engine, tree):
    Path("../outside/pack.yaml").write_text("pack: outside\n")
    Path("../outside/waivers.yaml").unlink()
    shutil.rmtree("../outside/deep")
    Path("engine.yaml").write_text("rules: [../outside]\n")

    assert engine("lint").code == 1  # its rule has no example
    assert "leads out" in engine("lint", "--repository").err


def test_a_folder_of_the_work_tree_may_use_the_whole_of_it(engine, tree):
    Path("services/api").mkdir(parents=True)
    Path("services/api/engine.yaml").write_text("rules: [../../pack]\n")

    assert engine("check", "services/api", "--repository").code == 0


def test_a_kept_program_does_not_open_the_way_out(engine, tree, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("../cache"))
    Path("engine.yaml").write_text("rules: [./pack]\n")
    for path in (Path("engine.yaml"), Path("rule.yaml"), Path("pack/pack.yaml")):
        os.utime(path, (1, 1))
    assert [engine("check", "--repository").code for _ in range(2)] == [0, 0]
    assert list(Path("../cache/precedent").iterdir())

    shutil.copytree("pack", "../outside/copy")
    shutil.copy("rule.yaml", "../outside")
    shutil.rmtree("pack")
    Path("pack").symlink_to("../outside/copy")

    ran = engine("check", "--repository")
    assert ran.code == 2
    assert "leads out of the repository" in ran.err


def test_what_fails_names_the_file_and_the_line(engine, tree):
    Path("go.mod").write_text("module example.com/shop\n\ngo 1.24\n")
    Path("go.work").write_text("go 1.22\n\nuse .\n")

    ran = engine("check", "--repository", "--rules", "go")

    assert (ran.code, ran.err) == (1, "")
    assert f"← {os.getcwd()}/go.work:1\n" in ran.out


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_nothing_else_is_opened_and_nothing_is_run(tree, cache):
    Path("engine.yaml").write_text("rules: [./pack]\n")
    Path("go.mod").write_text("module example.com/shop\n\ngo 1.24\n")
    Path("go.work").write_text("go 1.22\n\nuse (\n\t.\n\t../outside\n\t/etc\n)\n")
    Path("bin").mkdir()
    Path("bin/go").write_text("#!/bin/sh\ntouch ran\n")
    Path("bin/go").chmod(0o755)
    watch = ["strace", "-f", "-qq", "-e", "trace=execve,open,openat,connect,bind", "-o", "../trace"]
    command = [sys.executable, "-I", "-m", "engine", "check", "--repository"]

    ran = subprocess.run(
        [*watch, *command],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": f"{os.getcwd()}/bin:{os.environ['PATH']}"},
    )

    if "Operation not permitted" in ran.stderr:
        pytest.skip("strace may not trace here")
    assert ran.returncode in {0, 1}, ran.stderr
    calls = [line for line in Path("../trace").read_text().splitlines() if "ENOENT" not in line]
    started = [line for line in calls if "execve(" in line]
    assert len(started) == 1, started
    assert not any("connect(" in line or "bind(" in line for line in calls)
    ours = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(ROOT), str(cache)}
    # Where systems keep libraries; and what one of them asks to learn how many cores there are.
    system = ("/usr/lib", "/lib", "/usr/share", "/usr/local/lib", "/proc/self/", "/sys/fs/cgroup/")
    allowed = (os.getcwd(), *ours, *system)
    files = {
        "/etc/ld.so.cache", "/etc/localtime", "/etc/python3.11/sitecustomize.py", "/dev/null", "/",
    }  # fmt: skip
    opened = set(re.findall(r'openat?\([^"\n]*"(/[^"]*)"', "\n".join(calls)))
    assert len(opened) > 50
    strange = {path for path in opened if not path.startswith(allowed) and path not in files}
    assert strange == set()
    assert not Path("ran").exists()
