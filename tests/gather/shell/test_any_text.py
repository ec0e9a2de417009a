"""Whatever a file holds, reading it gives a script of the agreed shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.shell.reading import read
from engine.gather.shell.shfmt import Shfmt
from tests.gather.shell.shape import check

PARSER = Shfmt()
SHELLS = ["bash", "sh", "zsh", "ksh", "mksh"]
WORDS = r"""
a X X= X+=a X=(a ) ( () { } (( )) [[ ]] [ ] if then elif else fi for in do done while case esac ;;
;& function select time coproc export typeset local let repeat end ; foreach always $X ${X ${X:-
${X/a/ ${(U)X} ${X::= ${!X $(( $( ` " ' $' \ & && || | |& ! < > <<E <<-'E' E <<< <&3 {fd}> &> <(
>( =( # ~ * @(a|b) 1 -n == =~ $ $+X $X:h precedent_arguments
"""
TOKENS = [*WORDS.split(), "\\\n", "\n", "\r", "\t", "\0", "\udcff", "é", "\U000f0000"]


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=80)
@given(tokens=st.lists(st.tuples(st.sampled_from(TOKENS), st.sampled_from(" ;\n") | st.just(""))))
def test_any_text_gives_a_script(shell, tokens):
    text = "".join(token + after for token, after in tokens)
    check(read(text.encode("utf-8", "surrogateescape"), PARSER, shell))


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=20)
@given(content=st.binary(max_size=200))
def test_any_bytes_give_a_script(shell, content):
    check(read(content, PARSER, shell))
