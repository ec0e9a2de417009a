"""What we tell of a `.env` file against the programs that read it, on files made for this run."""

from __future__ import annotations

import collections

import pytest

from engine.gather.dotenv import DIALECTS
from tests.gather.dotenv.cases import CASES, CLIENT
from tests.gather.dotenv.generating import files
from tests.gather.dotenv.judging import judged
from tests.real.env_readers.asking import readers

READERS = {name: ask for name, ask in readers().items() if name.split(" ")[0] in DIALECTS}
FILES = [*((content, CLIENT) for content in CASES.values()), *files(20261126, 250)]


@pytest.fixture(params=READERS or [None])
def reader(request):
    if request.param is None:
        pytest.skip("no program here that reads .env files: see tests/real/env_readers")
    return request.param


def test_what_is_known_of_a_file_is_so(reader):
    dialect = reader.split(" ")[0]
    words = collections.Counter()
    answers = READERS[reader](FILES)
    for (content, client), answer in zip(FILES, answers, strict=True):
        word, told = judged(dialect, content, client, answer)
        assert word != "wrong", (content, client, answer, told)
        words[word] += 1
    assert words["right"] > len(FILES) / 3
