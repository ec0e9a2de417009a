"""The made-up root that a case runs on."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tests.oracle.truth.shells import HIDE, HOME, PLACES, PROBE_FOLDER, SHELLS, passwd

_FOLDERS = ("etc", "home", "root", "opt", "srv", "usr/local", "tmp")


def stage(case, root):
    """Lay the case's files under `root`; give bubblewrap's arguments that mount them."""
    if here := [path for path in case.get("absent", ()) if os.path.exists(path)]:
        raise ValueError(f"the case is for a machine without {', '.join(here)}")
    as_su = case["mode"].get("via") == "su"
    _accounts(case["shell"], root / "etc", with_pam=as_su)
    for folder in (*_FOLDERS, "run/oracle/out"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    home = case.get("env", {}).get("HOME", HOME if case.get("uid", 1000) else "/root")
    (root / home.lstrip("/")).mkdir(parents=True, exist_ok=True)
    for path, content in case.get("files", {}).items():
        if not re.match(rf"{PLACES}(/|$)", path):
            raise ValueError(f"a case cannot place {path}: only what lies in {PLACES}")
        _write(root, path, content)
    if as_su:  # real accounts there: no user namespace
        for folder, folders, names in os.walk(root / HOME.lstrip("/")):
            for name in (folder, *(os.path.join(folder, each) for each in folders + names)):
                os.lchown(name, 1000, 1000)
        (root / "run/oracle/out").chmod(0o777)
    return _mounts(root, case.get("hide", HIDE))


def _accounts(shell, etc, *, with_pam):
    etc.mkdir()
    for name in ("ld.so.cache", "nsswitch.conf", "localtime"):
        source = Path("/etc") / name
        if source.exists():
            shutil.copyfile(source, etc / name)
    shutil.copytree("/etc/alternatives", etc / "alternatives", symlinks=True)
    (etc / "passwd").write_text(passwd(shell))
    (etc / "group").write_text("root:x:0:\nuser:x:1000:\n")
    (etc / "shells").write_text("".join(row[0] + "\n" for row in SHELLS.values()))
    if with_pam:
        for name in ("pam.d", "security"):
            shutil.copytree(Path("/etc") / name, etc / name, symlinks=True)
        shutil.copyfile("/etc/login.defs", etc / "login.defs")
        (etc / "shadow").write_text("root:*:19000:0:99999:7:::\nuser:*:19000:0:99999:7:::\n")


def _write(root, path, content):
    place = root / path.lstrip("/")
    if isinstance(content, str):
        content = {"text": content}
    if content.get("dir") or path.endswith("/"):
        place.mkdir(parents=True, exist_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if "link" in content:
        place.symlink_to(content["link"])
        return
    place.write_bytes(content["text"].encode("utf-8", "surrogateescape"))
    place.chmod(content.get("mode", 0o644))


def _mounts(root, hide):
    arguments = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for folder in ("/run", "/mnt", "/var/tmp"):
        arguments += ["--tmpfs", folder]
    for folder in _FOLDERS:
        arguments += ["--bind", str(root / folder), f"/{folder}"]
    arguments += ["--bind", str(root / "run/oracle"), PROBE_FOLDER]
    for path in hidden(hide):
        folder = os.path.dirname(path)
        # bash finds what cannot be run, too, so a folder of its own goes as a whole.
        whole = folder not in {"/bin", "/usr/bin"}
        arguments += ["--tmpfs", folder] if whole else ["--ro-bind", "/dev/null", path]
    return arguments


def hidden(names):
    """The programs of this machine that a case doesn't see; of a link, what it leads to."""
    return sorted({os.path.realpath(path) for path in names if os.path.exists(path)})


def ancestors(path):
    """Every folder above a path, and itself if it is one."""
    found = [path.rstrip("/")] if path.endswith("/") else []
    while "/" in path.strip("/"):
        path = path.rstrip("/").rsplit("/", 1)[0]
        found.append(path)
    return found


def load_tree(folder):
    """The files of a case, out of a folder that holds etc/, home/user/ and so on."""
    files = {}
    for base, folders, names in os.walk(folder):
        for name in names:
            place = Path(base) / name
            inside = f"/{place.relative_to(folder)}"
            if place.is_symlink():
                files[inside] = {"link": os.readlink(place)}
            else:
                text = place.read_bytes().decode("utf-8", "surrogateescape")
                files[inside] = {"text": text, "mode": place.stat().st_mode & 0o777}
        if not names and not folders:
            files[f"/{Path(base).relative_to(folder)}/"] = {"dir": True}
    return files
