"""The two images that all others are made from: busybox alone, and Debian's bash with its files.

Nothing is fetched: their programs are this machine's own, and `tell`, which says what it was given.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
PASSWD = """\
root:x:0:0:root:/root:/bin/sh
dana:x:1000:1000:Dana:/home/dana:/bin/sh
web:x:33:33:web:/srv/web:/usr/sbin/nologin
bare:x:1001:1001:no home::/bin/sh
"""
GROUP = "root:x:0:\ndana:x:1000:\nweb:x:33:\nstaff:x:50:dana\n"
APPLETS = ("sh", "env", "id", "cat", "sleep", "true")
ENTRY = '#!/bin/sh\nexport ENTRY=exported GIVEN="entry-$GIVEN"\nexec "$@"\n'
MARKED = "export {0}={0}-read\n"


def _own(path: str) -> str:
    return Path(path).read_text()


def files(base: str) -> dict[str, str]:
    """Give the text files of a base, by path."""
    texts = {
        "/etc/passwd": PASSWD,
        "/etc/group": GROUP,
        "/entry": ENTRY,
        "/etc/rc": MARKED.format("RC"),
    }
    if base == "busybox":
        return texts | {
            "/etc/profile": MARKED.format("PROFILE") + "export PATH=/profile:$PATH\n",
            "/root/.profile": MARKED.format("DOT_PROFILE"),
            "/home/dana/.profile": MARKED.format("DOT_PROFILE"),
        }
    bashrc = MARKED.format("BASHRC") + _own("/etc/skel/.bashrc") + MARKED.format("BASHRC_END")
    profile = _own("/etc/skel/.profile") + MARKED.format("DOT_PROFILE")
    texts |= {f"{home}/.bashrc": bashrc for home in ("/root", "/home/dana")}
    texts |= {f"{home}/.profile": profile for home in ("/root", "/home/dana")}
    return texts | {
        "/etc/profile": _own("/usr/share/base-files/profile"),
        "/etc/bash.bashrc": _own("/etc/bash.bashrc"),
        "/etc/passwd": PASSWD.replace("/bin/sh", "/bin/bash"),
    }


def programs(base: str) -> dict[str, str]:
    """Give what each program of a base is on this machine; of a link, its target."""
    links = {f"/bin/{applet}": "-> busybox" for applet in APPLETS}
    if base == "busybox":
        return {"/bin/busybox": "/usr/bin/busybox"} | links
    own = {"/bin/bash": "/bin/bash", "/bin/dash": "/bin/dash", "/bin/busybox": "/usr/bin/busybox"}
    for program in ("/bin/bash", "/bin/dash"):
        said = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        own |= {path: path for path in re.findall(r"(/\S+) \(0x", said)}
    return own | links | {"/bin/sh": "-> dash"}


def archive(base: str, tell: Path) -> bytes:
    """Give a base as a tar file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        texts, binaries = files(base), {**programs(base), "/bin/tell": str(tell)}
        for folder in sorted({f for path in (*texts, *binaries, "/tmp/x") for f in _above(path)}):
            _add(tar, folder, kind=tarfile.DIRTYPE, mode=0o777 if folder == "/tmp" else 0o755)
        for path, text in texts.items():
            _add(tar, path, text.encode(), mode=0o755 if path == "/entry" else 0o644)
        for path, what in binaries.items():
            if what.startswith("-> "):
                _add(tar, path, kind=tarfile.SYMTYPE, to=what.removeprefix("-> "))
            else:
                _add(tar, path, Path(what).read_bytes())
    return packed.getvalue()


def compiled(folder: Path) -> Path:
    """Give `tell`, built into a folder."""
    program = folder / "tell"
    subprocess.run(["gcc", "-static", "-O1", "-o", program, HERE / "tell.c"], check=True)
    return program


def _above(path: str) -> list[str]:
    return [str(folder) for folder in Path(path).parents if str(folder) != "/"]


def _add(  # noqa: PLR0913 - an entry of an archive has that many sides
    tar: tarfile.TarFile,
    path: str,
    content: bytes = b"",
    *,
    kind: bytes = tarfile.REGTYPE,
    mode: int = 0o755,
    to: str = "",
) -> None:
    info = tarfile.TarInfo(path.lstrip("/"))
    info.type, info.mode, info.linkname, info.size = kind, mode, to, len(content)
    tar.addfile(info, io.BytesIO(content))
