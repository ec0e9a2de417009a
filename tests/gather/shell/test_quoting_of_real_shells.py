"""Words of nothing but text, in all ways to write them: what we read is what the shells print."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.gather.shell.reading import read
from engine.gather.shell.shfmt import Shfmt

SHELLS = {"bash": "bash", "sh": "dash", "zsh": "zsh", "ksh": "ksh93", "mksh": "mksh"}

PARSER = Shfmt()

# No word may be one that a shell expands: that is what unquoted text is for.
PLAIN = "abXY019_.,:/@%+-é"
ANY = "abn xX01'\"\\$`!#&;|<>(){}[]*?~=^\t\n\ré€\udcff%-"
IN_DOUBLE = [
    "a",
    "é",
    "\\\\",
    "\\n",
    "\\q",
    "\\'",
    "\\\n",
    "\\$",
    "\\`",
    '\\"',
    "'",
    "!",
    "\r",
    "\n",
]
IN_ANSI_C = [
    "a", "é", "\\\\", "\\n", "\\t", "\\e", "\\'", '\\"', "\\101", "\\7", "\\x41z", "\\x4", "\\a",
    "\\xc3\\xa9", "\\u00e9", "\\u20ac", "\\v", "\\\n", '"', "$", "`", "\r", "\\q", "\udcff",
]  # fmt: skip
IN_OPERAND = ["a", "\\\\", "\\n", "\\$", '\\"', "\\}", "'b'", "é", " ", "\r", '"bc"', "\\\n"]
DOCUMENT = ["a", "\\\\", "\\n", "\\$", '\\"', "'", '"', "\n", "\t", "\r", "\\`", "\\\n", "é", "$ "]


def _texts(pieces):
    return st.lists(st.sampled_from(pieces), max_size=6).map("".join)


def _in_single(text):
    return "'" + text.replace("'", "'\\''") + "'"


def _escaped(text):
    # A newline after a backslash is taken away, which is one more thing to read.
    return "".join("\\" + char for char in text)


PIECES = st.one_of(
    st.text(PLAIN, min_size=1, max_size=6),
    st.text(ANY, max_size=6).map(_in_single),
    st.text(ANY, max_size=4).map(_escaped),
    _texts(IN_DOUBLE).map('"{}"'.format),
    _texts(IN_ANSI_C).map("$'{}'".format),
)
WORDS = st.lists(PIECES, min_size=1, max_size=4).map(lambda pieces: "x" + "".join(pieces))


def _text(word):
    """Join a word's parts, which are all literal."""
    pieces = []
    for part in word:
        if isinstance(part, str):
            pieces.append(part)
        else:
            assert part[0] in {"q", "dq"}, part
            pieces.append(part[1] if part[0] == "q" else "".join(part[1]))
    return "".join(pieces)


def _read(shell, text):
    return read(text.encode("utf-8", "surrogateescape"), PARSER, shell)


def _printed(shell, content):
    program = shutil.which(SHELLS[shell])
    if program is None:
        pytest.skip(f"no {SHELLS[shell]}")
    return subprocess.run(
        (program, "-c", ". /dev/stdin"),
        input=content.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    ).stdout.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=60)
@given(words=st.lists(WORDS, min_size=1, max_size=12))
def test_a_word_of_texts_is_what_the_shell_prints(shell, words):
    if shell == "sh":
        # To dash, `$` before a quote is text, and the escapes after it do not count.
        words = [word for word in words if "$'" not in word] or ["x"]
    content = "printf '%s\\0' " + " ".join(words) + "\n"
    (statement,) = _read(shell, content)
    assert [_text(word) for word in statement[3][2:]] == _printed(shell, content).split("\0")[:-1]


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=40)
@given(operands=st.lists(_texts(IN_OPERAND), min_size=1, max_size=8))
def test_an_operand_between_double_quotes_is_what_the_shell_prints(shell, operands):
    content = "printf '%s\\0' " + " ".join(f'"${{u:-{text}}}"' for text in operands) + "\n"
    (statement,) = _read(shell, content)
    words = [word[0][1][0][2]["word"] for word in statement[3][2:]]
    assert [_text(word) for word in words] == _printed(shell, content).split("\0")[:-1]


@pytest.mark.parametrize("tabs", ["", "-"])
@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=30)
@given(pieces=_texts(DOCUMENT), quoted=st.booleans())
@example(pieces="\\\\\\\n\t", quoted=False)
def test_a_here_document_is_what_the_shell_prints(shell, tabs, pieces, quoted):
    delimiter = "'END'" if quoted else "END"
    # A continued last line would join the delimiter.
    content = f"cat <<{tabs}{delimiter}\n\ta{pieces}.\n\tb\n{chr(9) * bool(tabs)}END\n"
    (statement,) = _read(shell, content)
    (((operator, word)),) = statement[4]
    assert (operator, _text(word)) == ("<<", _printed(shell, content))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"x\xc3\xa9a", "x\udcc3\u0a9a"),
        (r"\x41b", "\u041b"),
        (r"\x0041", "A"),
        (r"\x0a4.", "\udca4."),
        (r"\x41424344", "\ufffd"),
        (r"\xg\ug", "xgug"),
        (r"\U1F600", "\ufffd"),
        (r"\704", "\u00c4"),
        (r"\304", "\udcc4"),
    ],
)
def test_mksh_takes_more_digits_than_others(text, printed):
    content = f"printf '%s\\0' $'{text}'\n"
    (statement,) = _read("mksh", content)
    assert _text(statement[3][2]) == printed
    assert _printed("mksh", content) == printed + "\0"
