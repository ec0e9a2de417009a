from __future__ import annotations

import json

import pytest

from engine.evaluate.lookup import at_pointer
from engine.gather.collectors import COLLECTORS
from engine.gather.host import FILE_LIMIT, Answer
from engine.gather.pack_facts.collectors import pack_collectors
from engine.gather.run import gather
from engine.loading.facts import read_facts
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost, Node, folder, link

SHOP = "/home/dana/shop"
PACKAGE = '{\n  "name": "shop",\n  "engines": {"node": ">=20"}\n}\n'


def at(document, pointer):
    """Give what a rule finds at a pointer."""
    envelope = {key: value for key, value in document.items() if key != "host"}
    return at_pointer(read_facts(json.dumps(envelope).encode(), "facts").root, pointer)


def cause(document, pointer):
    found = at(document, pointer)
    assert isinstance(found, Absent), found
    return (found.cause, found.certain)


def test_a_part_of_a_file_is_told_with_its_line_and_column(gathered):
    document = gathered(
        "{fact: acme.node, file: package.json, format: json, at: engines.node}",
        {f"{SHOP}/package.json": PACKAGE},
    )
    assert document["facts"] == {"acme": {"node": ">=20"}}
    assert document["provenance"]["/acme/node"] == {
        "collector": "pack:acme",
        "from": "package.json",
        "file": f"{SHOP}/package.json",
        "line": 3,
        "column": 23,
    }


@pytest.mark.parametrize(
    ("name", "format_", "content", "line"),
    [
        ("x.json", "json", '{\n"a": {"b": "v"}}', 2),
        ("x.yaml", "yaml", "a:\n  b: v\n", 2),
        ("x.toml", "toml", "[a]\nb = 'v'\n", 2),
        ("x.ini", "ini", "[a]\nb = v\n", 2),
    ],
)
def test_every_structured_format_is_read_alike(gathered, name, format_, content, line):
    document = gathered(
        f"{{fact: acme.x, file: {name}, format: {format_}, at: a.b}}", {f"{SHOP}/{name}": content}
    )
    assert document["facts"]["acme"] == {"x": "v"}
    assert document["provenance"]["/acme/x"]["line"] == line


def test_texts_variables_and_env_files(gathered):
    document = gathered(
        """\
{fact: acme.image, file: /etc/acme-release, format: text, pattern: "^IMAGE=(.*)$"}
{fact: acme.os, file: /etc/os-release, format: env, at: NAME}
{fact: acme.version, file: .nvmrc, format: text}
{fact: acme.region, variable: ACME_REGION}
{fact: acme.zone, variable: ACME_REGION, pattern: '^eu-(?P<side>[a-z]+)-(?P<no>1)(?P<part>b)?$'}
""",
        {
            "/etc/acme-release": "# x\nIMAGE=2026-04 \r\nIMAGE=other\n",
            "/etc/os-release": 'NAME="Acme OS"\n',
            f"{SHOP}/.nvmrc": "\n v20.11.1\n",
        },
        environment={"ACME_REGION": "eu-west-1"},
    )
    assert document["facts"]["acme"] == {
        "image": "2026-04 ",
        "os": "Acme OS",
        "version": "v20.11.1",
        "region": "eu-west-1",
        "zone": {"side": "west", "no": "1"},
    }
    assert cause(document, "/acme/zone/part") == ("missing", True)
    provenance = document["provenance"]
    assert (provenance["/acme/image"]["line"], provenance["/acme/image"]["column"]) == (2, 7)
    assert (provenance["/acme/version"]["line"], provenance["/acme/version"]["column"]) == (2, 2)
    assert provenance["/acme/region"] == {
        "collector": "pack:acme",
        "from": "environment variable ACME_REGION",
    }


def test_what_is_certainly_not_there_can_be_asked_for(gathered):
    document = gathered(
        """\
{fact: acme.file, file: gone.json, format: json}
{fact: acme.key, file: package.json, format: json, at: packageManager}
{fact: acme.deep.element, file: package.json, format: json, at: "list[3]"}
{fact: acme.line, file: /etc/acme-release, format: text, pattern: "^NO=(.*)$"}
{fact: acme.variable, variable: ACME_REGION}
""",
        {f"{SHOP}/package.json": '{"list": []}', "/etc/acme-release": "A=1\n"},
    )
    for fact in ("file", "key", "deep/element", "line", "variable"):
        assert cause(document, f"/acme/{fact}") == ("missing", True)
    # It is worth telling where nothing was found.
    assert document["provenance"]["/acme/key"]["file"] == f"{SHOP}/package.json"


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (link("/etc/passwd"), "not_collected"),
        (link("package.real.json"), "not_collected"),
        (Node("fifo"), "unsupported"),
        (Node(content=b'"' + b"x" * FILE_LIMIT + b'"'), "too_large"),
        (Node(content=b"{}", mode=0), "permission"),
        (b"{", "parse_error"),
        (b"\xff", "parse_error"),
        (b"[]", "wrong_type"),
        (b"null", "wrong_type"),
    ],
)
def test_what_cannot_be_read_is_unknown_and_never_missing(gathered, node, reason):
    files = {f"{SHOP}/package.json": node, "/etc/passwd": b"{}", f"{SHOP}/package.real.json": b"{}"}
    document = gathered("{fact: acme.x, file: package.json, format: json, at: y}", files)
    assert cause(document, "/acme/x") == (reason, False)
    assert document["absent"]["/acme"]["detail"].count(f"{SHOP}/package.json") == 1


def test_a_folder_that_is_a_link_leads_nowhere(gathered):
    document = gathered(
        "{fact: acme.x, file: deep/x.json, format: json}",
        {f"{SHOP}/deep": link("/etc"), "/etc/x.json": "1"},
    )
    assert cause(document, "/acme/x")[0] == "not_collected"


def test_one_fact_that_breaks_costs_no_other(gathered):
    document = gathered(
        """\
{fact: acme.bad, file: bad.json, format: json}
{fact: acme.good, file: good.json, format: json}
""",
        {f"{SHOP}/bad.json": '{\n "a": s3cr3t}', f"{SHOP}/good.json": "1"},
    )
    assert document["facts"]["acme"] == {"good": 1}
    assert document["absent"]["/acme/bad"] == {
        "reason": "parse_error",
        "detail": f"{SHOP}/bad.json:2:7: a value should stand here",
    }


def test_the_nearest_file_counts_up_to_the_top_of_the_work_tree(plans_of, redaction):

    plans = plans_of("gather: [{fact: acme.x, file: x.json, format: json}]\n")

    def found(files, directory):
        host = FakeHost({f"{SHOP}/.git": folder(), f"{SHOP}/a/b": folder(), **files})
        document = gather(
            host, subject="repository", directory=directory, redaction=redaction,
            collectors=pack_collectors(plans),
        )  # fmt: skip
        return document["facts"]["acme"].get("x")

    outside, top, near = (
        {"/home/dana/x.json": "0"},
        {f"{SHOP}/x.json": "1"},
        {f"{SHOP}/a/x.json": "2"},
    )
    assert found(outside | top | near, f"{SHOP}/a/b") == 2
    assert found(outside | top | {f"{SHOP}/a/x.json": folder()}, f"{SHOP}/a/b") == 1
    assert found(outside, f"{SHOP}/a/b") is None


def test_for_a_repository_nothing_of_the_machine_is_read(gathered):
    document = gathered(
        """\
{fact: acme.machine, file: /etc/x.json, format: json}
{fact: acme.home, file: ~/x.json, format: json}
{fact: acme.variable, variable: X}
{fact: acme.command, command: [x], format: text}
{fact: acme.own, file: x.json, format: json}
""",
        {"/etc/x.json": "1", "/home/dana/x.json": "2", f"{SHOP}/x.json": "3", "/usr/bin/x": b""},
        environment={"X": "4"},
        subject="repository",
        trusted="all",
    )
    assert document["facts"]["acme"] == {"own": 3}
    for name in ("machine", "home", "variable", "command"):
        assert document["absent"][f"/acme/{name}"]["reason"] == "not_collected"
    assert document["host"].runs == []


def test_a_file_of_the_home_is_the_users(gathered):
    document = gathered(
        "{fact: acme.x, file: ~/.acme/x.json, format: json}", {"/home/dana/.acme/x.json": "2"}
    )
    assert document["facts"]["acme"] == {"x": 2}


def test_declared_facts_that_nobody_reads_are_unknown_not_missing(gathered):
    inner = "{properties: {y: {}, z: {}}}"
    facts = f"facts: {{acme: {{properties: {{x: {{}}, contact: {{}}, in: {inner}}}}}}}\n"
    document = gathered(
        """\
{fact: acme.x, file: x.json, format: json}
{fact: acme.in.y, file: x.json, format: json}
""",
        {f"{SHOP}/x.json": "1"},
        facts=facts,
    )
    assert cause(document, "/acme/contact") == ("not_collected", False)
    assert cause(document, "/acme/in/z") == ("not_collected", False)


@pytest.mark.parametrize(
    "schema", ["{type: object}", "{properties: {x: {}}, additionalProperties: true}"]
)
def test_around_a_fact_of_an_open_schema_nothing_is_known_to_be_missing(gathered, schema):
    document = gathered(
        "{fact: acme.x, file: x.json, format: json}",
        {f"{SHOP}/x.json": "1"},
        facts=f"facts: {{acme: {schema}}}\n",
    )
    assert at(document, "/acme/x") == 1
    assert cause(document, "/acme/other") == ("not_collected", False)


def test_a_collector_of_a_pack_is_chosen_and_left_out_like_any_other(plans_of, redaction):

    table = pack_collectors(plans_of("gather: [{fact: acme.x, variable: X}]\n"))
    table |= {"env": COLLECTORS["env"]}
    options = {"subject": "workstation", "directory": "/", "redaction": redaction}
    host = FakeHost(environment={"X": "1"})
    kept = gather(host, only=("pack:acme",), collectors=table, **options)
    left = gather(host, skip=("pack:acme",), collectors=table, **options)
    assert kept["facts"] == {"acme": {"x": "1"}}
    assert left["absent"]["/acme"]["detail"] == "it was left out of this run"
    assert "acme.x" in table["pack:acme"].summary


# Commands.

UNAME = "{fact: acme.build, command: [acme-tool, --json], format: json, at: build, timeout: 3}"


def tool(output=b'{"build": 7}', code=0, seen=None):
    def run(argv, environment):

        if seen is not None:
            seen.append((argv, dict(environment)))
        return Answer(code, output, b"s3cr3t")

    return {"/usr/bin/acme-tool": run}


AT = {"/usr/bin/acme-tool": Node(content=b"x")}


def test_a_command_of_a_pack_that_nobody_trusts_is_not_run(gathered):
    document = gathered(UNAME, AT, programs=tool())
    assert document["host"].runs == []
    assert document["absent"]["/acme"]["reason"] == "opaque"
    assert "`engine trust /" in document["absent"]["/acme"]["detail"]


def test_trust_lapses_when_the_pack_changes(gathered, tmp_path):
    document = gathered(UNAME, AT, programs=tool(), trusted={str(tmp_path / "acme"): "old"})
    assert document["host"].runs == []
    assert "has changed since it was trusted" in document["absent"]["/acme"]["detail"]


def test_a_trusted_command_runs_in_as_little_as_it_needs(gathered):
    seen = []
    document = gathered(
        UNAME, AT, programs=tool(seen=seen), trusted="all",
        environment={"PATH": "/home/dana/shop/bin", "SECRET": "x", "LD_PRELOAD": "/x"},
    )  # fmt: skip
    assert document["facts"]["acme"] == {"build": 7}
    assert document["provenance"]["/acme/build"] == {
        "collector": "pack:acme",
        "from": "/usr/bin/acme-tool --json",
    }
    ((argv, environment),) = seen
    assert argv == ("/usr/bin/acme-tool", "--json")
    assert environment == {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": "/home/dana",
        "LANG": "C",
        "LC_ALL": "C",
    }


def test_what_a_command_does_not_say_is_unknown(gathered):
    failed = gathered(UNAME, AT, programs=tool(code=3), trusted="all")
    assert failed["absent"]["/acme"] == {
        "reason": "unsupported",
        "detail": "/usr/bin/acme-tool ended with 3",
    }
    missing = gathered(UNAME, programs=tool(), trusted="all")
    assert cause(missing, "/acme/build") == ("unsupported", False)
    other = gathered(UNAME, AT, programs=tool(output=b"{}"), trusted="all")
    assert cause(other, "/acme/build") == ("missing", True)


def test_each_fact_says_why_it_is_not_known_even_where_none_is(gathered):
    document = gathered(
        """\
{fact: acme.bad, file: bad.json, format: json}
{fact: acme.command, command: [x], format: text}
""",
        {f"{SHOP}/bad.json": "{"},
        facts="facts: {acme: {properties: {bad: {}, command: {}, contact: {}}}}\n",
    )
    assert cause(document, "/acme/bad") == ("parse_error", False)
    assert cause(document, "/acme/command") == ("opaque", False)
    assert cause(document, "/acme/contact") == ("not_collected", False)
    assert cause(document, "/acme/other") == ("missing", False)
