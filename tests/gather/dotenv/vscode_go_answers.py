"""What the reader of the Go extension makes of files for `envFile`.

`python -m tests.gather.dotenv.vscode_go_answers` asks it again and records what it says; the
environment variable PRECEDENT_VSCODE_GO_ENV_UTILS names `extension/src/utils/envUtils.ts` of
golang/vscode-go with its types taken away (`esbuild envUtils.ts --format=cjs`).
"""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import subprocess
from pathlib import Path

from engine.gather.assignments import Assignment
from engine.gather.dotenv.vscode_go import WINDOW, read_vscode_go
from engine.model.facts import Absent

HERE = Path(__file__).parent
SEED = 20260102
RECORDED = 150
GLOBALS = {"HOME": "/home/dana", "EMPTY": "", "A": "outer", "PATH": "/bin:/usr/bin", "B_1": "b1"}
_READER = Path(os.environ.get("PRECEDENT_VSCODE_GO_ENV_UTILS", "/nowhere"))
_RECORD = HERE / "answers-vscode-go.json"

WRITTEN = [
    b"",
    b"A=1",
    b"export A=1\nexport\tB=2\nexportC=3\nexport=4",
    b"A=1\r\nB=2  \r\nC=  3",
    b"\xef\xbb\xbfA=1",
    b"  A = spaced value  \n\tB\t=\tx",
    b"# a comment\nA=x # kept\nB=#kept",
    b"A=\nB=''\nC=\"\"\nD='\nE=\"",
    b"A='single'\nB=\"double\"\nC='mixed\"\nD=\"mixed'\nE='one\nF=one'\nG=''two''",
    b'A="line\\nline"\nB=\'line\\nline\'\nC=line\\nline\nD="\\n"',
    b"A=${HOME}/go\nB=$HOME/go\nC=${A}\nD=${B}:${A}\nE=${MISSING}x",
    b"A=\\${HOME}\nB=\\$HOME\nC=a\\${HOME}b${HOME}\nD=\\\\${HOME}",
    b"A=${}\nB=${HOME}${}\nC=${1X}\nD=${HOME-x}\nE=${HOME:-x} ${HOME}",
    b"A=${HOME} ${HOME-x}\nB=${HOME}}\nC=${HOME\nD=${ HOME }",
    b"EMPTY=\nA=${EMPTY}|\nHOME=\nB=${HOME}|",
    b"A=1\nA=2\nB=${A}\nA=${A}${A}",
    b"A=${A}:mine\nA=${A}:again",
    b"a.b=1\na-b=2\n1A=3\n-=4\n=5\nA B=6\n\xc3\xa4=7",
    b"A==x\nB=a=b\nC",
    b"A: yaml\nB=1",
    b"A=\xff\xfe\nB=\xc3\xa4",
    b"A=a\xe2\x80\xa8b\nB=\xc2\xa0x\xc2\xa0\nC=a\rb",
    b"A=\r\r\nB=x\r\r\n",
    b"__proto__=1\nA=2",
    b"A='${HOME}'\nB=\"${HOME}\"\nC='\\${HOME}'",
    b"A=`date`\nB=$(date)\nC=!x\nD=~/x\nE=%PATH%",
    b'A="a" "b"\nB=\'a\' # c',
    b"export   A  =  '  x  '  ",
    b"A=x\\\ny\nB=2",
    b"EMPTY=\nA=${EMPTY}${EMPTY}\nB=${A}x\nC=${A}",
]
_NAMES = ["A", "B_1", "EMPTY", "HOME", "NEW", "c.d"]
_PIECES = [
    "${A}", "${HOME}", "${EMPTY}", "${NEW}", "${c.d}", "${", "}", "$", "\\", "'", '"', " ", "#",
    "x", "\\n", "=", "\t", "\\${A}", "${A-x}", "\r", "y z", ":",
]  # fmt: skip


def files(count=RECORDED, seed=SEED):
    """Give files to read."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        lines = []
        for _ in range(chance.randrange(1, 6)):
            value = "".join(chance.choices(_PIECES, k=chance.randrange(6)))
            start = chance.choice(["", "", "export ", " "])
            lines.append(f"{start}{chance.choice(_NAMES)}{chance.choice(['=', ' = '])}{value}")
        made.append("\n".join(lines).encode())
    return WRITTEN + made


def missing():
    """Say what the reader needs and is not there."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not _READER.is_file():
        return "PRECEDENT_VSCODE_GO_ENV_UTILS names no file"
    return None


def asked(given):
    """Ask the reader: for each file what it sets."""
    questions = [{"text": base64.b64encode(text).decode(), "globals": GLOBALS} for text in given]
    said = subprocess.run(
        ["node", HERE / "ask_vscode_go.mjs", _READER.resolve()],
        input=json.dumps(questions),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return [dict(answer) for answer in json.loads(said.stdout)]


def recorded():
    """Give the answers that were recorded."""
    return json.loads(_RECORD.read_text(encoding="utf-8"))


def ours(text):
    """Give what our reader makes of a file for a window with these variables."""
    values = {}
    for one in read_vscode_go(text):
        assert isinstance(one, Assignment)
        values[one.name] = _value(one.parts)
    return values


def _value(parts):
    if any(isinstance(part, Absent) for part in parts):
        return None
    return "".join(part if isinstance(part, str) else _of(part) for part in parts)


def _of(reference):
    assert reference.of == WINDOW
    value = GLOBALS.get(reference.variable)
    if value is None or (reference.empty_is_unset and not value):
        return _value(reference.otherwise)
    return value if reference.then is None else _value(reference.then)


def main():
    """Ask the reader and record what it says."""
    lines = ",\n".join(map(json.dumps, asked(files())))
    _RECORD.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
