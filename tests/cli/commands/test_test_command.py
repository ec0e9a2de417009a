from __future__ import annotations

from tests.cli.conftest import FACTS, RULE


def test_examples_that_hold_say_nothing(engine, demo):
    ran = engine("test", "rule.yaml", "--strict")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "1 rule, 3 examples: 0 wrong; 0 branches not decided\n"


def test_an_example_that_does_not_hold_is_named_with_its_place(engine, write, golden):
    write(r_yaml=RULE.replace("expect: fail", "expect: pass") + FACTS)

    ran = engine("test", "r.yaml")

    assert ran.code == 1
    golden("cli/test_wrong.text", ran.out + ran.err)


def test_a_branch_that_no_example_decides_counts_only_if_strict(engine, write, golden):
    write(r_yaml=RULE.replace("  - {name: another", "  # - {name: another") + FACTS)

    lenient, strict = engine("test", "r.yaml"), engine("test", "r.yaml", "--strict")

    assert (lenient.code, strict.code) == (0, 1)
    assert lenient.out == strict.out
    golden("cli/test_undecided.text", strict.out + strict.err)


def test_an_example_has_parameters_a_day_and_absent_facts_of_its_own(engine, write):
    write(
        r_yaml="""\
id: demo
require: {all: [{a: {equals: {param: wanted}}}, {b: {newer_than: 1d}}]}
params: {wanted: {schema: {type: integer}, default: 1}}
facts: {a: {type: integer}, b: {type: string, format: date-time}}
examples:
  - name: the default, and young
    facts: {a: 1, b: "2026-01-01T00:00:00Z"}
    today: "2026-01-01"
    expect: pass
  - name: another value
    facts: {a: 2, b: "2026-01-01T00:00:00Z"}
    params: {wanted: 2}
    today: "2026-01-01"
    expect: pass
  - name: old
    facts: {a: 1, b: "2026-01-01T00:00:00Z"}
    today: "2026-02-01"
    expect: fail
  - name: it may not be read
    facts: {b: "2026-01-01T00:00:00Z"}
    absent: {/a: {reason: permission}}
    today: "2026-01-01"
    expect: unknown
"""
    )

    ran = engine("test", "r.yaml")

    assert (ran.code, ran.err[:29]) == (0, "1 rule, 4 examples: 0 wrong; "), ran.out


def test_an_example_is_read_as_a_document_is_secrets_included(engine, write):
    secret = "{$redacted: [{salt: a, hash: b}]}"
    example = f"{{name: a secret, facts: {{x: {secret}}}, expect: unknown, says: redacted}}"
    write(rule_yaml=f"id: r\nrequire: {{x: {{starts_with: y}}}}\nexamples:\n  - {example}\n")
    assert engine("test", "rule.yaml").code == 0


def test_an_example_that_is_a_whole_document_may_have_holes_beside_it(engine, write):
    document = "facts: {schema: precedent/facts/v1, facts: {x: {}}}"
    hole = "absent: {/x/y: {reason: opaque}}"
    example = f"{{name: a hole, {document}, {hole}, expect: unknown}}"
    write(rule_yaml=f"id: r\nrequire: {{x.y: 1}}\nexamples:\n  - {example}\n")
    assert engine("test", "rule.yaml").code == 0
