"""Whatever can be a fact says what it is: type, meaning, example, and unit if it is a quantity."""

from __future__ import annotations

import re

import jsonschema
import pytest

from engine.compile.lint_facts import why_unreadable
from engine.compile.schema import COLLECTOR, FORMS, UNIT
from engine.gather.collector import collector
from engine.gather.collectors import COLLECTORS
from engine.gather.declare import flag, group, listing, number, open_list, table, text
from engine.gather.schema import compose, facts_schema

SCHEMA = facts_schema()
TOP = SCHEMA["properties"]["facts"]["properties"]
AROUND = {
    "schema": SCHEMA["properties"]["schema"],
    "subject": SCHEMA["properties"]["subject"],
    **SCHEMA["$defs"],
}
# Last words of numbers that tell things apart, or say where something stands: they count nothing.
NO_QUANTITIES = {"line", "column", "position", "uid", "gid", "pid", "ppid", "port", "user"}


def faults(path, schema):
    """Name everything that a schema leaves out, each with what its author should write."""
    children = [
        *((f"{path}.{name}", child) for name, child in schema.get("properties", {}).items()),
        *((path + "[]", schema[word]) for word in ("items",) if word in schema),
        *((path + ".*", schema[word]) for word in ("additionalProperties",) if schema.get(word)),
    ]
    yield from faults_of_meaning(path, schema)
    for where, child in children:
        if "$ref" not in child:  # what is shared is held to all this where it is defined
            yield from faults(where, child)
    if not children:
        yield from faults_of_leaf(path, schema)


def faults_of_meaning(path, schema):
    about = schema.get("description", "")
    is_shared = "properties" in schema and COLLECTOR not in schema and "." not in path
    if not about and is_shared:
        yield f"{path} has no meaning; give one of its collectors `groups={{'{path}': '...'}}`"
    elif not about:
        yield f"{path} has no meaning; begin its declaration with it: `text('The folder', ...)`"
    elif (about[0].islower() and not about.startswith(path)) or about.endswith("."):
        yield f"{path} means '{about}'; write it with a capital letter and without a full stop"


def faults_of_leaf(path, schema):
    types = schema.get("type")
    if types is None:
        yield f"{path} has no type; declare it with the words of engine/gather/declare.py"
        return
    if types == "object":
        yield f"{path} is a mapping of nobody knows what; declare it as a `group` or a `table`"
        return
    if schema.get("format", "path") not in FORMS:
        yield f"{path} has the format '{schema['format']}'; the formats are {', '.join(FORMS)}"
    if not schema.get("examples"):
        yield f"{path} has no example; add one behind its meaning: `text('The folder', '/usr/bin')`"
    for example in schema.get("examples", ()):
        errors = [
            error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(example)
        ]
        errors += filter(None, [why_unreadable(example, schema)])
        yield from (f"{path} has the example {example!r}, which is none: {why}" for why in errors)
    name = re.split(r"[._]", re.sub(r"\[\]|\.\*", "", path))[-1]
    if types in ("integer", "number") and not schema.get(UNIT) and name not in NO_QUANTITIES:
        yield (
            f"{path} is a number without a unit; say what it counts, `number(..., unit='bytes')`, "
            f"or add '{name}' to NO_QUANTITIES in tests/contracts/test_facts.py if it counts none"
        )


@pytest.mark.parametrize("name", TOP)
def test_every_fact_says_what_it_is(name):
    assert list(faults(name, TOP[name])) == []


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_the_facts_says_what_it_is(name):
    assert list(faults(name, AROUND[name])) == []


@pytest.mark.parametrize("name", COLLECTORS)
def test_every_collector_says_what_it_collects(name):
    found = COLLECTORS[name]

    assert found.summary.endswith("."), f"begin the docstring of `{name}` with one sentence"
    assert found.subjects
    assert set(found.subjects) <= {"workstation", "repository"}


FORGOTTEN = {
    "an example of a text": (text("The folder"), "acme.x has no example; add one"),
    "an example of a number": (number("Its size", unit="bytes"), "acme.x has no example"),
    "an example of an open list": (open_list("A statement"), "acme.x has no example"),
    "an example of an element": (listing("Names", text("One name")), "acme.x[] has no example"),
    "an example of a value": (table("Names", text("One name")), "acme.x.* has no example"),
    "an example of a part": (group("One", name=text("Its name")), "acme.x.name has no example"),
    "a readable example": (
        text("Its version", "new", form="go-version"),
        "is none: it is not a version",
    ),
    "an example of the type": (text("Its version", 1), "which is none: 1 is not of type"),
    "the meaning": (text("", "x"), "acme.x has no meaning; begin its declaration"),
    "a capital letter": (flag("whether it is there"), "acme.x means 'whether it is there'; write"),
    "that it is no sentence": (flag("It is there."), "without a full stop"),
    "the unit": (number("How large it is", 12), "acme.x is a number without a unit; say"),
    "the formats": (text("The address", "x", form="url"), "has the format 'url'; the formats are"),
    "the type": ({"description": "Something"}, "acme.x has no type"),
    "what is in it": ({"type": "object", "description": "Some"}, "declare it as a `group`"),
}


@pytest.mark.parametrize(("declared", "said"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_what_an_author_forgot_is_named_with_what_to_write(declared, said):
    forgetful = collector(
        "acme", subjects=("workstation",), facts={"acme.x": declared}, groups={"acme": "Our things"}
    )(lambda _: [])
    schema = compose({"acme": forgetful})["properties"]["acme"]

    assert [said in fault for fault in faults("acme", schema)] == [True]


def test_a_tool_that_is_written_in_lower_case_may_begin_a_meaning():
    assert (
        list(faults("direnv", group("direnv, as it is set up", on=flag("Whether it is on")))) == []
    )


def test_a_mapping_that_collectors_share_wants_a_meaning_of_one_of_them():
    silent = collector("acme", subjects=(), facts={"acme.x": flag("Whether it is there")})
    schema = compose({"acme": silent(lambda _: [])})["properties"]["acme"]

    assert list(faults("acme", schema)) == [
        "acme has no meaning; give one of its collectors `groups={'acme': '...'}`"
    ]
