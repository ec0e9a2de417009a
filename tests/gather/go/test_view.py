"""What a host tells of the world that a `go` command would see."""

from __future__ import annotations

import pytest

from engine.gather.collectors.managers import managers as collector
from engine.gather.go.view import host_view, usual_view
from engine.gather.survey import Survey
from engine.precedence.values import Hole
from tests.gather.fake_host import FakeHost, Node, folder, link
from tests.precedence.go.managers.homes import HOME, HOMES, expanded, gos


class Tree(FakeHost):
    is_live = False


@pytest.fixture
def survey_on(redaction):
    def make(host):
        return Survey(host, subject="workstation", directory=HOME, redaction=redaction)

    return make


def test_of_a_tree_without_an_environment_only_the_home_is_known(survey_on):
    survey = survey_on(Tree({HOME: folder()}))
    view = host_view(survey)
    assert view.variable("HOME") == HOME
    assert isinstance(view.variable("PATH"), Hole)
    assert isinstance(view.which("go"), Hole)
    assert usual_view(survey).variable("PATH") is None


def test_on_a_machine_a_variable_that_is_not_there_is_not_set(survey_on):
    view = host_view(survey_on(FakeHost({HOME: folder()}, environment={"A": ""})))
    assert (view.variable("A"), view.variable("HOME")) == ("", None)


def test_an_empty_entry_of_path_is_the_directory_and_what_cannot_run_is_passed_over(survey_on):
    files = {
        "/a/go": Node(mode=0o644),
        "/b/go": Node("directory"),
        "/c/go": link("/gone"),
        f"{HOME}/go": Node(mode=0o755),
    }
    view = host_view(survey_on(FakeHost(files, environment={"PATH": "/a:/b:/c::/d"})))
    assert view.absolute(view.which("go")) == f"{HOME}/go"
    assert view.which("go", "/a:/b") is None


def test_a_tree_tells_what_lies_in_the_usual_places_and_that_there_may_be_more(survey_on):
    files = {**gos(), **HOMES["asdf"](), "~/.tool-versions": "golang 1.22.10\n"}
    host = Tree({expanded(path): node for path, node in files.items()})
    (fact, goroot) = collector.collect(survey_on(host))
    row, more = fact.value
    assert (row["name"], row["versions"]) == ("asdf", ["1.21.13", "1.22.10", "1.27.3"])
    assert row["version"].cause == more.cause == goroot.value.cause == "not_collected"
