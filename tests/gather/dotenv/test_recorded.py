"""What we tell of a file is what the program itself made of it."""

from __future__ import annotations

import collections

import pytest

from engine.gather.dotenv import DIALECTS
from tests.gather.dotenv.cases import CASES, CLIENT, recorded
from tests.gather.dotenv.judging import judged

RECORDED = recorded()
KNOWN = {name: answers for name, answers in RECORDED.items() if answers["dialect"] in DIALECTS}


@pytest.mark.parametrize("program", KNOWN)
@pytest.mark.parametrize("case", CASES)
def test_what_is_known_of_a_file_is_so(program, case):
    answers = KNOWN[program]
    word, told = judged(answers["dialect"], CASES[case], CLIENT, answers["answers"][case])
    assert word != "wrong", told


def test_every_case_has_an_answer_of_every_program():
    assert {each["dialect"] for each in RECORDED.values()} >= set(DIALECTS) - {"vscode_go"}
    for answers in RECORDED.values():
        assert answers["answers"].keys() == CASES.keys()


def test_what_is_not_known_is_little():
    words = collections.Counter(
        (
            answers["dialect"],
            judged(answers["dialect"], content, CLIENT, answers["answers"][case])[0],
        )
        for answers in KNOWN.values()
        for case, content in CASES.items()
    )
    for dialect in {answers["dialect"] for answers in KNOWN.values()}:
        # node's versions make different things of quite common files.
        most = 0.4 if dialect == "node" else 0.12
        assert words[dialect, "unknown"] < most * words[dialect, "right"], dialect


def test_programs_agree_on_few_files():
    """A reader for all would be wrong; so would be a test whose files nobody reads differently."""
    agreed = {
        case
        for case in CASES
        if len({str(_set(answers, case)) for answers in RECORDED.values()}) == 1
    }
    assert agreed >= {"nothing", "plain"}
    assert len(agreed) < len(CASES) / 4


def _set(answers, case):
    answer = answers["answers"][case]
    if "refused" in answer:
        return answer
    own = CLIENT if answers["dialect"] in {"python-dotenv", "node", "node-dotenv", "bash"} else {}
    return sorted((name, value) for name, value in answer["set"].items() if own.get(name) != value)
