"""Files that programs read in different ways, and what the programs made of them.

`python -m tests.real.env_readers` asks them again.
"""

from __future__ import annotations

import json
from pathlib import Path

ANSWERS = Path(__file__).parent / "answers"
CLIENT = {"HOST": "h", "EMPTY": "", "A": "outer", "HOME": "/home/dana"}

CASES = {
    "nothing": b"",
    "plain": b"B=1\nC=two\nPATH_TO=/usr/local/go/bin:/usr/bin\n",
    "blanks around lines": b"  A=1  \n\n\t B=2\t\n",
    "blanks around the sign": b"A = 1\nB= 2\nC =3\n",
    "an empty value": b"A=\nB=''\nC=\"\"\nD=  \n",
    "an empty value before another": b"GONE=  \nB=1\n",
    "no end of line": b"A=1\nB=2",
    "no end of a comment": b"A=1\nB=2 # c",
    "export": b"export B=1\nexport  C=2\nexport\tD=3\nexport = 4\n",
    "export alone": b"export B\nexport HOST\n",
    "a name alone": b"HOST\nGONE\nB=1\n",
    "a name alone at the end": b"B=1\nHOST",
    "a name alone after a value": b"B=1\nB\n",
    "the client's name": b"A=inner\nEMPTY=x\n",
    "a name twice": b"B=1\nB=2\n",
    "a name twice and between": b"B=1\nC=${B}\nB=2\n",
    "comments": b"# c\n  # c\nB=1 # c\nC=1# c\nD=#c\nE= # c\nF='x' # c\nG=\"x\"#c\n",
    "a semicolon": b"; c\nB=1;C=2\n",
    "a colon": b"B: 1\nC:2\nD : 3\n",
    "a sign twice": b"B=1=2\nC==1\n=3\n",
    "names of few": b"a.b=1\nx-y=2\n1A=3\nB[0]=4\n",
    "a name with a blank": b"B C=1\nD=2\n",
    "a name in quotes": b"'B'=1\n\"C\"=2\n",
    "a name of other letters": "É=1\nB=é\n".encode(),
    "double quotes": b'B="x y"\nC="x\'y"\nD="x=y"\n',
    "single quotes": b"B='x y'\nC='x\"y'\nD='x=y'\n",
    "backticks": b"B=`x y`\nC=`x'y\"z`\n",
    "quotes within": b"B=x'y z'\nC=x\"y\"z\nD=it's\n",
    "quotes behind": b"B='x'y\nC=\"x\" y\n",
    "quotes in quotes": b"B=\"x\\\"y\"\nC='x\\'y'\n",
    "quotes and blanks": b"B= 'x' \nC =\t\"y\"\n",
    "quotes and a comment": b"B='x' # it's\nC=\"x\" # 'y'\nD='x # y'\nE=\"x # y\"\n",
    "lines in quotes": b"B='x\ny'\nC=\"x\n\ny\"\nD=1\n",
    "assignments in quotes": b"B='\nC=1\n'\nD=2\n",
    "an open double quote": b'B="x\nC=1\n',
    "an open single quote": b"B='x y\nC=1\n",
    "an open quote at the end": b'B=1\nC="x',
    "an open quote with a blank": b"B=it's here\nC=1\n",
    "escapes": b'B="x\\ny\\tz"\nC=\'x\\ny\'\nD=x\\ny\nE="\\\\n"\nF="\\a\\b\\0101"\n',
    "backslashes": b"B=C:\\dir\\new\nC='C:\\dir'\nD=\"C:\\dir\"\nE=x\\ y\n",
    "continued lines": b'B=x\\\ny\nC="x\\\ny"\nD=1\n',
    "a comment that goes on": b"# c \\\nB=1\nC=2\n",
    "variables": b"B=$HOST\nC=${HOST}\nD=\"$HOST ${HOST}\"\nE='$HOST ${HOST}'\n",
    "variables that are not set": b'B=$GONE\nC=${GONE}x\nD="$GONE"\n',
    "variables of lines above": b'B=1\nC=$B\nD=${B}2\nE="${C}${D}"\n',
    "variables of lines below": b"B=${C}\nC=1\n",
    "variables of both": b"A=inner\nB=$A\nC=${A}\n",
    "variables of themselves": b"A=${A}:x\nPATH=/opt:$PATH\nHOME=${HOME}/x\n",
    "defaults": b"B=${GONE:-d}\nC=${EMPTY:-d}\nD=${HOST:-d}\nE=${GONE-d}\nF=${EMPTY-d}\n",
    "defaults of lines above": b"B=\nC=${B:-d}\nD=${B-d}\nA=1\nE=${A:-d}\nF=${A:+s}\n",
    "defaults in defaults": b"B=${GONE:-${HOST}}\nC=${GONE:-${MORE:-d}}\nD=${GONE:-{x}}\n",
    "defaults with blanks": b'B=${GONE:-d e}\nC="${GONE:-d e}"\nD=${GONE:-d}${HOST:-e}\n',
    "alternatives": b"B=${HOST:+s}\nC=${GONE:+s}\nD=${EMPTY:+s}\nE=${EMPTY+s}\n",
    "required": b"B=${HOST:?no}\nC=${HOST?no}\n",
    "required and missing": b"B=1\nC=${GONE:?no}\n",
    "dollars": b"B=$\nC=a$\nD=$$\nE=$1\nF=\\$HOST\nG=\"\\$HOST\"\nH='\\$HOST'\n",
    "dollars before names": b"B=$HOST_X\nC=$HOST-x\nD=$HOST.x\nE=${HOST}_x\n",
    "broken variables": b"B=${\n",
    "broken variables in quotes": b"B='${'\nC='$('\n",
    "odd variables": b"B=${a.b}\n",
    "commands": b"B=$(echo x)\nC=`echo x`\n",
    "tildes": b'B=~/x\nC="~/x"\n',
    "braces": b'B={"a": "b"}\nC=[1, 2]\nD=\'{"a": 1}\'\n',
    "names of JavaScript": b"__proto__=1\ntoString=2\n",
    "sections": b"B=1\n[section]\nC=2\n",
    "words": b"B=1\nthis is no setting\nC=2\n",
    "a url": b"B=http://u:p@example.com:80/?a=1&b=2#c\nC='http://example.com/#c'\n",
    "no comment": b"B=a#b\nC=a #b\nD=#\n",
    "windows": b"A_1=1\r\nB=\"x\"\r\nC='y'\r\n# c\r\nD=2\r\n",
    "windows in quotes": b'B="x\r\ny"\r\nC=1\r\n',
    "old ends of lines": b"B=1\rC=2\rD=3",
    "byte order mark": b"\xef\xbb\xbfB=1\nC=2\n",
    "byte order mark and comment": b"\xef\xbb\xbf# c\nB=1\n",
    "no utf-8 in a value": b"B=\xff\nC=1\n",
    "no utf-8 in a comment": b"# \xff\nB=1\n",
    "no utf-8 in a name": b"\xff=1\nB=2\n",
    "half of a letter": b"B=\xc3\nC=1\n",
    "utf-16": "B=1\n".encode("utf-16"),
    "nul in a value": b"B=x\0y\nC=1\n",
    "nul in a comment": b"# \0\nB=1\n",
    "other blanks": "B=\xa0x\xa0\nC=\u2028\nD=\x85x\n".encode(),
    "form feeds": b"B=\x0cx\x0b\n\x0bC=1\n",
    "a long line": b"B=1\nC=" + b"x" * 70_000 + b"\nD=2\n",
    "a line of 64 KiB": b"C=" + b"x" * 65_533 + b"\nD=2\n",
    "one more": b"C=" + b"x" * 65_534 + b"\nD=2\n",
    "many names": b"".join(b"N%d=%d\n" % (number, number) for number in range(200)),
}


def recorded():
    """Give what was answered, by the name of the program: its dialect, and answers by case."""
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ANSWERS.glob("*.json"))
    }
