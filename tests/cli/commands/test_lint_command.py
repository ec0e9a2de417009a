from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FACTS, RULE

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


WRONG = """\
{
  "schema": "precedent/facts/v1",
  "facts": {
    "go": {"installed": "yes", "vesion": "go1.22.3"},
    "demo": {"version": 1}
  },
  "provenance": {"/go/version": {"from": "go version"}},
  "absent": {"/pth": {"reason": "timeout"}}
}
"""


def test_what_is_wrong_in_a_document_is_listed_by_place(engine, write, golden):
    write(facts_json=WRONG)

    ran = engine("lint", "facts.json")

    assert ran.code == 1
    golden("cli/lint_facts.text", ran.out + ran.err)


@pytest.mark.parametrize("words", [("gather",), ("gather", "--repository")])
def test_what_was_gathered_here_has_nothing_to_mend(engine, words):
    ran = engine("lint", "-", stdin=engine(*words).out.encode())

    assert (ran.code, ran.out, ran.err) == (0, "", "1 document: nothing to mend\n")


def test_a_document_may_hold_what_the_packs_in_use_declare(engine, write):
    write(rule_yaml=RULE + FACTS, facts_json={"demo": {"version": "1"}})

    alone = engine("lint", "facts.json")
    assert alone.code == 1
    assert "nobody declares `demo`" in alone.out

    with_pack = engine("lint", "facts.json", "rule.yaml")
    assert (with_pack.code, with_pack.out) == (0, "")
    assert with_pack.err == "1 rule in 1 pack, 1 document: nothing to mend\n"

    Path("engine.yaml").write_text("rules: [./rule.yaml]\n")
    assert engine("lint", "facts.json").err == "1 document: nothing to mend\n"

    write(facts_json={"demo": {"version": 1}})
    assert "`/demo/version`: it is a number, not a text" in engine("lint", "facts.json").out


def test_packs_that_only_tell_what_is_declared_are_not_looked_at(engine, write):
    write(rule_yaml="id: a\nrequire: {go.vesion: {exists: true}}\n", facts_json={})
    Path("engine.yaml").write_text("rules: [./rule.yaml]\n")

    assert engine("lint").code == 1
    assert engine("lint", "facts.json").code == 0


def test_documents_that_cannot_be_read_are_told_together(engine, write):
    write(half_json="{", odd_json=b"\xff", good_json={}, twice_json='{"a": 1,\n "a": 2}')

    ran = engine("lint", "half.json", "odd.json", "good.json", "gone.json", "twice.json")

    assert (ran.code, ran.out) == (2, "")
    assert [line.partition(" ")[0] for line in ran.err.splitlines()] == [
        "gone.json:",
        "half.json:1:2:",
        "odd.json:",
        "twice.json:2:2:",
        "nothing",
    ]


def test_a_document_is_read_once_however_often_it_is_named(engine, write):
    write(facts_json={"go": 1})

    assert engine("lint", "facts.json", "facts.json").err == "1 document: 1 to mend\n"


def test_a_document_that_leads_out_of_the_repository_is_refused(engine, write, tmp_path):
    write(inside_json={})
    Path(".git").mkdir()
    (tmp_path / "outside.json").write_text('{"a secret": 1}')
    Path("link.json").symlink_to(tmp_path / "outside.json")

    assert engine("lint", "inside.json", "--repository").code == 0
    ran = engine("lint", "link.json", "--repository")
    assert (ran.code, ran.out) == (2, "")
    assert "`link.json` leads out of the repository" in ran.err
    assert "a secret" in engine("lint", "link.json").out


def test_a_name_in_a_document_cannot_colour_the_terminal(engine, write):
    write(facts_json=json.dumps({"\x1b[31m": 1, "go": {"\u202e": 1}}))

    ran = engine("lint", "facts.json")
    assert ran.code == 1
    assert not {"\x1b", "\u202e"} & set(ran.out)
