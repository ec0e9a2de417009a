from __future__ import annotations

import pytest

from engine.compile.lint import lint
from engine.compile.packs import compile_packs
from engine.errors import LoadError
from engine.gather.schema import declared_facts
from engine.loading.packs import load_packs
from engine.operators import OPERATORS
from tests.contracts.files import ROOT

RULE = """\
id: acme.r
require: {acme.x: a}
examples: [{name: n, facts: {acme: {x: a}}, expect: pass}]
"""


@pytest.fixture
def packs(tmp_path):
    """Load packs out of the text of each one's `pack.yaml`."""

    def load(*texts, rule=None):
        for number, text in enumerate(texts):
            folder = tmp_path / f"p{number}"
            folder.mkdir(exist_ok=True)
            (folder / "pack.yaml").write_text(f"pack: p{number}\n{text}", "utf-8")
            if rule:
                (folder / "rule.yaml").write_text(rule, "utf-8")
        names = [str(tmp_path / f"p{number}") for number in range(len(texts))]
        return load_packs(names, ROOT / "rules", OPERATORS)

    return load


def compiled(loaded):
    return compile_packs(loaded, facts_schema=declared_facts())


def refusal(loaded):
    with pytest.raises(LoadError) as error:
        compiled(loaded)
    return str(error.value).rpartition(": ")[2], str(error.value)


def test_an_entry_is_plain_data_with_its_schema(packs):
    facts = "facts: {acme: {properties: {x: {type: string}, y: {}}}}\n"
    (loaded,) = packs(facts + "gather: [{fact: acme.x, file: x.json, format: json, at: 'a[0]'}]\n")
    (plan,) = compiled([loaded]).gather
    assert plan["digest"] == loaded.digest
    assert (plan["pack"], plan["untold"], plan["open"]) == ("p0", ["acme.y"], [])
    (entry,) = plan["facts"]
    assert entry == {
        "fact": "acme.x", "schema": {"type": "string"}, "file": "x.json", "variable": None,
        "command": [], "format": "json", "at": ["a", 0], "pattern": None, "timeout": 10,
    }  # fmt: skip


def test_packs_without_a_section_leave_nothing(packs):
    assert compiled(packs("title: x\n")).gather == []


@pytest.mark.parametrize("fact", ["go.version", "env.X", "contexts.x", "process.x"])
def test_a_fact_is_not_one_of_the_engines(packs, fact):
    _, said = refusal(packs(f"gather: [{{fact: {fact}, variable: X}}]\n"))
    assert said.endswith(
        f"p0/pack.yaml:2:17: `{fact}` is below `{fact.partition('.')[0]}`, a name of the engine's "
        "own; choose a name of your own"
    )


@pytest.mark.parametrize("other", ["acme.x", "acme.x.y", "acme"])
def test_two_packs_do_not_gather_one_fact_and_both_places_are_told(packs, other):
    name = other if "." in other else "acme.x.y.z"
    loaded = packs(
        "gather: [{fact: acme.x, variable: X}]\n", f"gather: [{{fact: {name}, variable: X}}]\n"
    )
    _, said = refusal(loaded)
    assert f"`{name}` is gathered twice" in said
    assert "p0/pack.yaml:2:17" in said
    assert "p1/pack.yaml:2:17" in said


def test_two_packs_may_gather_beside_each_other(packs):
    first, second = compiled(
        packs("gather: [{fact: acme.x, variable: X}]\n", "gather: [{fact: acme.y, variable: X}]\n")
    ).gather
    # What one gathers is not unknown to the other.
    assert (first["untold"], second["untold"]) == ([], [])


def test_two_packs_of_one_name_do_not_both_gather(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = f"pack: same\ngather: [{{fact: acme.{folder}, variable: X}}]\n"
        (tmp_path / folder / "pack.yaml").write_text(text, "utf-8")
    loaded = load_packs([str(tmp_path / "a"), str(tmp_path / "b")], ROOT / "rules", OPERATORS)
    with pytest.raises(LoadError, match="two packs that gather are called `same`"):
        compiled(loaded)


@pytest.mark.parametrize("pattern", ["(a)(b)", "(?P<a>a)(b)"])
def test_a_pattern_has_one_group_or_names_them(packs, pattern):
    _, said = refusal(packs(f"gather: [{{fact: acme.x, variable: X, pattern: '{pattern}'}}]\n"))
    assert "the pattern of `acme.x` has 2 groups" in said
    named = f"gather: [{{fact: acme.x, variable: X, pattern: '{'(?P<a>a)(?P<b>b)'}'}}]\n"
    assert compiled(packs(named)).gather


def test_lint_knows_a_gathered_fact_that_nobody_declares(packs):
    loaded = packs("gather: [{fact: acme.x, variable: X}]\n", rule=RULE)
    assert lint(loaded, declared_facts()) == []
    loaded = packs("gather: [{fact: acme.x, variable: X}]\n", rule=RULE.replace("acme.x", "acme.z"))
    (found,) = lint(loaded, declared_facts())
    assert "unknown fact `acme.z`" in str(found)


def test_lint_complains_of_a_gathered_fact_that_its_schema_lacks(packs):
    facts = "facts: {acme: {properties: {y: {}}}}\n"
    (found,) = lint(packs(facts + "gather: [{fact: acme.x, variable: X}]\n"), declared_facts())
    assert found.what == "`facts` does not declare the gathered fact `acme.x`"


def test_a_fact_that_nobody_gathers_is_not_taken_for_missing(packs):
    """A rule that asks for an undeclared name beside a gathered one is unknown, not a pass."""
    (loaded,) = packs("gather: [{fact: acme.x, variable: X}]\n", rule=RULE)
    program = compiled([loaded])
    (path,) = [entry for entry in program.paths if entry[2] == "acme.x"]
    assert path[3] is True


def test_a_pack_that_changes_has_another_digest(packs, tmp_path):
    (before,) = packs("gather: [{fact: acme.x, variable: X}]\n")
    (tmp_path / "p0/more.yaml").write_text(RULE, "utf-8")
    (after,) = load_packs([str(tmp_path / "p0")], ROOT / "rules", OPERATORS)
    assert before.digest != after.digest
    (tmp_path / "p0").rename(tmp_path / "moved")
    (moved,) = load_packs([str(tmp_path / "moved")], ROOT / "rules", OPERATORS)
    assert moved.digest == after.digest
