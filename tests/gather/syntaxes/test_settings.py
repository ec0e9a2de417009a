"""Files of settings that no shell reads: what each reader makes of the same odd lines."""

from __future__ import annotations

import pytest

from engine.gather.syntaxes.crontab import read_crontab
from engine.gather.syntaxes.env import read_env
from engine.gather.syntaxes.pam_env import read_pam_env
from engine.gather.syntaxes.systemd_env import read_systemd_env


def settings(script):
    """Give what a script without expansions sets; a variable that is not known is None."""
    found = {}
    for op, _, *rest in script:
        if op == "decl":
            ((name, operator, word, index),) = rest[1]
            assert (rest[0], operator, index) == ("export", "=", None)
            found[name] = "".join(part[1] for part in word if part[0] == "q")
        else:
            found |= dict.fromkeys(rest[1] or ["everything"])
    return found


# Each was measured with `su` and pam_env 1.5.2: tests/real/test_login_files.py asks again.
PAM = {
    "quotes at both ends are stripped": (b"A=\"x y\"\nB='q'\n", {"A": "x y", "B": "q"}),
    "of quotes inside only the last goes": (
        b'A="a"b"\nB="open\nC=x"y"\nD="x" \n',
        {"A": 'a"b', "B": "open", "C": 'x"y"', "D": 'x" '},
    ),
    "a comment begins even in quotes": (b'A=1 # c\nB="a # b"\n#C=1\n', {"A": "1 ", "B": "a "}),
    "a name may be indented and exported": (
        b" A=1\n\texport B=2\nexport  C=3\nexport\tD=4\n",
        {"A": "1", "B": "2"},
    ),
    "nothing is replaced": (b"A=$HOME/x\nB=${C}\n", {"A": "$HOME/x", "B": "${C}"}),
    "blanks stay": (b"A= x \nE =4\n", {"A": " x "}),
    "a carriage return is part of the value": (b"A=1\r\n", {"A": "1\r"}),
    "an empty value is a value": (b'A=\nB=""\n', {"A": "", "B": ""}),
    "other names are passed over": (b"A-B=1\n=5\nC=\n", {"C": ""}),
    "the last line needs no end": (b"A=1", {"A": "1"}),
    "a continued line is read in two ways": (b"A=1\\\nB=2\nC=3\n", {"A": None, "C": "3"}),
    "a continuation that is missing loses the line": (b"A=1\nB=1\\", {"A": "1"}),
    "a name alone takes back": (b"A=1\nA\n", {"A": None}),
    "nothing is sure behind a NUL": (b"A=1\n\0B=2\nC=3\n", {"A": "1", "everything": None}),
    "nothing is sure behind a long line": (
        b"A=1\nB=" + b"x" * 9000 + b"\n",
        {"A": "1", "everything": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), PAM.values(), ids=PAM)
def test_pam_env(content, expected):
    assert settings(read_pam_env(content)) == expected


# Measured with the generator of systemd 252.
SYSTEMD = {
    "blanks and quotes at the start go": (
        b"A = a b \nB=\"x y\"z\nC='a'\"b\" c\n",
        {"A": "a b", "B": "x yz", "C": "abc"},
    ),
    "quotes behind other characters stay": (b"A=x\"y\"\nB=it's\n", {"A": 'x"y"', "B": "it's"}),
    "backslashes": (
        b'A=a\\ b\nB=1\\\n2\nC="a\\\nb"\nD="\\n\\\\"\n',
        {"A": "a b", "B": "12", "C": "ab", "D": "\\n\\"},
    ),
    "an empty value is no setting": (b'A=\nB=""\nC=1\n', {"C": "1"}),
    "export and odd names are passed over": (b"export A=1\nB C=2\n1X=3\nD=4\n", {"D": "4"}),
    "comments begin a line": (b"#A=1\n;B=2\nC=a#b\n", {"C": "a#b"}),
    "a comment may go on": (b"# c\\\nA=1\nB=2\n", {"A": None, "B": "2"}),
    "carriage returns are ends of lines": (b"A=1\r\nB=2\r\n", {"A": "1", "B": "2"}),
    "quotes may span lines": (b'A="x\ny"\nB=1\n', {"A": "x\ny", "B": "1"}),
    "NUL makes the whole file void": (b"A=1\nB=\0\n", {}),
    "what is not UTF-8 breaks it": (b"A=\xff\n", {"everything": None}),
    "dollars that begin nothing": (
        b"A=$$x\nB=a$-b\nC=$\nD=${X\n",
        {"A": "$x", "B": "a$-b", "C": "$", "D": "${X"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), SYSTEMD.values(), ids=SYSTEMD)
def test_systemd_env(content, expected):
    assert settings(read_systemd_env(content)) == expected


def word_of(content):
    ((_, _, _, ((_, _, word, _),)),) = read_systemd_env(content)
    return word


def test_systemd_replaces_variables_even_in_quotes():
    assert word_of(b"A='$HOME/x'\n") == [["var", "HOME"], ["q", "/x"]]
    assert word_of(b'A="${B}"\n') == [["var", "B"]]
    # The backslash is gone before anybody looks for variables.
    assert word_of(b"A=\\$B\n") == [["var", "B"]]
    assert word_of(b"A=x$1y\n") == [["q", "x"]]


def test_systemd_tests_for_unset_only():
    default = ["param", "B", {"op": "-", "word": [["q", "d"]]}]
    assert word_of(b"A=${B:-d}\n") == [default]
    assert word_of(b"A=${B:+d}x\n") == [
        ["param", "B", {"op": "+", "word": [["q", "d"]]}],
        ["q", "x"],
    ]
    nested = ["param", "B", {"op": "-", "word": [["var", "C"]]}]
    assert word_of(b"A=${B:-${C}}\n") == [nested]
    # Another operator is none, and its brace counts on.
    assert word_of(b"A=${B:=d}${C:-x}\n") == [["q", "${B:=d}${C:-x}"]]


def test_systemd_does_not_follow_defaults_without_end():
    deep = "A=" + "${B:-" * 500 + "}" * 500
    assert "unknown" in str(read_systemd_env(deep.encode()))


def test_a_crontab_has_settings_between_its_jobs():
    content = (
        b"# m h\nSHELL=/bin/bash\nPATH = \"/a:/b\" \n'N'= 'x y'\n"
        b'5 * * * * A=1 go\n@daily B=2 x\nGOFLAGS=$HOME/x  \nEMPTY=\nX="a" b\n'
    )
    assert settings(read_crontab(content)) == {
        "SHELL": "/bin/bash",
        "PATH": "/a:/b",
        "N": "x y",
        "GOFLAGS": "$HOME/x",
        "EMPTY": "",
    }
    assert read_crontab(content)[0][1] == 2


def test_plain_lines_are_taken_as_they_are():
    content = b" A='x' # c\n#B=1\nC\nD==\n"
    assert settings(read_env(content)) == {"A": "'x' # c", "D": "="}
    assert settings(read_env(b"A=1\n" * 1000 + b"B=1\n"))["everything"] is None


@pytest.mark.parametrize("read", [read_pam_env, read_systemd_env, read_crontab, read_env])
def test_whatever_stands_in_a_file_gives_a_script(read):
    for content in (b"", b"\0", b"\xff\xfe", b"=" * 9999, b"A=" + b"$" * 99999, b"'" * 9999):
        assert isinstance(read(content), list)
