"""The page of all facts; that it is fresh, `tests/contracts/test_generated.py` says."""

from __future__ import annotations

import re

from engine.compile.fact_tree import tree
from engine.compile.schema import FactsSchema
from engine.gather.collectors import COLLECTORS
from engine.gather.page import facts_page
from engine.gather.schema import SHARED, facts_of, facts_schema

PAGE = facts_page()
ENTRIES = list(tree(FactsSchema(facts_of(facts_schema()))))
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]


def test_every_fact_stands_on_it_or_is_like_one_that_does():
    alike = {
        line.split("`")[1]: line.split("as `")[1].split("`")[0] for line in ROWS if "; as `" in line
    }
    shown = {line.split("`")[1] for line in ROWS} | set(
        re.findall(r"^### `(.*)`$", PAGE, re.MULTILINE)
    )
    tops = set(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE))

    for entry in ENTRIES:
        known = entry.path
        # What is like another fact may hold what is like a third one.
        while around := next((path for path in alike if known.startswith(path + ".")), None):
            known = alike[around] + known[len(around) :]
        assert known in shown or (not entry.depth and re.split(r"[.[]", known)[0] in tops), (
            entry.path
        )


def test_what_is_like_another_leads_to_one_that_is_written_out():
    for line in ROWS:
        if "; as `" in line:
            assert f"| `{line.split('as `')[1].split('`')[0]}." in PAGE, line


def test_every_row_has_a_type_and_a_meaning_and_four_cells():
    for line in ROWS:
        if not line.startswith("| `path.entries[]` | a list") and not line.startswith(
            "| `env.*` | a "
        ):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            assert len(cells) == 4, line
            assert cells[1].strip(), line
            assert cells[2].strip(), line


def test_what_many_facts_hold_is_told_once_at_the_end():
    told = PAGE[PAGE.index("\n## Assignments\n") :]

    assert "`docker_client.env[]` | [list of assignments](#assignments) |" in PAGE
    assert "`docker_client.env[].name`" not in PAGE
    for name in SHARED["assignment"]["properties"]:
        assert f"\n| `{name}` | " in told


def test_every_collector_that_gathers_facts_is_named():
    for name in COLLECTORS:
        assert f"Collector `{name}`; " in PAGE


def test_links_within_the_page_lead_to_headings():
    headings = {line.lstrip("# ").lower() for line in PAGE.splitlines() if line.startswith("#")}

    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_code_that_holds_backticks_stays_code():
    assert "`` depends on the status of `test -d /opt/go` ``" in PAGE
    assert 'empty for the first: `""`, `,`, `\\|`' in PAGE
