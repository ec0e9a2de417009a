"""Every way to start every shell: the files that it reads, in order, and their traces."""

from __future__ import annotations

import pytest

from tests.oracle import store
from tests.oracle.conftest import CASES
from tests.oracle.scoring.comparing import RIGHT
from tests.oracle.truth import matrix

ROWS = store.read(CASES / "matrix.jsonl.gz")


def test_there_are_as_many_rows_as_ways():
    assert len(ROWS) == 230
    asked = [{key: row[key] for key in row if key != "expect"} for row in ROWS]
    assert asked == list(matrix.cases())


@pytest.mark.parametrize(
    "number", range(len(ROWS)), ids=lambda at: f"{ROWS[at]['shell']} {ROWS[at]['row']}"
)
def test_the_files_of_a_row_are_predicted(answers, number):
    case, given = answers("matrix")[number]
    odd = [answer for answer in given if answer.outcome != RIGHT and answer.kind != "setters"]
    assert odd == [], case["row"]
