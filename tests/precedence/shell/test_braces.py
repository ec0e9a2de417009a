from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.braces import expand_braces
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
FRAGMENTS = [*"{{{}}},,,ab1", "..", "{a,b}", "{1..3}", "{a..e..2}", "{01..3}", "{,", "{3..-1}"]
PLAIN = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
SEQUENCES = st.lists(st.sampled_from(["..", "1", "2", "07", "-", "c", "e", "+"]), max_size=6).map(
    lambda parts: "{" + "".join(parts) + "}"
)
PIECES = st.lists(
    st.one_of(
        st.tuples(PLAIN, st.just(False)),
        st.tuples(SEQUENCES, st.just(False)),
        st.tuples(st.text("{},a", max_size=2), st.just(True)),
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_braces_are_expanded_as_in_the_shell(dialect):
    @MANY
    @given(st.lists(PIECES, min_size=1, max_size=150))
    def agrees(words):
        scripts = []
        for pieces in words:
            word = "".join(quoted(text) if is_quoted else text for text, is_quoted in pieces)
            scripts.append(f"for w in x{word}; do printf '<%s>' \"$w\"; done")
        for pieces, real in zip(words, answers(dialect, scripts), strict=True):
            try:
                expanded = expand_braces([("x", False), *pieces], dialect)
            except Unsupported:
                continue
            ours = "".join(f"<{''.join(text for text, _ in word)}>" for word in expanded)
            # `x}` is no word at all to zsh.
            assert real is None or (pieces, ours) == (pieces, real)

    agrees()


def test_braces_alone_are_no_braces():
    assert expand_braces([("{}", False)], "bash") == [[("{}", False)]]


def test_what_is_quoted_may_be_anything():
    part = ["var", "x"]
    assert expand_braces([("{a,", False), (part, True), ("}b", False)], "bash") == [
        [("ab", False)],
        [(part, True), ("b", False)],
    ]


@pytest.mark.parametrize("word", ["{a,b}" * 13, "{1..5000}", "{" * 5000, "{a," * 100 + "}" * 100])
def test_braces_that_stand_for_too_much_are_refused(word):
    with pytest.raises(Unsupported):
        expand_braces([(word, False)], "bash")
