from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.options import cache_folder, day_start
from engine.errors import UsageError
from tests.cli.conftest import FACTS, RULE

PARAMS = """\
id: demo
require: {a: {in: {param: allowed}}}
params:
  allowed: {schema: {type: array, items: {type: [string, number]}}, default: [x]}
"""


@pytest.mark.parametrize(
    ("value", "code"),
    [("[1]", 0), ('["x", 1.0]', 0), ("[2]", 1), ('["1"]', 1), ("[NaN, 1]", 2), ("[1e999, 1]", 2)],
)
def test_a_parameter_is_json_where_it_can_be(engine, write, value, code):
    write(r_yaml=PARAMS, a_json={"a": 1})

    assert engine("eval", "a.json", "--rules", "r.yaml", "--param", f"allowed={value}").code == code


def test_a_parameter_is_else_a_text(engine, write):
    write(r_yaml=PARAMS.replace("{type: array, items: {type: [string, number]}}", "{type: string}")
          .replace("in:", "equals:").replace("[x]", "x"),
          a_json={"a": "a=b: [c"}, b_json={"a": "NaN"})  # fmt: skip
    words = ("--rules", "r.yaml", "--param")

    assert engine("eval", "a.json", *words, "allowed=a=b: [c").code == 0
    assert engine("eval", "b.json", *words, "allowed=NaN").code == 0
    assert engine("eval", "b.json", *words, "allowed=" + "[" * 100_000).code == 1


def test_a_parameter_that_does_not_fit_is_refused(engine, write):
    write(r_yaml=PARAMS, a_json={"a": 1})

    ran = engine("eval", "a.json", "--rules", "r.yaml", "--param", "allowed=7")

    assert (ran.code, ran.out) == (2, "")
    assert "`allowed`" in ran.err


def test_the_configuration_of_the_folder_counts_unless_rules_are_named(engine, demo):
    Path("engine.yaml").write_text("rules: [./rule.yaml]\n")

    configured, named = engine("eval", "bad.json"), engine("eval", "bad.json", "--rules", "go")

    assert "demo-version" in configured.out
    assert "demo-version" not in named.out


def test_without_a_configuration_the_bundled_packs_count(engine, demo):
    ran = engine("eval", "bad.json", "--format", "json")

    assert '"rule": "goroot-env-set"' in ran.out


def test_a_configuration_that_is_wrong_names_its_line(engine, demo):
    Path("engine.yaml").write_text("rules: [go]\nwaviers: w.yaml\n")

    ran = engine("eval", "bad.json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "nothing was judged: engine.yaml:2:1: unknown key `waviers`; did you mean `waivers`?\n"
    )


def test_packs_are_named_as_often_as_wanted(engine, demo):
    ran = engine("eval", "bad.json", "--rules", "rule.yaml", "--rules", "go", "--rules", "go")

    assert "demo-version" in ran.out
    assert ran.code == 1


def test_ages_are_judged_as_of_a_day(engine, write):
    write(
        r_yaml="id: demo\nrequire: {image.built: {newer_than: 30d}}\n",
        a_json={"image": {"built": "2026-11-01T00:00:00Z"}},
    )
    words = ("eval", "a.json", "--rules", "r.yaml", "--today")

    assert engine(*words, "2026-11-30").code == 0
    assert engine(*words, "2026-12-02").code == 1


def test_a_day_starts_at_midnight_utc(monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    assert day_start("1970-01-02") == 86_400 * 10**9


@pytest.mark.parametrize(
    "day", ["", "2026-02-30", "2026-13-01", "26-01-01", "today", "2026-01-01T00"]
)
def test_what_is_no_day_is_refused(day):
    with pytest.raises(UsageError, match="is no date; write it as YYYY-MM-DD"):
        day_start(day)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/precedent"),
        ({"HOME": "/h"}, "/h/.cache/precedent"),
        ({"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/precedent"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/precedent"),
        ({"HOME": "relative"}, None),
        ({}, None),
    ],
)
def test_programs_are_kept_where_the_system_keeps_caches(environment, folder):
    assert cache_folder(environment) == folder


def test_the_rule_of_these_tests_is_a_good_one(engine, write):
    write(rule_yaml=RULE + FACTS)

    assert engine("lint", "rule.yaml").code == 0
    assert engine("test", "rule.yaml", "--strict").code == 0
