"""Packs to a program: who extends whom, overrides, rules that are off, definitions, waivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.compile.packs import with_bases
from engine.model.place import Place
from engine.model.rules import Pack

if TYPE_CHECKING:
    from engine.compile.program import Program
    from tests.compile.written import Written

ONE = "require: {x: 1}"


def ids(program: Program) -> list[str]:
    """Give the rules of a program."""
    return [rule["id"] for rule in program.rules]


# Extending


def test_the_rules_of_a_shared_base_come_once(written: Written):
    written.pack("base", b=ONE)
    written.pack("left", "extends: [../base]", l=ONE)
    written.pack("right", "extends: [../base]", r=ONE)
    top = written.pack("top", "extends: [../left, ../right]", t=ONE)
    assert ids(written.program(top)) == ["b", "l", "r", "t"]
    assert ids(written.program(top, str(written.folder / "base"))) == ["b", "l", "r", "t"]


def test_bases_stand_before_those_that_extend_them_depth_first_and_left_to_right():
    place = Place("pack.yaml")
    base = Pack("base", place)
    left = Pack("left", place, extends=(base,))
    right = Pack("right", place, extends=(base,))
    top = Pack("top", place, extends=(left, right))
    found = [pack.name for pack in with_bases([top, right])]
    assert found == ["base", "left", "right", "top"]


def test_a_ladder_of_packs_is_climbed_once():
    """Each step has two ways down; going all of them would take 2 ** 60 steps."""
    place = Place("pack.yaml")
    steps = (Pack("left", place), Pack("right", place))
    for _ in range(60):
        steps = (Pack("left", place, extends=steps), Pack("right", place, extends=steps))
    assert len(with_bases(steps)) == 122


def test_rules_are_sorted_by_id_whatever_file_they_stand_in(written: Written):
    pack = written.pack("p", a="id: z\nrequire: {x: 1}", z="id: a\nrequire: {x: 1}")
    assert ids(written.program(pack)) == ["a", "z"]


def test_a_rule_keeps_what_it_says_of_itself(written: Written):
    rule = """\
    title: X is one
    severity: low
    about: Because it must be.
    tags: [t]
    references: [https://go.dev/doc]
    subjects: [repository]
    require: {x: 1}
    """
    (compiled,) = written.program(written.pack("p", x=rule)).rules
    del compiled["require"], compiled["message"]
    assert compiled == {
        "id": "x",
        "title": "X is one",
        "severity": "low",
        "pack": "p",
        "place": [str(written.folder / "p" / "x.yaml"), 8, 1],
        "about": "Because it must be.",
        "references": ["https://go.dev/doc"],
        "tags": ["t"],
        "subjects": ["repository"],
        "when": None,
        "each": [],
        "where": None,
        "unless": None,
        "remedy": None,
    }


# Overrides


def test_an_override_counts_field_by_field_and_the_outermost_wins(written: Written):
    rule = "severity: low\nrequire: {x: {equals: {param: p}}}"
    written.pack("base", "params: {p: {about: x, default: 0}}", a=rule)
    written.pack(
        "team",
        """\
        extends: [../base]
        overrides: [{rule: a, severity: high, params: {p: 1}, because: of reasons}]
        """,
    )
    top = written.pack(
        "top",
        """\
        extends: [../team]
        overrides: [{rule: a, severity: critical, because: of others}]
        """,
    )
    (compiled,) = written.program(top).rules
    assert compiled["severity"] == "critical"
    assert compiled["require"][3] == ["value", 1]


def test_an_override_of_a_rule_that_is_not_extended_is_refused(written: Written):
    written.pack("base", proxy=ONE)
    written.pack("beside", other=ONE)
    team = written.pack(
        "team",
        """\
        extends: [../base]
        overrides:
          - {rule: prox, severity: low, because: of reasons}
          - {rule: other, severity: low, because: it is of another pack}
        """,
    )
    assert written.refused(team, str(written.folder / "beside")) == [
        "team/pack.yaml:4:6: unknown rule `prox`; did you mean `proxy`?",
        "team/pack.yaml:5:6: unknown rule `other`",
    ]


def test_a_rule_that_is_off_is_listed_with_the_reason(written: Written):
    written.pack("base", a=ONE, b=ONE)
    off = "extends: [../base]\noverrides: [{rule: a, disabled: true, because: nobody needs it}]"
    program = written.program(written.pack("team", off))
    assert ids(program) == ["b"]
    assert program.disabled == [{"rule": "a", "pack": "team", "because": "nobody needs it"}]


def test_the_outermost_pack_decides_whether_a_rule_is_off(written: Written):
    written.pack("base", a=ONE)
    off = "extends: [../base]\noverrides: [{rule: a, disabled: true, because: nobody needs it}]"
    written.pack("team", off)
    on = "extends: [../team]\noverrides: [{rule: a, disabled: false, because: we do}]"
    program = written.program(written.pack("top", on))
    assert ids(program) == ["a"]
    assert program.disabled == []


def test_an_override_that_is_silent_leaves_a_rule_off(written: Written):
    written.pack("base", a=ONE)
    off = "extends: [../base]\noverrides: [{rule: a, disabled: true, because: nobody needs it}]"
    written.pack("team", off)
    silent = "extends: [../team]\noverrides: [{rule: a, severity: low, because: it is}]"
    assert ids(written.program(written.pack("top", silent))) == []


def test_one_id_in_two_packs_is_refused(written: Written):
    one, other = written.pack("one", a=ONE), written.pack("other", a=ONE)
    (found,) = written.refused(one, other)
    assert found == "other/a.yaml:2:1: the rule id `a` is taken; it is also at one/a.yaml:2:1"


# Definitions

USES = "require: {use: d}"


def test_a_pack_uses_its_own_definition_before_those_it_extends(written: Written):
    written.pack("base", "define: {d: {x: base}}", a=USES)
    team = written.pack("team", "extends: [../base]\ndefine: {d: {x: team}}", b=USES)
    base, own = written.program(team).rules
    assert base["require"][2][3] == ["value", "base"], "an inherited rule keeps its pack's"
    assert own["require"][2][3] == ["value", "team"]


def test_a_definition_of_an_extended_pack_can_be_used(written: Written):
    written.pack("base", "define: {d: {x: base}}")
    team = written.pack("team", "extends: [../base]", b=USES)
    (own,) = written.program(team).rules
    assert own["require"][:2] == ["use", "d"]
    assert own["require"][2][3] == ["value", "base"]


def test_two_candidates_are_refused(written: Written):
    written.pack("left", "define: {d: {x: 1}}")
    written.pack("right", "define: {d: {x: 2}}")
    team = written.pack("team", "extends: [../left, ../right]", b=USES)
    assert written.refused(team) == [
        "team/b.yaml:1:11: the definition `d` is in the packs right and left"
    ]


def test_an_unknown_definition_is_refused_with_the_nearest(written: Written):
    pack = written.pack("p", "define: {managed: {x: 1}}", a="require: {use: manages}")
    assert written.refused(pack) == [
        "p/a.yaml:1:11: unknown definition `manages`; did you mean `managed`?"
    ]


def test_a_definition_may_use_names_bound_where_it_is_used(written: Written):
    rule = "for_each: xs\nas: x\nrequire: {use: d}"
    (compiled,) = written.program(written.pack("p", "define: {d: {x.a: 1}}", a=rule)).rules
    assert compiled["require"][2][1] == ["fact", 1]


def test_a_name_bound_by_a_definition_must_be_new_at_each_use(written: Written):
    text = "define: {d: {every: ys, as: x, satisfies: {x: 1}}}"
    rule = "for_each: xs\nas: x\nrequire: {use: d}"
    assert written.refused(written.pack("p", text, a=rule)) == [
        "p/pack.yaml:2:14: the name `x` is bound already; use another name"
    ]


def test_a_definition_that_uses_itself_is_refused_with_the_way_round(written: Written):
    text = "define: {a: {use: b}, b: {not: {use: a}}}"
    assert written.refused(written.pack("p", text, r="require: {use: a}")) == [
        "p/pack.yaml:2:33: the definition `a` uses itself: a -> b -> a"
    ]


def test_two_definitions_of_one_name_in_two_packs_do_not_use_each_other(written: Written):
    written.pack("base", "define: {d: {x: 1}, e: {use: d}}")
    team = written.pack("team", "extends: [../base]\ndefine: {d: {use: e}}", r=USES)
    (compiled,) = written.program(team).rules
    assert compiled["require"][2][2][2][3] == ["value", 1]


def test_definitions_that_unfold_without_end_are_refused(written: Written):
    """Twenty definitions of two uses each would become a million conditions."""
    ladder = [f"  d{n}: {{all: [{{use: d{n + 1}}}, {{use: d{n + 1}}}]}}" for n in range(20)]
    text = "\n".join(["define:", *ladder, "  d20: {x: 1}"])
    (found,) = written.refused(written.pack("p", text, r="require: {use: d0}"))
    assert "the rule uses more than 1000 definitions when they are unfolded" in found


def test_definitions_nested_too_deeply_are_refused(written: Written):
    chain = [f"  d{n}: {{use: d{n + 1}}}" for n in range(1_000)]
    text = "\n".join(["define:", *chain, "  d1000: {x: 1}"])
    assert written.refused(written.pack("p", text, r="require: {use: d0}")) == [
        "p/pack.yaml:102:9: the conditions are nested more than 100 levels deep"
    ]


# Several complaints, and waivers


def test_everything_that_is_wrong_is_said_at_once(written: Written):
    pack = written.pack(
        "p",
        "overrides: [{rule: none, severity: low, because: of reasons}]",
        a="require: {use: d}",
        b="require: {x: {equals: {param: p}}}",
    )
    waiver = "- {rule: none, owner: me, because: it is, expires: '2027-01-01'}"
    assert written.refused(pack, waivers=waiver, params={"q": 1}) == [
        "unknown parameter `q`",
        "p/a.yaml:1:11: unknown definition `d`",
        "p/b.yaml:1:23: unknown parameter `p`",
        "p/pack.yaml:2:14: unknown rule `none`",
        "waivers/waivers.yaml:2:4: unknown rule `none`",
    ]


def test_a_waiver_of_an_unknown_rule_is_refused_with_the_nearest(written: Written):
    waiver = "- {rule: proxi, owner: me, because: it is, expires: '2027-01-01'}"
    assert written.refused(written.pack("p", proxy=ONE), waivers=waiver) == [
        "waivers/waivers.yaml:2:4: unknown rule `proxi`; did you mean `proxy`?"
    ]


def test_a_waiver_of_a_rule_that_is_off_is_no_mistake(written: Written):
    written.pack("base", a=ONE)
    off = "extends: [../base]\noverrides: [{rule: a, disabled: true, because: unused}]"
    waiver = "- {rule: a, owner: me, because: it is, expires: '2027-01-01', where: {y: 1}}"
    program = written.program(written.pack("team", off), waivers=waiver)
    assert [entry["where"] for entry in program.waivers] == [None]


def test_a_waiver_sees_the_names_that_its_rule_binds_and_what_is_declared_of_them(
    written: Written,
):
    rule = "for_each: tools\nas: tool\nrequire: {tool.ok: true}"
    waiver = """\
    - rule: a
      owner: me
      because: it is
      expires: '2027-01-01'
      where: {tool.version: {at_least: "1.20"}}
    """
    version = {"type": "string", "format": "go-version"}
    tools = {"type": "array", "items": {"properties": {"version": version}}}
    pack = written.pack("p", a=rule)
    program = written.program(pack, waivers=waiver, schema={"tools": tools})
    (entry,) = program.waivers
    kind, subject, operator, operand, form, _line = entry["where"]
    assert (kind, operator, operand, form) == ("op", "at_least", ["value", "1.20"], "go")
    assert program.paths[subject[1]] == [0, ["version"], "tool.version", True]


@pytest.mark.parametrize("name", ["tool", "go"])
def test_names_of_facts_and_of_elements_are_not_bound_again(written: Written, name: str):
    rule = f"for_each: [{{of: xs, as: tool}}, {{of: tool.ys, as: {name}}}]\nrequire: {{x: 1}}"
    (found,) = written.refused(written.pack("p", a=rule), schema={"go": {"type": "object"}})
    assert found.startswith("p/a.yaml:1:")
    assert f"`{name}`" in found


def test_a_fact_has_one_declaration_whoever_writes_it(written: Written):
    schema = {"path": {"type": "object"}}
    mine = written.pack("mine", "facts: {path: {type: array}}")
    what = "the fact `path` is declared by the engine already, in another way"
    said = [f"mine/pack.yaml:1:1: {what}; choose a name of your own"]
    assert written.refused(mine, schema=schema) == said
    one = written.pack("one", "facts: {acme: {type: object}}")
    two = written.pack("two", "facts: {acme: {type: array}}")
    assert "`acme` is declared by the pack `one` already" in written.refused(one, two)[0]


def test_packs_may_agree_about_a_fact(written: Written):
    one = written.pack("one", "facts: {acme: {type: object}}", r="require: {acme.x: 1}")
    two = written.pack("two", "facts: {acme: {type: object}}")
    assert len(written.program(one, two).rules) == 1


def test_a_waiver_that_names_what_nobody_binds_is_refused(written: Written):
    rule = """\
    for_each: tools
    as: tool
    require: {tool.ok: true}
    """
    waiver = """\
    - {rule: r, owner: a@b.example, because: x, expires: "2030-01-01", where: {tol.name: go}}
    """
    path = written.rule(rule)
    what = "`tol.name` begins with no name that the rule binds, and with no declared fact"
    (said,) = written.refused(path, waivers=waiver)
    assert said.endswith(f"{what}; did you mean `tool`?")
