from __future__ import annotations

import pytest

from tests.real.go_env.comparing import RIGHT, UNKNOWABLE, UNKNOWN, WRONG, compared
from tests.real.go_env.scoring import Score
from tests.real.go_env.truth import Truth

FINE = Truth(0, "", {"GOPROXY": "off", "GOGCCFLAGS": "/tmp/go-build1"}, lacked_network=False)
FAILED = Truth(1, "go: invalid", None, lacked_network=False)
CUT_OFF = Truth(1, "dial tcp", None, lacked_network=True)


def _kinds(predicted, truth):
    return {each.key: each.kind for each in compared(predicted, truth)}


@pytest.mark.parametrize(
    ("predicted", "kind"),
    [
        ({"GOPROXY": "off"}, RIGHT),
        ({"GOPROXY": None}, UNKNOWN),
        ({"GOPROXY": "direct"}, WRONG),
        ({"GOPROXY": ""}, WRONG),
        ({}, WRONG),
    ],
)
def test_a_key_is_right_unknown_or_wrong(predicted, kind):
    assert _kinds(predicted, FINE) == {"error": RIGHT, "GOPROXY": kind}


def test_a_key_that_go_does_not_print_is_wrong():
    assert _kinds({"GOPROXY": "off", "GOX": "1"}, FINE)["GOX"] == WRONG


def test_where_nothing_is_predicted_every_key_is_unknown():
    assert _kinds(None, FINE) == {"error": UNKNOWN, "GOPROXY": UNKNOWN}


def test_values_count_even_where_go_may_fail():
    assert _kinds({"error": None, "GOPROXY": "x"}, FINE) == {"error": UNKNOWN, "GOPROXY": WRONG}


@pytest.mark.parametrize(
    ("predicted", "truth", "kind"),
    [
        ({"error": "bad"}, FINE, WRONG),
        ({"error": "bad"}, FAILED, RIGHT),
        ({"error": None}, FAILED, UNKNOWN),
        (None, FAILED, UNKNOWN),
        ({"GOPROXY": "off"}, FAILED, WRONG),
        ({"error": "bad"}, CUT_OFF, WRONG),
        ({"GOPROXY": "off"}, CUT_OFF, WRONG),
        ({"error": None}, CUT_OFF, UNKNOWABLE),
        (None, CUT_OFF, UNKNOWABLE),
    ],
)
def test_that_go_fails_is_predicted_like_a_key(predicted, truth, kind):
    assert _kinds(predicted, truth)["error"] == kind


def test_the_share_known_leaves_out_what_hangs_on_a_network():
    score = Score()
    score.add("go1.27.3", 1, 0, compared({"GOPROXY": None}, FINE))
    score.add("go1.27.3", 1, 1, compared(None, CUT_OFF))
    assert score.known() == 0.5
    assert score.known("go1.27.3", "GOPROXY") == 0
    assert score.known("go1.19.8") == 1


def test_a_wrong_key_says_how_to_make_its_case_again():
    score = Score()
    score.add("go1.27.3", 7, 12, compared({"GOPROXY": "direct"}, FINE))
    assert str(score.wrong[0]) == (
        "go1.27.3 7:12 GOPROXY\n    predicted 'direct'\n    really    'off'"
    )
