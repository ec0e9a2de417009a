"""Scripts made fit for a document: what nothing runs is left out, and depth has an end."""

from __future__ import annotations

from engine.gather.scripts import DEEPEST, depth, shallow, trimmed, within
from engine.gather.syntaxes import script_of

TEXT = """\
export A=1
if [ -n "$X" ]; then
  export B=1
else
  export C=1
fi
f() {
  export D=1
}
g() {
  export E=1
  export F=1
}
case $Y in
  a) export G=1 ;;
  *) export H=1 ;;
esac
while false; do export I=1; done
true && export J=1
for x in a; do export K=1; done
true | export L=1
export M=1
"""


def left(script, found=None):
    """Name the variables that a script still exports, and the lines of what was cut."""
    found = set() if found is None else found
    for statement in script:
        if statement[0] == "decl":
            found.add(statement[3][0][0])
        elif statement[0] == "opaque":
            found.add(statement[1])
        within(
            statement,
            lambda inner: left(inner, found) and [],
            lambda one: left([one], found) and one,
        )
    return found


def test_what_runs_is_kept_and_each_stretch_beside_it_is_one_opaque_statement():
    script = script_of(TEXT, "bash")
    lines = {1, 2, 3, 7, 8, 10, 14, 15, 22}
    kept = trimmed(script, "/rc", {("/rc", line) for line in lines})
    assert left(kept) == {"A", "B", 5, "D", 11, "G", 16, 18, "M"}
    assert [statement[0] for statement in kept[-2:]] == ["opaque", "decl"]
    assert kept[-2] == ["opaque", 18, "not kept: nothing runs it here", None]


def test_what_runs_in_every_branch_is_kept_whole():
    script = script_of(TEXT, "bash")
    assert trimmed(script, "/rc", {("/rc", line) for line in range(30)}) == script


def test_what_runs_elsewhere_does_not_keep_a_file():
    kept = trimmed(script_of(TEXT, "bash"), "/rc", {("/other", 1)})
    assert [statement[:2] for statement in kept] == [["opaque", 1]]
    assert trimmed([], "/rc", set()) == []


def test_a_syntax_error_is_kept_for_what_it_stops():
    broken = [["broken", 3, "no `fi`"]]
    assert trimmed(broken, "/rc", set()) == broken


def test_nesting_has_an_end():
    deep = "if a; then\n" * 200 + "b\n" + "fi\n" * 200
    script = script_of(deep, "bash")
    cut = shallow([["decl", 1, "export", []], *script])
    assert depth(cut) <= DEEPEST
    assert cut[0] == ["decl", 1, "export", []]
    assert "nested too deeply" in str(cut)


def test_a_script_that_is_not_deep_is_left_alone():
    script = script_of(TEXT, "bash")
    assert shallow(script) == script
    chain = script_of(" || ".join(["a"] * 15), "bash")
    assert shallow(chain) == chain
