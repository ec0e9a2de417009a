from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import LoadError
from engine.loading.packs import load_packs
from engine.model.conditions import Use
from engine.model.place import Place
from engine.model.rules import GatherEntry
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.model.rules import Pack

    Write = Callable[[Mapping[str, str]], None]

PACK = """\
pack: acme-go
version: 2.1.0
title: How Acme builds Go
extends: [base, ./more.yaml]
requires: {engine: ">=1, <2"}
params:
  proxies:
    about: Module proxies that builds may use
    schema: {type: array, items: {type: string}, minItems: 1}
    default: ["https://proxy.acme.example"]
  nothing: {default: null}
  open: {}
define:
  managed-go: {go.command.managed_by: {in: [asdf, mise, goenv]}}
facts:
  acme: {type: object, properties: {laptop_image: {type: string}}}
gather:
  - {fact: acme.laptop_image, file: /etc/acme-release, format: text, pattern: "^IMAGE=(.*)$"}
  - {fact: acme.tools, file: tools.lock.yaml, format: yaml, at: tools}
  - {fact: acme.region, variable: ACME_REGION}
  - {fact: acme.build, command: [acme, --version], format: text}
overrides:
  - rule: base.a
    params: {proxies: []}
    severity: critical
    because: the auditors asked for it
  - {rule: base.b, disabled: true, because: nobody uses it}
"""


def load(*requests: str) -> tuple[Pack, ...]:
    return load_packs(requests, Path("bundled"), OPERATORS)


def a_rule(name: str) -> str:
    return f"id: {name}\nrequire: {{a: 1}}\n"


def test_a_pack_holds_what_its_files_say(write: Write) -> None:
    write(
        {
            "bundled/base/pack.yaml": "pack: base\n",
            "bundled/base/a.yaml": a_rule("base.a"),
            "acme/pack.yaml": PACK,
            "acme/more.yaml": a_rule("more"),
        }
    )

    with pytest.raises(LoadError, match="`more` is taken"):
        load("acme")
    Path("acme/more.yaml").rename("more.yaml")
    Path("acme/pack.yaml").write_text(PACK.replace("./more", "../more"))
    (pack,) = load("acme")

    assert (pack.name, pack.version, pack.title) == ("acme-go", "2.1.0", "How Acme builds Go")
    assert [base.name for base in pack.extends] == ["base", "more"]
    assert [(p.name, p.has_default, p.default) for p in pack.params] == [
        ("proxies", True, ["https://proxy.acme.example"]),
        ("nothing", True, None),
        ("open", False, None),
    ]
    assert pack.params[0].schema == {"type": "array", "items": {"type": "string"}, "minItems": 1}
    assert [name for name, _ in pack.define] == ["managed-go"]
    assert pack.facts == {
        "acme": {"type": "object", "properties": {"laptop_image": {"type": "string"}}}
    }
    assert pack.gather[1] == GatherEntry(
        fact=("acme", "tools"),
        place=Place("acme/pack.yaml", 19, 12),
        file="tools.lock.yaml",
        format="yaml",
        at=("tools",),
    )
    assert (pack.gather[3].command, pack.gather[3].timeout) == (("acme", "--version"), 10)
    first, second = pack.overrides
    assert (first.rule, first.severity, first.params, first.disabled) == (
        "base.a",
        "critical",
        {"proxies": []},
        None,
    )
    assert (second.rule, second.severity, second.params, second.disabled) == (
        "base.b",
        None,
        None,
        True,
    )


def test_the_rules_of_a_pack_come_in_the_order_of_its_files(write: Write) -> None:
    write(
        {
            "p/pack.yaml": "pack: p\n",
            "p/b.yaml": "rules:\n  - {id: b2, require: {a: 1}}\n  - {id: b1, require: {a: 1}}\n",
            "p/a/z.yml": a_rule("z"),
            "p/c.yaml": a_rule("c"),
        }
    )

    (pack,) = load("p")

    assert [rule.id for rule in pack.rules] == ["z", "b2", "b1", "c"]
    assert [str(rule.place) for rule in pack.rules] == [
        "p/a/z.yml:1:1",
        "p/b.yaml:2:6",
        "p/b.yaml:3:6",
        "p/c.yaml:1:1",
    ]
    assert pack.files == tuple(
        str(Path(name).absolute()) for name in ("p/a/z.yml", "p/b.yaml", "p/c.yaml", "p/pack.yaml")
    )


def test_a_lone_rule_file_is_a_pack(write: Write) -> None:
    write(
        {
            "my-rule.yaml": "id: x\nrequire: {use: d}\ndefine: {d: {a: {in: {param: p}}}}\n"
            "params: {p: {default: [1]}}\nfacts: {a: {type: integer}}\n"
        }
    )

    (pack,) = load("my-rule.yaml")

    assert (pack.name, pack.files) == ("my-rule", (str(Path("my-rule.yaml").absolute()),))
    assert isinstance(pack.rules[0].require, Use)
    assert [name for name, _ in pack.define] == ["d"]
    assert pack.params[0].default == [1]
    assert pack.facts == {"a": {"type": "integer"}}


def test_a_lone_file_may_hold_several_rules(write: Write) -> None:
    write(
        {
            "all.yaml": "params: {p: {}}\n"
            "rules:\n- {id: x, require: {a: 1}}\n- {id: y, require: {a: 1}}\n"
        }
    )

    (pack,) = load("all.yaml")

    assert [rule.id for rule in pack.rules] == ["x", "y"]


def test_a_shared_base_is_loaded_once(write: Write) -> None:
    write(
        {
            "base/pack.yaml": "pack: base\n",
            "base/r.yaml": a_rule("r"),
            "left/pack.yaml": "pack: left\nextends: [../base]\n",
            "right/pack.yaml": "pack: right\nextends: [../left/../base, ../left]\n",
        }
    )

    left, right, base = load("./left", "right/pack.yaml", "base")

    assert left.extends[0] is base
    assert right.extends[0] is base
    assert right.extends[1] is left


def test_a_pack_that_is_asked_for_twice_is_given_once(write: Write) -> None:
    write({"p/pack.yaml": "pack: p\n"})

    assert len(load("p", "./p", "p/", "p/pack.yaml")) == 1


def test_a_bare_name_means_the_bundled_pack_even_beside_a_folder_of_that_name(write: Write) -> None:
    write(
        {
            "bundled/go/pack.yaml": "pack: go\ntitle: bundled\n",
            "go/pack.yaml": "pack: go\ntitle: ours\n",
            "p/pack.yaml": "pack: p\nextends: [go]\n",
            "p/go/rule.yaml": a_rule("x"),
        }
    )

    assert [pack.title for pack in load("go", "./go")] == ["bundled", "ours"]
    assert load("p")[0].extends[0].title == "bundled"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("goo", "there is no pack `goo`; did you mean `go`?"),
        ("python", "there is no pack `python`; bundled are `go`; a path starts with `./`"),
        ("./x.yaml", "there is no file or folder `./x.yaml`"),
        ("", "there is no pack ``; bundled are `go`; a path starts with `./`"),
    ],
)
def test_a_pack_that_is_not_there_is_told(write: Write, request_: str, said: str) -> None:
    write({"bundled/go/pack.yaml": "pack: go\n"})

    with pytest.raises(LoadError) as caught:
        load(request_)

    assert str(caught.value) == said


def test_every_mistake_in_every_pack_is_told_once(write: Write) -> None:
    write(
        {
            "base/pack.yaml": "pack: base\nx: 1\n",
            "a/pack.yaml": "pack: a\nextends: [../base]\ny: 1\n",
            "b/pack.yaml": "pack: b\nextends: [../base]\n",
            "b/r.yaml": "id: r\nrequire: {a: {equal: 1}}\n",
        }
    )

    with pytest.raises(LoadError) as caught:
        load("a", "b", "nowhere.yaml")

    assert [str(complaint.place) for complaint in caught.value.complaints] == [
        "None",
        "a/pack.yaml:3:1",
        "b/r.yaml:2:15",
        "base/pack.yaml:2:1",
    ]


def test_every_bundled_pack_loads(bundled: Path) -> None:
    names = sorted(file.parent.name for file in bundled.glob("*/pack.yaml"))

    packs = load_packs(names, bundled, OPERATORS)

    assert [pack.name for pack in packs] == names


def test_listing_the_files_of_a_pack_imports_nothing_heavy() -> None:
    heavy = "{'ruamel.yaml', 'pydantic', 'dataclasses', 'typing', 'enum', 'pathlib', 'inspect'}"
    code = f"import sys; import engine.loading.files; print(sorted({heavy} & sys.modules.keys()))"

    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.strip() == "[]"
