"""Whose value of a parameter counts, and what is checked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.parameters import misfit

if TYPE_CHECKING:
    from engine.compile.program import Program
    from tests.compile.written import Written

BASE = "params: {p: {about: what is wanted, schema: {type: string}, default: base}}"
ASKS = "require: {x: {equals: {param: p}}}"


def value_in(program: Program, rule: str) -> Any:
    """Give the operand that a parameter became in a rule's requirement."""
    (compiled,) = (one for one in program.rules if one["id"] == rule)
    _, _, _, operand, _, _ = compiled["require"]
    kind, value = operand
    assert kind == "value"
    return value


def test_the_declared_default_counts_first(written: Written):
    program = written.program(written.pack("base", BASE, asks=ASKS))
    assert value_in(program, "asks") == "base"


def test_a_pack_that_extends_gives_another_default(written: Written):
    written.pack("base", BASE, asks=ASKS)
    team = written.pack("team", "extends: [../base]\nparams: {p: {about: ours, default: team}}")
    assert value_in(written.program(team), "asks") == "team"


def test_the_default_of_the_outermost_pack_counts(written: Written):
    written.pack("base", BASE, asks=ASKS)
    written.pack("team", "extends: [../base]\nparams: {p: {about: ours, default: team}}")
    top = written.pack("top", "extends: [../team]\nparams: {p: {about: ours, default: top}}")
    assert value_in(written.program(top), "asks") == "top"


def test_the_default_of_a_pack_beside_does_not_count(written: Written):
    written.pack("base", BASE)
    extends = "extends: [../base]\nparams: {p: {about: ours, default: %s}}"
    one = written.pack("one", extends % "one", mine=ASKS)
    other = written.pack("other", extends % "other", others=ASKS)
    program = written.program(one, other)
    assert value_in(program, "mine") == "one"
    assert value_in(program, "others") == "other"


def test_a_pack_that_extends_may_ask_for_a_parameter_of_its_base(written: Written):
    written.pack("base", BASE)
    team = written.pack("team", "extends: [../base]", asks=ASKS)
    assert value_in(written.program(team), "asks") == "base"


def test_an_override_counts_for_its_rule_only(written: Written):
    written.pack("base", BASE, asks=ASKS, asks_too=ASKS)
    team = written.pack(
        "team",
        """\
        extends: [../base]
        params: {p: {about: ours, default: team}}
        overrides: [{rule: asks, params: {p: override}, because: of reasons}]
        """,
    )
    program = written.program(team)
    assert value_in(program, "asks") == "override"
    assert value_in(program, "asks_too") == "team"


def test_of_two_overrides_the_outermost_counts(written: Written):
    written.pack("base", BASE, asks=ASKS)
    change = "overrides: [{rule: asks, params: {p: %s}, because: of reasons}]"
    written.pack("team", "extends: [../base]\n" + change % "inner")
    top = written.pack("top", "extends: [../team]\n" + change % "outer")
    assert value_in(written.program(top), "asks") == "outer"


def test_the_command_line_counts_last(written: Written):
    written.pack("base", BASE, asks=ASKS)
    change = "overrides: [{rule: asks, params: {p: override}, because: of reasons}]"
    team = written.pack("team", "extends: [../base]\n" + change)
    assert value_in(written.program(team, params={"p": "given"}), "asks") == "given"


def test_a_value_is_replaced_whole(written: Written):
    text = "params: {p: {about: a table, default: {a: 1, b: 2}}}"
    base = written.pack("base", text, asks=ASKS)
    assert value_in(written.program(base, params={"p": {"a": 3}}), "asks") == {"a": 3}


def test_null_is_a_value_and_none_at_all_is_not(written: Written):
    base = written.pack("base", "params: {p: {about: x, default: null}}", asks=ASKS)
    assert value_in(written.program(base), "asks") is None
    other = written.pack("other", "params: {p: {about: x}}", asks=ASKS)
    (found,) = written.refused(other)
    assert found == (
        "other/asks.yaml:1:23: the parameter `p` has no value; "
        "give it a default, or a value with `--param p=...`"
    )


def test_a_parameter_without_a_value_does_not_matter_to_rules_that_do_not_ask(written: Written):
    base = written.pack("base", "params: {p: {about: x}}", other="require: {x: 1}")
    assert [rule["id"] for rule in written.program(base).rules] == ["other"]


def test_a_parameter_without_a_value_does_not_matter_to_a_rule_that_is_off(written: Written):
    written.pack("base", "params: {p: {about: x}}", asks=ASKS)
    off = "extends: [../base]\noverrides: [{rule: asks, disabled: true, because: unused}]"
    assert written.program(written.pack("team", off)).rules == []


def test_an_unknown_parameter_is_refused_with_the_nearest(written: Written):
    text = "params: {proxies: {about: x, default: 1}}"
    rule = "require: {x: {equals: {param: proxy}}}"
    assert written.refused(written.pack("base", text, asks=rule)) == [
        "base/asks.yaml:1:23: unknown parameter `proxy`; did you mean `proxies`?"
    ]


def test_a_base_does_not_see_what_a_pack_that_extends_it_declares(written: Written):
    written.pack("base", asks=ASKS)
    team = written.pack("team", "extends: [../base]\n" + BASE)
    assert written.refused(team) == ["base/asks.yaml:1:23: unknown parameter `p`"]


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("extending", "team/pack.yaml:3:10: the value of the parameter `p` does not conform: "),
        ("override", "team/pack.yaml:3:14: the value of the parameter `p` does not conform: "),
        ("given", "the value of the parameter `p` does not conform: "),
    ],
)
def test_every_value_is_checked_by_the_schema_that_declares_it(
    written: Written, where: str, complaint: str
):
    written.pack("base", BASE, asks=ASKS)
    more = {
        "extending": "params: {p: {about: ours, schema: true, default: 1}}",
        "override": "overrides: [{rule: asks, params: {p: 1}, because: of reasons}]",
    }
    team = written.pack("team", "extends: [../base]\n" + more.get(where, ""))
    (found,) = written.refused(team, params={"p": 1} if where == "given" else None)
    assert found.startswith(complaint)


def test_an_unknown_parameter_of_the_command_line_is_refused(written: Written):
    base = written.pack("base", BASE, asks=ASKS)
    assert written.refused(base, params={"q": 1}) == ["unknown parameter `q`"]
    assert written.refused(base, params={"pp": 1}) == ["unknown parameter `pp`; did you mean `p`?"]


def test_an_unknown_parameter_of_an_override_is_refused(written: Written):
    written.pack("base", BASE, asks=ASKS)
    change = "overrides: [{rule: asks, params: {pq: 1}, because: of reasons}]"
    team = written.pack("team", "extends: [../base]\n" + change)
    assert written.refused(team) == [
        "team/pack.yaml:3:14: unknown parameter `pq`; did you mean `p`?"
    ]


def test_a_parameter_can_be_a_domain_and_a_table(written: Written):
    text = "params: {list: {about: x, default: [a]}, table: {about: x, default: {k: 1}}}"
    rule = """\
    require:
      all:
        - every: {param: list}
          as: item
          satisfies: {item: a}
        - x: {equals: {param: table, at: {fact: k}}}
    """
    (compiled,) = written.program(written.pack("base", text, asks=rule)).rules
    _, (every, match), _ = compiled["require"]
    assert every[1] == ["value", ["a"], "list"]
    assert match[3] == ["table", {"k": 1}, ["fact", 2], "table"]


@pytest.mark.parametrize("value", ["null", "1", "text", "true"])
def test_a_parameter_that_is_no_container_is_no_domain_and_no_table(written: Written, value: str):
    """A domain of null would be empty, and `every` would hold."""
    text = f"params: {{p: {{about: x, default: {value}}}}}"
    domain = "require: {every: {param: p}, as: item, satisfies: {item: a}}"
    table = "require: {x: {equals: {param: p, at: {fact: k}}}}"
    assert written.refused(written.pack("base", text, domain=domain, table=table)) == [
        "base/domain.yaml:1:18: the parameter `p` is no list and no mapping",
        "base/table.yaml:1:23: the parameter `p` is no mapping to look up in",
    ]


def test_a_value_that_conforms_has_no_misfit():
    assert misfit(["a"], {"type": "array"}) is None
    assert misfit("a", {"type": "array"}) is not None
