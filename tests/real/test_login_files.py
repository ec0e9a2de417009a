"""The readers of login files against the programs that read them: pam_env and systemd.

Needs root for pam_env (`su` in a mount namespace of its own); for the other systemd's generator:
`apt-get install systemd`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess

import pytest

from engine.gather.syntaxes.pam_env import read_pam_env
from engine.gather.syntaxes.systemd_env import read_systemd_env

GENERATOR = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator"
NAMES = tuple("ABCDEFGH")
PIECES = (
    "A", "B=", "C=$A", "D=", "E='", 'F="', 'G="x"', "'", '"', "#", ";", " ", "\\", "\n", "\n",
    "\n", "\nexport ", "$A", "${A}", "${B:-", "${C:+", "}", "{", "$", "x", "y", " z", "\t", "=",
    "\nH=", "\\\n", "\r", "\\$", "`",
)  # fmt: skip


@pytest.fixture
def pam(tmp_path):
    """Ask `su` what a session's environment is with a file as /etc/environment."""
    if os.getuid() != 0:
        pytest.skip("only root can give `su` another /etc/environment")
    if not all(map(shutil.which, ("su", "unshare", "mount"))):
        pytest.skip("no su, unshare or mount here")
    own = tmp_path / "environment"

    def ask(content):
        own.write_bytes(content)
        own.chmod(0o644)
        script = f'mount --bind {own} /etc/environment && exec su nobody -s /bin/sh -c "env -0"'
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            pytest.skip(f"`su` does not work here: {done.stderr.decode()[-200:]}")
        pairs = (pair.partition(b"=") for pair in done.stdout.split(b"\0"))
        given = {name.decode("latin1"): value.decode() for name, _, value in pairs}
        return {name: given[name] for name in NAMES if name in given}

    if ask(b"A=probe\n") != {"A": "probe"}:
        pytest.skip("/etc/pam.d/su does not read /etc/environment here")
    return ask


@pytest.fixture
def systemd(tmp_path):
    """Ask systemd's generator what a file in environment.d comes to."""
    if not os.access(GENERATOR, os.X_OK):
        pytest.skip(f"no {GENERATOR}: apt-get install systemd")
    folder = tmp_path / ".config/environment.d"
    folder.mkdir(parents=True)

    def ask(content):
        (folder / "0.conf").write_bytes(content)
        given = {"HOME": str(tmp_path), "PATH": "/bin", "B": "envb", "E": ""}
        done = subprocess.run([GENERATOR], env=given, capture_output=True, check=False)
        found = {}
        for line in done.stdout.decode().split("\n"):
            name, equals, value = line.partition("=")
            if equals and name in NAMES:
                found[name] = _unquoted(value)
        return found

    return ask


def _unquoted(value):
    if not value.startswith('"'):
        return value
    letters = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(.)", lambda found: letters.get(found[1], found[1]), value[1:-1])


def folded(script, given):
    """Give what a script sets, and which variables it leaves open (None: all)."""
    values, open_names = dict(given), set()
    for op, _, *rest in script:
        if op == "decl":
            ((name, _, word, _),) = rest[1]
            values[name] = _text(word, values)
            open_names.discard(name)
        elif rest[1] is None:
            return values, None
        else:
            open_names.update(rest[1])
    return values, open_names


def _text(word, values):
    return "".join(_part(part, values) for part in word)


def _part(part, values):
    if part[0] == "q":
        return part[1]
    if part[0] == "var":
        return values.get(part[1], "")
    is_set, other = part[1] in values, _text(part[2]["word"], values)
    if part[2]["op"] == "-":
        return values[part[1]] if is_set else other
    return other if is_set else ""


def contents(seed, count):
    chance = random.Random(seed)
    for _ in range(count):
        start = "A=av\n" if chance.random() < 0.5 else ""
        yield (start + "".join(chance.choices(PIECES, k=chance.randint(3, 25)))).encode()


def test_pam_env_reads_as_we_do(pam):
    compared = 0
    for content in contents(1, 150):
        values, open_names = folded(read_pam_env(content), {})
        if open_names is None:
            continue
        asked = {name: value for name, value in pam(content).items() if name not in open_names}
        known = {name: values[name] for name in NAMES if name in values and name not in open_names}
        assert known == asked, content
        compared += len(known)
    assert compared > 100


def test_systemd_reads_as_we_do(systemd):
    compared = 0
    for content in contents(2, 400):
        script = read_systemd_env(content)
        values, open_names = folded(script, {"B": "envb", "E": ""})
        if open_names is None or open_names:
            continue
        written = {statement[3][0][0] for statement in script}
        known = {name: values[name] for name in NAMES if name in written}
        assert known == systemd(content), content
        compared += len(known)
    assert compared > 200
