"""Asks WSL's own parser of wsl.conf, compiled from its source, and records what it answers.

`python -m tests.real.wsl.ask CHECKOUT` takes a checkout of microsoft/WSL and needs g++ or clang++;
of the rest of WSL, the folder `shim` has what the parser's one file asks for.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ANSWERS = HERE / "answers.jsonl"
KEYS = (
    "b:interop.enabled", "b:interop.appendWindowsPath", "s:user.default", "s:automount.root",
    "s:user.d", "s:user",
)  # fmt: skip
SKIP_INVALID_LINES, SKIP_UNKNOWN_VALUES = 1, 2

WRITTEN = (
    "",
    "\n",
    "[user]",
    "[user]\ndefault=dana",
    "[user]\ndefault = dana \n",
    "default=dana",
    "[USER]\nDEFAULT=dana",
    "[user]\ndefault=dana\ndefault=eve\n",
    "[user]\r\ndefault=dana\r\n",
    "[user]\rdefault=dana\rd=x",
    "[user] # who\ndefault=dana # it is\n",
    "[user]# who\ndefault=a",
    "# [user]\ndefault=a",
    "  [user]\n\tdefault\t=\ta\t\n",
    "[ user ]\ndefault=a",
    "[user\ndefault=a",
    "[user]x\ndefault=a",
    "[]\ndefault=a",
    "[1]\ndefault=a",
    "[user1]\ndefault=a",
    "[user]\n;comment\ndefault=a",
    "[user]\nde-fault=a\ndefault=b",
    "[user]\ndefault\ndefault=b",
    "[user]\ndefault:a\ndefault=b",
    "[user]\ndefault=\n",
    "[user]\ndefault=",
    '[user]\ndefault=""',
    '[user]\ndefault="a b"',
    '[user]\ndefault=" a "',
    '[user]\ndefault= " a " ',
    '[user]\ndefault=a" b "c',
    '[user]\ndefault="a\nd=x',
    '[user]\ndefault=a"',
    '[user]\ndefault="a#b" # c',
    "[user]\ndefault=a#b",
    "[user]\ndefault='a b'",
    '[user]\ndefault=a\\"b',
    "[user]\ndefault=a\\\\b",
    "[user]\ndefault=a\\nb\\tc\\bd",
    "[user]\ndefault=a\\xb\nd=x",
    "[user]\ndefault=a\\\nb\nd=x",
    "[user]\ndefault=a\\\r\nb\nd=x",
    "[user]\ndefault=a\\",
    "[user]\ndefault=a\\ ",
    "[user]\ndefault=C:\\\\a",
    "[user]\ndefault=C:\\a",
    "[user]\ndefault=$HOME",
    "[user]\ndefault=a=b",
    "[user]\ndefault==a",
    "[interop]\nenabled=true",
    "[interop]\nenabled=TRUE",
    "[interop]\nenabled=1",
    "[interop]\nenabled=0",
    "[interop]\nenabled=False",
    "[interop]\nenabled=yes",
    "[interop]\nenabled=no\nenabled=false",
    "[interop]\nenabled=t",
    "[interop]\nenabled=01",
    '[interop]\nenabled="false"',
    '[interop]\nenabled="fal"se',
    "[interop]\nenabled=false;",
    "[interop]\nenabled=\nenabled=false",
    "[interop]\nAppendWindowsPath=false",
    "[interop]\nappendwindowspath = false\nappendWindowsPath = true",
    "[interop]\nappendWindowsPath = false\n[user]\ndefault=a\n[interop]\nenabled=false",
    "interop.enabled=false",
    "[interop]\ninterop.enabled=false",
    "[Interop]\n\nenabled = false",
    "[automount]\nroot = /\n",
    "[automount]\nroot=/mnt/\n",
    "[automount]\nroot=\n",
    "[automount]\nroot=a\\\n  b  \n",
    "\ufeff[user]\ndefault=a",
    "[user]\ndefault=dän",
    "[üser]\nd=a",
    "[user]\n# ü\ndefault=a",
    "[user]\ndefault=a\0b\nd=c",
    "[user]\n\0default=a",
    "[us\0er]\nd=a",
    "[user]\ndefault=a\v\f",
    "[user]\n\fdefault=a",
    "[user]\ndefault\v=a",
    "[user]\ndefault=a\x1ad=x",
    "[user]\ndefault=a\u00a0",
    "[user]\n[user x\nd=a",
    "[user]\n[userx y]\nd=a",
    "[user]\n[us y]\nd=a",
    "[user]\n[1]\nd=a",
    "[user]\ndefault=a\n[x y]\nd=b",
    "[user]\ndefault=a\\qb\nd=x",
)
_PIECES = (
    "[", "]", "user", "interop", "automount", "default", "d", "enabled", "root", "=", " ", "\t",
    "\n", "\n", "\r\n", "\r", "#", '"', "\\", "\\n", "\\\n", "true", "FALSE", "a", "1", "-", "ä",
    "[user]\n", "[interop]\n", "[automount]\n", "default=", "enabled = ", "d=", "root=",
)  # fmt: skip


def drawn(count: int) -> list[str]:
    """Give texts put together at random, the same ones each time."""
    dice = random.Random(20)
    return ["".join(dice.choices(_PIECES, k=dice.randint(2, 25))) for _ in range(count)]


def compiled(checkout: Path, folder: Path) -> Path:
    """Give the program that asks the parser, built into a folder."""
    source = checkout / "src/shared/configfile"
    program = folder / "ask"
    shim = HERE / "shim"
    files = (shim / "main.cpp", source / "configfile.cpp")
    subprocess.run(
        ["g++", "-std=c++20", f"-I{shim}", f"-I{source}", "-o", program, *files], check=True
    )
    return program


def main() -> None:
    """Ask about all texts, and write the answers."""
    with tempfile.TemporaryDirectory() as folder, ANSWERS.open("w") as out:
        program = compiled(Path(sys.argv[1]), Path(folder))
        for text in (*WRITTEN, *drawn(300)):
            for flags in (SKIP_UNKNOWN_VALUES, SKIP_UNKNOWN_VALUES | SKIP_INVALID_LINES):
                ran = subprocess.run(
                    [program, str(flags), *KEYS],
                    input=text.encode(),
                    capture_output=True,
                    check=True,
                )
                result, *values = ran.stdout.decode().split()
                row = {"text": text, "goes_on": bool(flags & SKIP_INVALID_LINES)}
                row |= {"broke": result != "0", "values": dict(zip(KEYS, values, strict=True))}
                out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
