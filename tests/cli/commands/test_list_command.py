from __future__ import annotations

import pytest

from engine.cli.terminal import Terminal
from engine.compile.fact_tree import told_once, tree
from engine.compile.schema import FactsSchema
from engine.gather.collectors import COLLECTORS
from engine.gather.schema import declared_facts
from engine.operators import OPERATORS
from engine.report import format_names

KINDS = ["rules", "operators", "collectors", "formats", "packs", "facts", "contexts", "sources"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_sorted_and_fits(engine, kind):
    ran = engine("list", kind)

    assert (ran.code, ran.err) == (0, "")
    rows = ran.out.splitlines()
    names = [row.split()[0] for row in rows if not row.startswith(" ")]
    assert names == sorted(names)
    assert names
    assert max(map(len, rows)) <= 80


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_list_is_without_its_meaning(engine, kind):
    rows = engine("list", kind).out.splitlines()

    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        assert len(row.split()) > 1 or row.startswith(" ") or following.startswith(" "), row


@pytest.mark.parametrize(
    ("kind", "names"),
    [("operators", OPERATORS), ("collectors", COLLECTORS), ("formats", format_names())],
)
def test_a_list_holds_all_there_is(engine, kind, names):
    rows = engine("list", kind).out.splitlines()

    assert [row.split()[0] for row in rows if not row.startswith(" ")] == sorted(names)


def test_the_rules_of_a_pack_of_ones_own(engine, demo, golden):
    golden("cli/list_rules.text", engine("list", "rules", "--rules", "rule.yaml").out)


ACME = """\
id: acme-image
require: {acme.image.name: {exists: true}}
facts:
  acme:
    type: object
    description: What our laptops are
    properties:
      image:
        type: object
        description: The image that this laptop was set up from
        properties:
          name: {type: string, description: Its name, examples: [golden-2026-01]}
          ring: {type: string, description: Who gets it, enum: [canary, all]}
          size: {type: integer, description: How large it is, examples: [4000], x-unit: MiB}
      owners: {type: array, description: Who answers for it, items: {type: string}}
      tools:
        type: object
        description: What was installed, by name
        propertyNames: {examples: [gopls]}
        additionalProperties:
          type: object
          properties:
            version: {type: string, format: semver, description: Its version, examples: [1.2.3]}
      rest: true
"""


@pytest.mark.parametrize("words", ["contexts", "sources", "facts", "facts --tree"])
def test_every_list_fits_on_a_narrow_terminal(engine, monkeypatch, words):
    monkeypatch.setattr(Terminal, "width", 60)

    lines = engine("list", *words.split()).out.splitlines()
    # A name is there to be copied: one that is too long keeps its line, whole.
    assert [line for line in lines if len(line) > 60 and " " in line] == []


def test_a_context_says_for_each_of_what_it_is_there_and_how_sure_that_is(engine):
    said = " ".join(engine("list", "contexts").out.split())

    assert "(for each of compose.services: compose- service:ID) [documented]" in said
    assert "(for each of vscode.launches: vscode-debug:ID) [documented]" in said
    assert "bash-command `bash -c COMMAND` [verified]" in said


def test_facts_of_packs_stand_in_the_tree_with_the_name_of_the_pack(engine, write, golden):
    write(acme_yaml=ACME)

    golden(
        "cli/list_facts_tree.text",
        engine("list", "facts", "acme", "--tree", "--rules", "acme.yaml").out
        + engine("list", "facts", "acme.tools.gopls", "--tree", "--rules", "acme.yaml").out
        + engine("list", "facts", "acme", "--rules", "acme.yaml").out,
    )


def test_facts_of_the_configured_packs_are_listed(engine, write):
    write(acme_yaml=ACME, engine_yaml="rules: [./acme.yaml]\n")

    assert "mapping: What our laptops are (pack acme)" in engine("list", "facts").out
    assert "(pack acme)" in " ".join(engine("list", "facts", "--tree").out.split())
    assert "acme" not in engine("list", "facts", "--rules", "go").out


def test_the_tree_holds_every_fact_and_fits(engine):
    rows = engine("list", "facts", "--tree").out.splitlines()
    entries = list(tree(FactsSchema(declared_facts())))
    entries += told_once(FactsSchema(declared_facts()), entries)
    names = [row.split()[0] for row in rows if row and len(row) - len(row.lstrip()) < 16]

    assert names == [entry.name for entry in entries]
    assert max(map(len, rows)) <= 80


def test_what_many_facts_hold_stands_below_the_tree_and_in_full_where_it_is_asked_for(engine):
    told = engine("list", "facts", "docker_client", "--tree").out
    tree_, shared = told.split("\n\n")

    assert "list of" in tree_
    assert "if_missing" not in tree_
    assert shared.startswith("assignment ")
    assert "if_missing" in shared
    asked = engine("list", "facts", "docker_client.env", "--tree").out
    assert asked.startswith("docker_client.env[] ")
    assert asked.count("if_missing") == 1
    assert "\n\n" not in asked


def test_each_fact_says_who_gathers_it_once(engine):
    said = engine("list", "facts", "project", "--tree").out

    assert said.count("collector project") == 1
    assert "repository)" in " ".join(said.split())
    assert "(collector go: workstation, live)" in " ".join(
        engine("list", "facts", "go.command.path", "--tree").out.split()
    )


def test_levels_are_counted_from_where_one_looks(engine):
    def names(*words):
        rows = engine("list", "facts", *words, "--tree").out.splitlines()
        return [row.split()[0] for row in rows if len(row) - len(row.lstrip()) < 16]

    assert names("--depth", "1") == [
        entry.name for entry in tree(FactsSchema(declared_facts())) if not entry.depth
    ]
    assert names("go.env_file", "--depth", "1")[:3] == ["go.env_file", "path", "state"]
    assert "key" not in names("go.env_file", "--depth", "1")
    assert "key" in names("go.env_file", "--depth", "2")


@pytest.mark.parametrize(
    "path",
    ["env.GOROOT.value", "env.*.value", "path.entries[].dir", "path.entries[0].dir", 'files["/x"]'],
)
def test_a_path_is_taken_as_rules_and_lists_write_it(engine, path):
    ran = engine("list", "facts", path)

    assert ran.code == 0
    assert ran.out.startswith(path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("facts", "go.env_fil"),
            "unknown fact `go.env_fil`: nobody declares `env_fil`; did you mean `env_file`?",
        ),
        (
            ("facts", "zzz"),
            "unknown fact `zzz`: nobody declares `zzz`; `engine list facts` shows what there is",
        ),
        (("facts", "go..env"), "`go..env` is not a path; a key is missing after the dot"),
        (("facts", "--depth", "0"), "`--depth 0` shows nothing; write at least 1"),
        (("facts", "--depth", "x"), "--depth: invalid int value"),
        (("rules", "go"), "`engine list rules` takes no path; leave it out"),
        (("rules", "--tree"), "`engine list rules` takes no `--tree`"),
        (("packs", "--depth", "2"), "`engine list packs` takes no `--depth`"),
    ],
)
def test_what_cannot_be_listed_is_refused(engine, words, said):
    ran = engine("list", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
