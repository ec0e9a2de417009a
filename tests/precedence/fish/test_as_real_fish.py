"""Where ours says something, the real fish says the same."""

from __future__ import annotations

import pytest

from tests.precedence.fish.real_fish import FISH, UNKNOWN, ours, real
from tests.precedence.fish.snippets import KNOWN

pytestmark = pytest.mark.skipif(FISH is None, reason="fish is not installed")


@pytest.mark.parametrize("text", KNOWN)
def test_ours_tells_what_the_real_fish_does(text, tmp_path):
    assert ours(text) == real(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "set A (env | string match 'HOME=*')",
        "set A (math 1 + 1)",
        "set A (random 1 1)",
        "set A (string match -r '(?i)a' A)",
        "switch 'a?c'; case 'a?c'; set A 1; end; switch abc; case 'a?c'; set B 1; end",
        "set A (cat /etc/hostname); set B (string split : $A)[1]",
        "read A </etc/passwd; set B x$A; test -n $A; and set C 1; or set C 2",
        "set -g A (date); for i in $A; set B $i; end; set C 1",
        "if env | string match -q 'ZZ=*'; set A 1; else; set B 1; end; set C $A$B",
        "set $argv[(env | count)] x; set A 1",
        "function f; return (env | count); end; f; and set A 1; set B 2",
        "env >/dev/null; set A $status; true && set B 1",
        "argparse 'h/help' -- $argv; set A $argv; set B 1",
        "set A (status fish-path); set B (type ls | count); set C (history | count)",
    ],
)
def test_what_ours_does_not_know_it_does_not_guess(text, tmp_path):
    told = ours(text)
    truth = real(text, tmp_path)
    assert UNKNOWN in told.values()
    assert {name: value for name, value in told.items() if value != UNKNOWN} == {
        name: value for name, value in truth.items() if told.get(name) != UNKNOWN
    }
