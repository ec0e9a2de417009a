from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.splitting import Piece, split, text_of
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
TEXTS = st.text("a :\t\nb-", max_size=7)
PIECES = st.one_of(
    st.builds(Piece, TEXTS, st.just(True), st.booleans()),
    st.builds(Piece, st.text("ab", max_size=2), st.just(False), st.just(False)),
    st.builds(Piece, TEXTS, st.just(False), st.just(True)),
    st.builds(Piece, TEXTS, st.just(False), st.just(True)),
)
IFS = st.one_of(st.none(), st.sampled_from(["", ":", ": ", " \t\n", " :-", "-", " ", "\n", "ab "]))
CASES = st.lists(st.tuples(st.lists(PIECES, max_size=4), IFS), min_size=1, max_size=150)


def written(pieces):
    values, word = "", ""
    for i, piece in enumerate(pieces):
        if not piece.from_expansion:
            word += quoted(piece.text) if piece.quoted else piece.text
            continue
        values += f"v{i}={quoted(piece.text)}; "
        word += f'"${{v{i}}}"' if piece.quoted else f"${{v{i}}}"
    return values, word


def show(fields):
    return "".join(f"<{field}>" for field in fields)


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_a_word_is_split_as_in_the_shell(dialect):
    @MANY
    @given(CASES)
    def agrees(given_cases):
        scripts = []
        for pieces, ifs in given_cases:
            values, word = written(pieces)
            set_ifs = "unset IFS; " if ifs is None else f"IFS={quoted(ifs)}; "
            options = "setopt shwordsplit; " if dialect == "zsh" else ""
            scripts.append(
                f"{values}{options}{set_ifs}for w in {word}; do printf '<%s>' \"$w\"; done"
            )
        for (pieces, ifs), real in zip(given_cases, answers(dialect, scripts), strict=True):
            try:
                ours = show(map(text_of, split(pieces, ifs, dialect)))
            except Unsupported:
                continue
            assert (pieces, ifs, ours) == (pieces, ifs, real)

    agrees()


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_parameters_are_fields_of_their_own_as_in_the_shell(dialect):
    @MANY
    @given(st.lists(st.tuples(st.lists(TEXTS, max_size=3), st.booleans(), IFS), max_size=100))
    def agrees(given_cases):
        scripts = []
        for parameters, in_quotes, ifs in given_cases:
            set_ifs = "unset IFS; " if ifs is None else f"IFS={quoted(ifs)}; "
            options = "setopt shwordsplit; " if dialect == "zsh" else ""
            word = '"x$@y"' if in_quotes else "x$@y"
            scripts.append(
                f"set -- {' '.join(map(quoted, parameters))}; {options}{set_ifs}"
                f"for w in {word}; do printf '<%s>' \"$w\"; done"
            )
        for case, real in zip(given_cases, answers(dialect, scripts), strict=True):
            parameters, in_quotes, ifs = case
            pieces = [Piece("x", in_quotes)]
            for i, text in enumerate(parameters):
                pieces += [*([None] if i else []), Piece(text, in_quotes, from_expansion=True)]
            try:
                ours = show(map(text_of, split([*pieces, Piece("y", in_quotes)], ifs, dialect)))
            except Unsupported:
                continue
            assert (case, ours) == (case, real)

    agrees()


def test_what_is_quoted_stays_so():
    pieces = [Piece("a*", quoted=True), Piece("*: b", from_expansion=True)]
    assert split(pieces, None, "bash") == [[("a*", True), ("*:", False)], [("b", False)]]
