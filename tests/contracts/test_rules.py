"""Every bundled rule is tested and documented by its own examples."""

from __future__ import annotations

import pytest

from engine.cli import main
from engine.loading.packs import load_packs
from engine.operators import OPERATORS
from engine.resources import bundled_packs
from tests.contracts.files import ROOT

PACKS = load_packs(bundled_packs(), ROOT / "rules", OPERATORS)
RULES = [rule for pack in PACKS for rule in pack.rules]
AS_RULES = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_there_are_rules():
    assert len(RULES) >= 30


@AS_RULES
def test_a_rule_shows_a_pass_a_fail_and_where_it_does_not_judge(rule):
    shown = {example.expect for example in rule.examples}

    assert {"pass", "fail"} <= shown
    assert shown & {"unknown", "not_applicable"}


@AS_RULES
def test_a_rule_says_what_is_wrong_why_and_what_to_do(rule):
    assert rule.title != rule.id
    assert rule.message
    assert rule.remedy
    assert rule.about
    assert all(example.name for example in rule.examples)
    assert any(example.says for example in rule.examples if example.expect == "fail")


@AS_RULES
def test_a_rule_stands_in_the_file_of_its_name(rule):
    assert rule.place.file.endswith(f"/{rule.id}.yaml")


@pytest.mark.parametrize("words", [["lint"], ["test", "--strict"]], ids=" ".join)
def test_the_engine_has_nothing_to_say_about_them(words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code = main(words)

    assert (code, capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_is_named_after_its_folder(pack):
    assert pack.title
    assert pack.place.file.endswith(f"rules/{pack.name}/pack.yaml")
