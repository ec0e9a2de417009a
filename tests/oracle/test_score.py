"""What the engine says of start-up files, held to what real shells did with them."""

from __future__ import annotations

import pytest

from tests.oracle.score import WRONG, scored, share, summary, told
from tests.oracle.scoring.comparing import RIGHT, UNKNOWN, Answer, compared


def at(*levels):
    return lambda case: case["level"] in levels


def test_no_prediction_for_a_generated_tree_is_wrong(generated):
    assert told(generated, WRONG) == []


def test_nearly_all_values_of_plain_trees_are_known(generated):
    assert share(generated, "values", at(1, 2, 3)) >= 0.98


def test_most_values_of_opaque_trees_are_known(generated):
    assert share(generated, "values", at(4)) >= 0.75


def test_nearly_all_lists_of_loaded_files_of_plain_trees_are_known(generated):
    assert share(generated, "loaded", at(1, 2, 3)) >= 0.98


def test_the_line_that_set_a_value_is_named(generated):
    setters = summary(generated)["totals"]["setters"]
    assert setters["right"] >= 0.97 * sum(setters.values())


def test_no_prediction_for_dotfiles_as_people_write_them_is_wrong(answers):
    assert told(answers("dotfiles"), WRONG) == []


def test_most_values_of_dotfiles_as_people_write_them_are_known(answers):
    assert share(answers("dotfiles"), "values") >= 0.75


def test_nothing_is_said_wrongly_of_what_shells_set_by_themselves(answers):
    assert told(answers("initial"), WRONG) == []


def test_nothing_is_said_wrongly_of_a_few_lines(answers):
    assert told(answers("snippets"), WRONG) == []


def test_most_of_a_few_lines_is_known(answers):
    assert share(answers("snippets"), "values") >= 0.85


CASE = {
    "id": "one",
    "level": 1,
    "shell": "bash",
    "mode": {"via": "c"},
    "env": {"HOME": "/home/user", "PATH": "/usr/bin:/bin", "FOO": "given"},
    "files": {},
    "track": ["FOO", "BAR"],
    "expect": {
        "status": "ok",
        "loaded": [],
        "nondeterministic": [],
        "setters": {},
        "vars": {"FOO": {"value": "given", "exported": True}, "BAR": None},
        "command": {"name": "go", "alias": None, "function": False},
    },
}


def test_what_is_inherited_and_what_is_not_set_are_right():
    ((_, answers),) = scored([CASE])
    assert {answer.outcome for answer in answers} == {RIGHT}


def test_a_value_that_differs_is_wrong():
    other = {"FOO": {"value": "other", "exported": True}, "BAR": None}
    ((_, answers),) = scored([CASE | {"expect": CASE["expect"] | {"vars": other}}])
    assert told([(CASE, answers)], WRONG) == [
        "wrong   one values FOO: predicted 'given', expected 'other'"
    ]


def test_a_case_whose_shell_left_answers_nothing():
    lost = CASE | {"expect": CASE["expect"] | {"status": "no_probe"}}
    assert list(compared(lost, {})) == []


@pytest.mark.parametrize(("outcome", "known"), [(UNKNOWN, 0.5), (RIGHT, 1.0), (WRONG, 1.0)])
def test_the_known_share_counts_all_but_the_unknown(outcome, known):
    answers = [Answer("values", "A", RIGHT, 1, 1, ""), Answer("values", "B", outcome, 1, 1, "")]
    assert share([(CASE, answers)], "values") == known
