"""Processes for each of a list, those that may not be there, and those of several origins."""

from __future__ import annotations

import pytest

from engine.evaluate.holds import holds
from engine.model.facts import Absent, PartialList
from engine.precedence.resolve import resolve
from tests.precedence.machine import HOME, Machine, value
from tests.precedence.small_graph import graph

GRAPH = """
sources:
  image-env: {assignments: each.image_env}
  service-env: {assignments: each.env}
processes:
  image: {title: i, for_each: shop.services, inherits: {nothing: true}, reads: [image-env]}
  service:
    title: s
    for_each: shop.services
    inherits: {from: image}
    reads:
      - {source: service-env, when: {each.enabled: true}}
"""


def service(name, enabled=True, **env):
    rows = [{"name": key, "how": "set", "value": text} for key, text in env.items()]
    base = [{"name": "BASE", "how": "set", "value": name}]
    return {"id": name, "env": rows, "image_env": base, "enabled": enabled}


def resolved(text, machine, *only):
    program = graph(text)
    return resolve(
        program.plan,
        machine.root,
        holds=holds(program),
        only=only or None,
        answer=machine.answer,
    ).contexts


def test_there_is_one_for_each_element():
    shop = {"services": [service("web", A="1"), service("db", A="2")]}
    found = resolved(GRAPH, Machine({}, shop=shop), "service")
    assert list(found) == ["service:web", "service:db"]
    assert [value(one, "A") for one in found.values()] == ["1", "2"]
    assert [value(one, "BASE") for one in found.values()] == ["web", "db"]
    assert found["service:db"]["of"] == "service"


def test_one_of_them_can_be_asked_for():
    shop = {"services": [service("web", A="1"), service("a:b", A="2")]}
    found = resolved(GRAPH, Machine({}, shop=shop), "service:a:b")
    assert {name: value(one, "A") for name, one in found.items()} == {"service:a:b": "2"}


def test_one_that_is_not_there_is_missing():
    found = resolved(GRAPH, Machine({}, shop={"services": []}), "service:web")
    assert found["service:web"].cause == "missing"


def test_a_list_with_a_hole_says_that_there_may_be_others():
    services = PartialList([service("web")])
    services.more = Absent("parse_error", "compose.yaml: line 3")
    machine = Machine({}, shop={"services": services})
    found = resolved(GRAPH, machine, "service")
    assert list(found) == ["service", "service:web"]
    assert found["service"].cause == "parse_error"
    other = resolved(GRAPH, machine, "service:db")["service:db"]
    assert (other.cause, "line 3" in other.detail) == ("parse_error", True)


@pytest.mark.parametrize(
    ("services", "cause"),
    [
        (Absent("permission", "not yours"), "permission"),
        ("text", "wrong_type"),
        ([7], "wrong_type"),
        ([{"name": "web"}], "wrong_type"),
    ],
)
def test_a_list_that_is_not_known_leaves_open_which_there_are(services, cause):
    found = resolved(GRAPH, Machine({}, shop={"services": services}), "service")
    assert {name: one.cause for name, one in found.items()} == {"service": cause}


def test_conditions_see_the_element():
    shop = {"services": [service("web", enabled=False, A="1"), service("db", A="2")]}
    shop["services"].append({"id": "odd", "env": [], "image_env": []})
    found = resolved(GRAPH, Machine({}, shop=shop), "service")
    assert [value(one, "A") for one in found.values()] == [None, "2", None]


WHEN = """
sources: {one: {sets: {A: "1"}}}
processes:
  ide: {title: i, when: {ide.installed: true}, inherits: {nothing: true}, reads: [one]}
"""


@pytest.mark.parametrize(
    ("installed", "contexts"),
    [(True, ["ide"]), (False, []), (Absent("permission", "not yours"), ["ide"])],
)
def test_a_context_that_does_not_apply_is_left_out(installed, contexts):
    assert list(resolved(WHEN, Machine({}, ide={"installed": installed}), "ide")) == contexts


FIRST = """
sources:
  desktop-itself: {sets: {A: desktop, SAME: "1", ONLY: "1"}}
  cli-itself: {sets: {A: cli, SAME: "1"}}
processes:
  desktop: {title: the desktop, template: true, inherits: {nothing: true}, reads: [desktop-itself]}
  cli: {title: a terminal, template: true, inherits: {nothing: true}, reads: [cli-itself]}
  ide:
    title: i
    inherits:
      first:
        - {from: desktop, when: {ide.launch: desktop}}
        - {from: cli, when: {ide.launch: cli}}
        - {nothing: true, when: {ide.launch: nothing}}
"""


@pytest.mark.parametrize(
    ("launch", "found"),
    [
        ("desktop", ["desktop", "1", "1"]),
        ("cli", ["cli", "1", None]),
        ("nothing", [None, None, None]),
        ("otherwise", ["?missing"] * 3),
    ],
)
def test_the_first_way_that_applies_counts(launch, found):
    context = resolved(FIRST, Machine({}, ide={"launch": launch}), "ide")["ide"]
    assert [value(context, name) for name in ("A", "SAME", "ONLY")] == found


def test_ways_that_nobody_can_choose_from_keep_what_they_agree_on():
    text = FIRST.replace("        - {nothing: true, when: {ide.launch: nothing}}\n", "")
    machine = Machine({}, ide={"launch": Absent("not_collected", "no window is open")})
    context = resolved(text, machine, "ide")["ide"]
    found = [value(context, name) for name in ("A", "SAME", "ONLY")]
    assert found == ["?not_collected", "1", "?not_collected"]
    detail = context["env"]["A"]["detail"]
    assert "`desktop` from the desktop; `cli` from a terminal" in detail
    assert "no window is open" in detail
    assert "`1` from the desktop; unset from a terminal" in context["env"]["ONLY"]["detail"]


OF = """
sources:
  image-env: {assignments: each.env}
  run-itself: {sets: {B: "1"}}
processes:
  image: {title: i, for_each: images, inherits: {nothing: true}, reads: [image-env]}
  run:
    title: r
    for_each: runs
    inherits: {from: image, of: {fact: each.image}}
    reads: [run-itself]
"""


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("y", "y"),
        ("another y", "y"),
        ("z", "?missing"),
        (None, "?missing"),
        (7, "?wrong_type"),
        (Absent("opaque", "a variable"), "?opaque"),
    ],
)
def test_one_inherits_from_the_one_that_it_names(image, found):
    images = [
        {"id": name, "env": [{"name": "A", "how": "set", "value": name}]} for name in ("x", "y")
    ]
    images[1]["names"] = ["another y"]
    machine = Machine({}, images=images, runs=[{"id": "1", "image": image}])
    context = resolved(OF, machine, "run")["run:1"]
    # Of an image that nobody knows, what is set on top of it is known all the same.
    assert [value(context, name) for name in ("A", "B")] == [found, "1"]


ADOPTS = """
processes:
  probe:
    title: the probe
    template: true
    like: $SHELL
    inherits: {from: session}
    shell: {login: true}
  ide: {title: i, inherits: {from: session}, adopts: {from: probe, when: {ide.asks: true}}}
"""


@pytest.mark.parametrize(
    ("asks", "found"), [(True, "shell"), (False, None), (Absent("opaque", "?"), "?opaque")]
)
def test_a_launcher_takes_over_only_when_it_asks(asks, found):
    machine = Machine({f"{HOME}/.profile": "export A=shell\n"}, ide={"asks": asks})
    assert value(resolved(ADOPTS, machine, "ide")["ide"], "A") == found


WAYS = """
processes:
  login: {title: l, template: true, like: bash, inherits: {from: session}, shell: {login: true}}
  plain:
    title: p
    template: true
    like: bash
    inherits: {from: session}
    shell: {interactive: true}
  remote:
    title: r
    inherits: {from: session}
    adopts:
      first:
        - {from: login, when: {remote.probe: login}}
        - {from: plain, when: {remote.probe: plain}}
"""


@pytest.mark.parametrize(
    ("probe", "found"),
    [
        ("login", "profile"),
        ("plain", "bashrc"),
        ("none", None),
        (Absent("opaque", "?"), "?opaque"),
    ],
)
def test_of_several_shells_it_asks_the_first_that_applies(probe, found):
    files = {f"{HOME}/.profile": "export A=profile\n", f"{HOME}/.bashrc": "export A=bashrc\n"}
    machine = Machine(files, remote={"probe": probe})
    assert value(resolved(WAYS, machine, "remote")["remote"], "A") == found


SYSTEM = """
processes:
  run:
    title: r
    for_each: runs
    like: bash
    inherits: {from: session}
    shell: {login: true}
    file_system: {fact: each.image}
"""


def test_files_of_an_image_are_not_those_of_the_machine():
    runs = [{"id": "1", "image": "golang:1.22"}]
    machine = Machine({"/etc/profile": "export A=host\n"}, runs=runs)
    context = resolved(SYSTEM, machine, "run")["run:1"]
    assert value(context, "A") == "?not_collected"
    assert "golang:1.22" in context["env"].more.detail


def test_files_of_an_image_that_are_at_hand_are_read():
    inside = Machine({"/etc/profile": "export A=image\n"})
    inside.contexts("bash-login-command")
    systems = {"golang:1.22": {"files": inside.root["files"], "users": {}}}
    runs = [{"id": "1", "image": "golang:1.22"}]
    machine = Machine({"/etc/profile": "export A=host\n"}, runs=runs, file_systems=systems)
    context = resolved(SYSTEM, machine, "run")["run:1"]
    assert value(context, "A") == "image"
    assert context["env"]["A"]["set_by"]["file_system"] == "golang:1.22"


FINDS = """
tracks: {commands: [go]}
processes:
  tools:
    title: t
    inherits: {from: session}
    finds:
      go: [{env: GOBIN}, {join: [{env: GOROOT}, bin]}, {env: PATH}, /usr/local/go/bin]
"""


def test_a_process_may_look_for_a_program_elsewhere_first():
    files = {"/opt/go/bin/go": "", "/usr/bin/go": ""}
    session = {"HOME": HOME, "PATH": "/usr/bin:/bin", "GOROOT": "/opt/go"}
    found = resolved(FINDS, Machine(files, session=session), "tools")["tools"]["commands"]["go"]
    assert (found["path"], [one["path"] for one in found["hides"]]) == (
        "/opt/go/bin/go",
        ["/usr/bin/go"],
    )


def test_a_shell_that_is_not_the_users_own():
    text = """
processes:
  terminal:
    title: t
    like: $SHELL
    inherits: {from: session}
    shell: {path: {fact: ide.shell}, interactive: true}
"""
    files = {f"{HOME}/.bashrc": "export A=bash\n", f"{HOME}/.zshrc": "export A=zsh\n"}
    found = resolved(text, Machine(files, ide={"shell": "/bin/zsh"}), "terminal")["terminal"]
    assert (value(found, "A"), found["shell"]["name"]) == ("zsh", "zsh")


def test_a_value_that_each_way_sets_elsewhere_is_told_of_none_for_certain():
    text = FIRST.replace(
        "desktop-itself: {sets: {A: desktop, SAME:", "desktop-itself: {sets: {A: x, SAME:"
    ).replace("cli-itself: {sets: {A: cli,", "cli-itself: {sets: {A: x,")
    text = text.replace("        - {nothing: true, when: {ide.launch: nothing}}\n", "")
    machine = Machine({}, ide={"launch": Absent("not_collected", "no window is open")})
    entry = resolved(text, machine, "ide")["ide"]["env"]["A"]
    assert (entry["state"], entry["value"]) == ("set", "x")
    assert entry["set_by"] == {}
    assert entry["detail"] == "`x` from the desktop; `x` from a terminal"
    assert [event["op"] for event in entry["chain"]] == ["set"]


def test_what_one_way_alone_would_hide_is_not_told_for_certain():
    text = FIRST.replace("        - {nothing: true, when: {ide.launch: nothing}}\n", "")
    text += "    reads: [later]\n"
    text = text.replace("sources:\n", "sources:\n  later: {sets: {A: last}}\n", 1)
    machine = Machine({}, ide={"launch": Absent("not_collected", "no window is open")})
    entry = resolved(text, machine, "ide")["ide"]["env"]["A"]
    assert (entry["value"], entry["shadowed"]) == ("last", [])


def test_of_two_of_one_name_none_is_taken():
    shop = {"services": [service("web", A="1"), service("web", A="2")]}
    found = resolved(GRAPH, Machine({}, shop=shop), "service:web")
    assert found["service:web"].cause == "ambiguous"


def test_an_id_counts_before_what_another_one_is_called_as_well():
    services = [service("web", A="1") | {"names": ["db"]}, service("db", A="2")]
    found = resolved(GRAPH, Machine({}, shop={"services": services}), "service:db")
    assert value(found["service:db"], "A") == "2"
