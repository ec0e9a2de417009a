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


SETTINGS = "# a comment = x\n\nA=1\nB=two words = x # y\nC='q'\n"


@pytest.mark.parametrize(
    "text",
    [
        "for l in (grep -v '^#' {}); set l (string split -m 1 = $l); set -gx $l[1] $l[2]; end",
        "for l in (cat {} | grep -Ev '^#|^$'); set l (string split = $l); set -gx $l[1] $l[2]; end",
        "for l in (cat {} | grep -v '^#' | string split -m1 =); set -a D $l; end; set E (count $D)",
        "grep '^[^#]' {} | while read -l l; set -gx (string split -m 1 = $l); set -a D $l; end",
        "set A (grep -v '^#' {}); set B (count $A); set C (grep -q '^[^#]' {}; and echo some)",
    ],
)
def test_a_file_of_settings_is_read_as_the_real_fish_does(text, tmp_path):
    file = tmp_path / "a.env"
    file.write_text(SETTINGS)
    text = text.replace("{}", str(file))
    truth = real(text, tmp_path)
    for name, found in ours(text).items():
        assert found in {UNKNOWN, truth.get(name)}, name


def test_a_loop_over_settings_is_known(tmp_path):
    file = tmp_path / "a.env"
    file.write_text(SETTINGS)
    told = ours(
        f"for l in (grep -v '^#' {file})\n"
        "set -l kv (string split -m 1 = $l); set -gx $kv[1] $kv[2]\nend"
    )
    assert (told["A"], told["B"]) == ((True, "1"), (True, "two words = x # y"))


def test_what_a_comment_says_is_not_known(tmp_path):
    file = tmp_path / "a.env"
    file.write_text(SETTINGS)
    assert ours(f"set A (cat {file})")["A"] == UNKNOWN
