"""`engine graph` from end to end; how a picture is drawn is told in tests/report/graph."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PACK = """\
pack: acme
sources:
  acme-env: {file: /opt/acme/env.sh, syntax: sh}
processes:
  acme-session: {title: Acme's session, inherits: {nothing: true}, reads: [acme-env]}
  acme-shell:
    title: Acme's shell
    inherits: {from: acme-session, except: [GOROOT]}
    reads: [{source: acme-env, when: {process.env.ACME.state: set}}]
"""


@pytest.fixture
def graph(engine):
    """Give a way to draw the graph with a pack of our own in it."""
    Path("acme").mkdir()
    Path("acme/pack.yaml").write_text(PACK)
    return lambda *words: engine("graph", *words, "--rules", "./acme")


def test_every_process_stands_below_the_one_it_inherits_from(graph):
    ran = graph()

    assert (ran.code, ran.err) == (0, "")
    lines = [line.partition(" · ")[0] for line in ran.out.splitlines()]
    start = lines.index("Acme's session")
    assert [line.rstrip() for line in lines[start : start + 5]] == [
        "Acme's session",
        "│  1. /opt/acme/env.sh",
        "└─ Acme's shell",
        "      inherits all but GOROOT",
        "      1. /opt/acme/env.sh  when ACME is set",
    ]


def test_one_context_is_drawn_with_what_leads_to_it(graph):
    out = graph("--in", "acme-shell", "--static").out

    assert out.startswith("How Acme's shell gets its environment\n")
    assert "acme-session" in out
    assert "bash" not in out


def test_facts_say_what_was_read(graph, write):
    contexts = {
        "acme-session": {"loaded": [{"path": "/opt/acme/env.sh"}], "not_loaded": []},
        "acme-shell": {
            "loaded": [],
            "not_loaded": [
                {"path": "/opt/acme/env.sh", "source": "acme-env", "reason": "condition"}
            ],
        },
    }
    write(facts_json={"contexts": contexts})
    out = graph("--in", "acme-shell", "--facts", "facts.json").out

    assert "reads     1 ✓ /opt/acme/env.sh" in out
    assert "reads     1 \N{MULTIPLICATION SIGN} /opt/acme/env.sh" in out
    assert "only when ACME is set" in out


EACH = """\
pack: acme
facts:
  acme:
    type: object
    description: What is launched
    properties:
      launches:
        type: array
        description: One each
        items:
          type: object
          properties:
            id: {type: string, description: Its name, examples: [server]}
            shell: {type: boolean, description: Whether a shell is between, examples: [true]}
processes:
  acme-session: {title: Acme's session, inherits: {nothing: true}}
  acme-shell: {title: Acme's shell, inherits: {from: acme-session}}
  acme-launch:
    title: a launch of Acme
    for_each: acme.launches
    inherits:
      first:
        - {from: acme-shell, when: {each.shell: true}}
        - {from: acme-session}
"""


@pytest.fixture
def launches(graph, write):
    """Give a way to draw launches that facts tell of."""
    Path("acme/pack.yaml").write_text(EACH)
    rows = [{"id": "server", "shell": False}, {"id": "a b/c", "shell": True}]
    write(facts_json={"acme": {"launches": rows}})
    return lambda *words: graph(*words, "--facts", "facts.json")


def test_facts_say_which_of_several_ways_was_taken(launches):
    server, other = (launches("--in", f"acme-launch:{one}").out for one in ("server", "a b/c"))

    assert "acme-shell" not in server
    assert "inherits  \N{MULTIPLICATION SIGN} all of Acme's shell  when each.shell" in server
    assert "else      ✓ all of Acme's session" in server
    assert "acme-shell" in other
    assert "acme-launch:a b/c" in other


def test_a_whole_graph_with_facts_names_what_there_is_and_what_is_not(launches):
    out = launches().out

    assert "for each of acme.launches: server, a b/c\n" in out
    assert "for each of docker.stages\n" in out


def test_a_launch_that_is_not_there_is_refused_with_those_that_are(launches):
    assert "did you mean `acme-launch:server`?" in launches("--in", "acme-launch:servr").err
    assert "the contexts of `acme-launch` are" in launches("--in", "acme-launch:x").err
    assert launches("--in", "acme-launch").out.startswith("How a launch of Acme gets its env")


def test_a_picture_may_go_to_a_file(graph):
    ran = graph("--format", "svg", "-o", "graph.svg")

    assert (ran.code, ran.out) == (0, "")
    assert "Acme's session" in "".join(ET.fromstring(Path("graph.svg").read_text()).itertext())


@pytest.mark.parametrize(("name", "start"), [("mermaid", "flowchart"), ("dot", "digraph")])
def test_a_graph_may_be_drawn_by_others(graph, name, start):
    assert graph("--format", name).out.startswith(start)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--in", "acme-shel"), "unknown context `acme-shel`; did you mean `acme-shell`?"),
        (("--format", "png"), "unknown format `png`; the formats are `dot`, `mermaid`, `svg`"),
    ],
)
def test_what_does_not_exist_is_refused(graph, words, said):
    ran = graph(*words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
