from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import RULE

CLEAN = "1 rule in 1 pack: nothing to mend\n"


def test_a_good_rule_has_nothing_to_mend(engine, demo):
    ran = engine("lint", "rule.yaml")

    assert (ran.code, ran.out, ran.err) == (0, "", CLEAN)


def test_what_is_to_mend_is_listed_by_place(engine, write, golden):
    write(
        r_yaml="id: a\nrequire: {go.vesion: {exists: true}, go.installed: {contains: x}}\n"
        "params: {unused: {default: 1}}\ndefine: {never: {go.installed: true}}\n"
    )

    ran = engine("lint", "r.yaml")

    assert ran.code == 1
    golden("cli/lint.text", ran.out + ran.err)


def test_a_rule_file_of_a_pack_stands_for_the_pack_around_it(engine, write):
    write(
        policy__pack_yaml="pack: policy\ndefine: {good: {demo.version: '1'}}\n"
        "facts: {demo: {type: object, properties: {version: {type: string}}}}\n",
        policy__deep__rule_yaml=RULE.replace(
            'require: {demo.version: "1"}', "require: {use: good}"
        ),
    )

    assert engine("lint", "policy/deep/rule.yaml").err == CLEAN
    assert engine("lint", "policy/deep/rule.yaml", "policy/pack.yaml", "policy").err == CLEAN


def test_a_pack_around_the_repository_is_not_looked_for(engine, write, monkeypatch):
    write(pack_yaml="pack: a\nfacts: {demo: {type: object}}\n", inner__rule_yaml=RULE)
    Path("inner/.git").mkdir()
    monkeypatch.chdir("inner")

    assert "2 rules" not in engine("lint", "rule.yaml", "--repository").err
    assert "unknown fact" in engine("lint", "rule.yaml", "--repository").out
    assert engine("lint", "rule.yaml").out == ""


def test_without_names_the_configured_packs_are_looked_at_else_the_bundled_ones(engine, demo):
    bundled = engine("lint")
    Path("engine.yaml").write_text("rules: [./rule.yaml]\n")
    configured = engine("lint")
    Path("engine.yaml").write_text("waivers: w.yaml\n")
    no_rules = engine("lint")

    assert (bundled.code, bundled.out) == (0, "")
    assert configured.err == CLEAN
    assert no_rules == bundled
    assert bundled.err != CLEAN


def test_a_pack_that_cannot_be_loaded_is_no_finding(engine, write):
    write(r_yaml="id: a\nrequire: {}\n")

    ran = engine("lint", "r.yaml")

    assert (ran.code, ran.out) == (2, "")
    assert "r.yaml:2:" in ran.err
