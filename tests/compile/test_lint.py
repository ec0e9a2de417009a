"""What lint says of packs: each kind of complaint, and nothing where nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.compile.build import facts_schema
from engine.compile.lint import lint
from engine.loading.packs import load_packs
from engine.operators import OPERATORS
from engine.resources import bundled, bundled_packs

if TYPE_CHECKING:
    from tests.compile.written import Written

SCHEMA = {
    "properties": {
        "go": {
            "type": "object",
            "properties": {
                "version": {"type": "string", "format": "go-version"},
                "root": {"type": "string", "format": "path"},
                "mode": {"enum": ["on", "off", "auto"]},
                "flags": {"type": "array", "items": {"type": "string"}},
                "count": {"type": "integer"},
                "cgo": {"type": ["boolean", "null"]},
                "extra": {"type": "object"},
            },
        },
        "tools": {
            "type": "array",
            "items": {"properties": {"name": {"type": "string"}, "ok": {"type": "boolean"}}},
        },
        "named": {"additionalProperties": {"properties": {"at": {"type": "string"}}}},
    }
}
EXAMPLES = "examples: [{name: a, facts: {}, expect: unknown}]"


def found(written: Written, *paths: str) -> list[str]:
    """Give what lint says of some packs, without the folder."""
    complaints = lint(written.load(*paths), SCHEMA)
    return [str(one).replace(f"{written.folder}/", "") for one in complaints]


def of_rule(written: Written, rule: str, pack: str = "") -> list[str]:
    """Give what lint says of a rule that has examples, without its place."""
    path = written.pack("p", pack, r=f"{rule}\n{EXAMPLES}")
    return [text.partition(": ")[2] for text in found(written, path)]


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("{tool.version: a}", "unknown fact `tool.version`; did you mean `tools`?"),
        ("{zzz: a}", "unknown fact `zzz`; there are `go`, `named`, `tools`"),
        (
            "{go.versio: a}",
            "unknown fact `go.versio`: there is no `versio` in it; did you mean `version`?",
        ),
        (
            "{go.version.major: a}",
            "unknown fact `go.version.major`: there is no `major` in it",
        ),
        (
            "{'tools[0].nam': a}",
            "unknown fact `tools[0].nam`: there is no `nam` in it; did you mean `name`?",
        ),
        (
            "{named.any.place: a}",
            "unknown fact `named.any.place`: there is no `place` in it; there is `at`",
        ),
        (
            "{go.count: {starts_with: a}}",
            "`starts_with` takes a text, but `go.count` is a number",
        ),
        (
            "{go.root: {starts_with: /usr}}",
            (
                "`starts_with` compares `go.root` as text, but it is a path; "
                "use `inside`, which knows where names end"
            ),
        ),
        (
            "{'tools[0].name': {at_least: '1.2'}}",
            (
                "`tools[0].name` is a text without a scheme of versions, so `at_least` is always "
                "unknown; write `version: {at_least: ..., scheme: semver}`"
            ),
        ),
        (
            "{go.version: {at_least: 1.22}}",
            (
                "`go.version` is a text and `1.22` a number, so `at_least` is always unknown; "
                "write a version in quotes, as in `'1.20'`"
            ),
        ),
        ("{go.mode: {in: [on, 1]}}", "`go.mode` is never `1`; there are `on`, `off`, `auto`"),
        ("{go.count: '1'}", '`go.count` is a number and never equals `"1"`'),
        ("{go.cgo: 'no'}", '`go.cgo` is true or false or null and never equals `"no"`'),
        ("{go.mode: onn}", '`go.mode` is never `"onn"`; did you mean `on`?'),
        ("{go.mode: {in: [on, zzz]}}", '`go.mode` is never `"zzz"`; there are `on`, `off`, `auto`'),
        (
            "{any: [{go.mode: on}, {go.count: 1}, {go.mode: on}]}",
            "this branch stands here twice; remove one of them",
        ),
        (
            "{all: [{go.mode: on}, {go.mode: off}]}",
            'no value equals both `"on"` and `"off"`, so this never holds',
        ),
    ],
)
def test_what_can_never_be_meant_is_said(written: Written, condition: str, complaint: str):
    assert of_rule(written, f"require: {condition}") == [complaint]


@pytest.mark.parametrize(
    "condition",
    [
        "{go.version: {at_least: '1.22'}}",
        "{go.version: {version: '>=1.22'}}",
        "{'tools[0].name': {version: {at_least: 1.2.3, scheme: semver}}}",
        "{go.root: {inside: /usr}}",
        "{go.root: {matches: ^/usr}}",
        "{go.mode: {in: [on, off]}}",
        "{go.mode: {not: auto}}",
        "{go.cgo: true}",
        "{go.cgo: null}",
        "{go.count: 1}",
        "{go.count: 1.0}",
        "{go.extra.anything.at.all: 1}",
        "{go.flags: {contains: a}}",
        "{go.flags: {length: {at_least: 1}}}",
        "{every: go.flags, as: f, satisfies: {f: {starts_with: a}}}",
        "{every: tools, as: t, satisfies: {t.ok: true, t.$key: {at_least: 0}}}",
        "{every: named, as: n, satisfies: {n.$key: {starts_with: a}, n.at: b}}",
        "{count: {of: tools, as: t, where: {t.ok: true}, is: {at_most: 1}}}",
        "{same: [go.mode, go.version]}",
        "{all: [{go.count: 1}, {go.count: 1.0}]}",
        "{any: [{all: [{go.mode: on}, {go.count: 1}]}, {all: [{go.mode: on}, {go.count: 2}]}]}",
    ],
)
def test_what_is_right_is_left_alone(written: Written, condition: str):
    assert of_rule(written, f"require: {condition}") == []


def test_elements_are_looked_at_by_what_is_declared_of_them(written: Written):
    rule = "for_each: tools\nas: t\nwhere: {t.nam: a}\nrequire: {t.ok: 'yes'}"
    assert of_rule(written, rule) == [
        "unknown fact `t.nam`: there is no `nam` in it; did you mean `name`?",
        '`t.ok` is true or false and never equals `"yes"`',
    ]


def test_facts_in_operands_and_messages_are_looked_at_too(written: Written):
    rule = "require: {go.mode: {equals: {fact: go.mod}}}\nmessage: '{go.vers}'"
    assert of_rule(written, rule) == [
        "unknown fact `go.mod`: there is no `mod` in it; did you mean `mode`?",
        "unknown fact `go.vers`: there is no `vers` in it; did you mean `version`?",
    ]


def test_facts_that_a_pack_declares_are_known(written: Written):
    pack = "facts: {acme: {type: object, properties: {image: {type: string}}}}"
    assert of_rule(written, "require: {acme.image: a}", pack) == []


def test_complaints_stand_at_their_places(written: Written):
    rule = f"{EXAMPLES}\nrequire:\n  all:\n    - go.mode: on\n    - go.versio: a"
    (complaint,) = found(written, written.pack("p", r=rule))
    assert complaint.startswith("p/r.yaml:5:7: unknown fact `go.versio`")


def test_a_rule_without_examples_is_named(written: Written):
    assert found(written, written.pack("p", r="require: {go.mode: on}")) == [
        "p/r.yaml:2:1: the rule `r` has no examples; give it one that passes and one that fails"
    ]


def test_parameters_and_definitions_that_nothing_uses_are_named(written: Written):
    pack = """\
    params: {used: {about: x, default: 1}, told: {about: x, default: 1}, idle: {about: x}}
    define:
      used: {go.mode: on}
      idle: {go.mode: off}
    """
    rule = "require: {all: [{use: used}, {go.count: {equals: {param: used}}}]}\n"
    rule += 'message: "{param:told}"'
    assert of_rule(written, rule, pack) == [
        "nothing uses the parameter `idle`; remove it",
        "nothing uses the definition `idle`; remove it",
    ]


def test_a_definition_is_looked_at_where_it_stands(written: Written):
    path = written.pack("p", "define: {d: {go.mod: on}}", r=f"require: {{use: d}}\n{EXAMPLES}")
    (complaint,) = found(written, path)
    assert complaint.startswith("p/pack.yaml:2:14: unknown fact `go.mod`")


def test_only_the_packs_that_were_asked_for_are_complained_about(written: Written):
    written.pack("base", "params: {idle: {about: x}}", b="require: {go.mod: on}")
    top = written.pack("top", "extends: [../base]", t=f"require: {{go.mode: on}}\n{EXAMPLES}")
    assert found(written, top) == []


def test_a_parameter_that_a_rule_of_the_base_uses_is_used(written: Written):
    rule = f"require: {{go.count: {{equals: {{param: p}}}}}}\n{EXAMPLES}"
    written.pack("base", "params: {p: {about: x, default: 1}}", b=rule)
    top = written.pack("top", "extends: [../base]\nparams: {p: {about: ours, default: 2}}")
    assert found(written, top) == []


def test_the_bundled_packs_have_nothing_to_mend():
    packs = load_packs(bundled_packs(), bundled("rules"), OPERATORS)
    schema = facts_schema(bundled("schemas") / "facts.schema.json")
    assert [str(one) for one in lint(packs, schema)] == []


def test_a_literal_that_the_declared_form_does_not_take_is_told(written: Written):
    (complaint,) = of_rule(written, "require: {go.version: {version: '>1.22 <1.27'}}")
    assert complaint.startswith("`version` expects a range of versions such as `>=1.22, <1.25`")
    (complaint,) = of_rule(written, "require: {go.version: {at_least: 1.x}}")
    assert complaint.startswith("`at_least` expects a number or a version, got the text `1.x`")
