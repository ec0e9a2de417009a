"""Rules about launch contexts: which are resolved, what a document's own count, who set what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.build import Request, build
from engine.evaluate.contexts import ContextProvenance, can_resolve, resolved, with_contexts
from engine.evaluate.run import evaluate, evaluate_many
from engine.model.facts import Absent, Facts, PartialMap
from engine.model.place import Provenance
from tests.evaluate.conftest import document, judged_every_way
from tests.precedence.machine import HOME, Machine, always_there

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.compile.program import Program
    from engine.model.verdicts import Verdict

FILES = {
    "/etc/profile": "export PATH=/usr/bin:/bin\nexport GOFLAGS=-v\n",
    f"{HOME}/.bashrc": "export A=1\n\nexport GOFLAGS=-mod=mod\n",
    f"{HOME}/.profile": ". ~/.bashrc\nexport A=2\n",
}
ONE = """\
require: {contexts.bash-login.env.A.value: '2'}
message: A is {contexts.bash-login.env.A.value}
"""
ALL = """\
for_each: contexts
as: context
where: {context.shell.name: bash}
require: {not: {context.env.GOFLAGS.value: -v}}
message: "{context.title}: {context.env.GOFLAGS.value}"
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    """Compile rules beside the bundled graph."""

    def compiled(*rules: str, pack: str = "") -> Program:
        (tmp_path / "pack.yaml").write_text(f"pack: team\n{pack}")
        for number, rule in enumerate(rules):
            (tmp_path / f"r{number}.yaml").write_text(f"id: r{number}\n{rule}\n")
        return build(Request(rules=(str(tmp_path),)))[0]

    return compiled


def machine(files: dict[str, str] | None = None) -> Facts:
    """Give the facts of a machine of which every file that matters was looked at."""
    made = Machine(FILES if files is None else files)
    made.contexts()
    return Facts(made.root, {}, "workstation", "facts.json")


def verdict(program: Program, facts: Facts) -> Verdict:
    """Give the verdict of the only rule, in every way of judging, contexts resolved or not."""
    report = evaluate(program, facts)
    (swift,) = evaluate_many(program, [facts], worth_generating=0)
    assert report == swift == judged_every_way(program, with_contexts(program, facts))
    (one,) = report.verdicts
    return one


def test_rules_that_name_one_context_resolve_only_that(program: Any) -> None:
    contexts = with_contexts(program(ONE), machine()).root["contexts"]

    assert set(contexts) == {"bash-login"}
    assert contexts.more.cause == "not_collected"
    assert contexts.more.detail == "no rule asks about it"


def test_rules_that_name_several_resolve_these(program: Any) -> None:
    more = "require: {contexts.cron.env.A.state: unset}"

    assert set(with_contexts(program(ONE, more), machine()).root["contexts"]) == {
        "bash-login",
        "cron",
    }


def test_a_rule_about_all_contexts_resolves_all(program: Any) -> None:
    compiled = program(ALL)
    contexts = with_contexts(compiled, machine()).root["contexts"]

    assert set(contexts) == always_there()
    assert contexts.more is None


EACH = "require: {'contexts[\"compose-service:web\"].env.A.value': '1'}"
SERVICES = [
    {"id": "web", "env_files": [], "environment": [{"name": "A", "how": "set", "value": "1"}]}
]


def test_a_rule_may_name_one_of_several(program: Any) -> None:
    facts = machine()
    assert verdict(program(EACH), facts).outcome == "unknown"
    facts.root["compose"] = {"services": SERVICES}
    assert verdict(program(EACH), facts).outcome == "pass"
    # Beside a rule about all contexts as well.
    first, _ = evaluate(program(EACH, ALL), facts).verdicts
    assert first.outcome == "pass"


@pytest.mark.parametrize("name", ["nosuch", "nosuch:web", "bash-login:web"])
def test_a_rule_about_a_context_that_there_is_not_is_unknown(program: Any, name: str) -> None:
    rule = f"require: {{'contexts[\"{name}\"].env.A.value': '2'}}"

    assert verdict(program(rule), machine()).outcome == "unknown"


def test_a_repository_tells_of_what_it_describes(program: Any) -> None:
    # Nobody looked at start-up files, which no step of a pipeline reads anyway.
    facts = Facts({"compose": {"services": SERVICES}}, {}, "repository", "facts.json")
    assert verdict(program(EACH), facts).outcome == "pass"
    contexts = with_contexts(program(ALL), facts).root["contexts"]
    assert contexts.keys() >= {"compose-service:web", "github-step"}
    assert "login-shell" not in contexts
    # How many steps there are, nobody said: of whatever is in one, nothing is known.
    step = contexts["github-step"]
    assert (step["of"], step["title"]) == ("github-step", "a step of a workflow")
    assert step["env"].cause == "missing"


EDITOR = "require: {contexts.vscode-terminal: {exists: false}}"


def test_a_context_that_does_not_apply_is_known_not_to_be_there(program: Any) -> None:
    assert verdict(program(EDITOR), machine()).outcome == "pass"
    facts = machine()
    facts.root["vscode"] = Absent("permission", "not yours")
    assert verdict(program(EDITOR), facts).outcome != "pass"


NAMED = """\
for_each: contexts
as: context
where: {context.$key: bash-login}
require: {context.env.A.value: '2'}
"""


def test_what_is_not_known_of_some_contexts_leaves_rules_about_others_alone(program: Any) -> None:
    facts = machine()
    facts.root["compose"] = Absent("parse_error", "compose.yaml: line 3")
    facts.root["devcontainers"] = [{"id": "api"}]
    assert verdict(program(NAMED), facts).outcome == "pass"
    assert (
        verdict(program(NAMED.replace("bash-login", "compose-service")), facts).outcome == "unknown"
    )


DIFFERS = """\
for_each: comparison.variables
as: variable
where: {variable.$key: A}
require: {variable.state: agrees}
message: "{variable.$key} differs"
"""


def test_a_rule_about_how_contexts_compare(program: Any) -> None:
    assert verdict(program(DIFFERS), machine()).outcome == "fail"
    own = machine()
    own.root["contexts"] = {
        name: {"env": {"A": {"state": "set", "value": "1"}}} for name in ("here", "there")
    }
    assert verdict(program(DIFFERS), own).outcome == "pass"
    assert "comparison" not in with_contexts(program(ONE), machine()).root


def test_rules_about_other_things_resolve_nothing(program: Any) -> None:
    facts = machine()

    assert with_contexts(program("require: {os.kernel: Linux}"), facts) is facts


def test_a_document_s_own_contexts_are_taken_as_given(program: Any) -> None:
    given = {"bash-login": {"env": {"A": {"state": "set", "value": "2"}}}}
    facts = machine()
    facts.root["contexts"] = given

    assert not can_resolve(facts)
    assert with_contexts(program(ONE), facts) is facts
    assert verdict(program(ONE), facts).outcome == "pass"


@pytest.mark.parametrize("facts", [{}, {"files": []}, {"files": None}, {"files": "x"}])
def test_a_document_without_start_up_files_says_nothing_of_contexts(
    program: Any, facts: dict[str, Any]
) -> None:
    (one,) = evaluate(program(ONE), document(facts)).verdicts

    assert one.outcome == "unknown"


def test_files_that_nobody_looked_at_leave_a_verdict_open(program: Any) -> None:
    one = verdict(program(ONE), document({"files": {}, "user": {"home": HOME}}))

    assert one.outcome == "unknown"
    assert one.unknowns[0].cause == "not_collected"


def test_a_verdict_on_one_context(program: Any) -> None:
    assert verdict(program(ONE), machine()).outcome == "pass"
    one = verdict(program(ONE), machine({f"{HOME}/.profile": "export A=3\n"}))
    assert one.outcome == "fail"
    assert one.findings[0].message == "A is 3"


def test_a_verdict_on_all_contexts_names_those_that_fail(program: Any) -> None:
    one = verdict(program(ALL), machine())

    failing = {finding.element for finding in one.findings}
    assert one.outcome == "fail"
    assert failing == {"contexts.su-login", "contexts.sudo-login"}


def test_evidence_points_at_the_file_and_the_line(program: Any) -> None:
    rule = "require: {contexts.bash-login.env.GOFLAGS.value: ''}"
    (finding,) = verdict(program(rule), machine()).findings
    (item,) = finding.evidence

    assert item.provenance == Provenance(
        collector="precedence",
        origin="bash, login shell at the prompt",
        file=f"{HOME}/.bashrc",
        line=3,
    )


def test_evidence_says_whose_file_it_is_in_a_container(program: Any) -> None:
    setter = {"file": "/etc/profile", "line": 2, "file_system": "shop"}
    contexts = {"docker-run:shop": {"env": {"A": {"state": "set", "set_by": setter}}}}

    found = ContextProvenance({}, contexts).get("/contexts/docker-run:shop/env/A/value")

    assert found == {"collector": "precedence", "from": "docker-run:shop", **setter}


@pytest.mark.parametrize(
    ("pointer", "file", "line"),
    [
        ("/contexts/bash-login", None, None),
        ("/contexts/bash-login/env/A", f"{HOME}/.profile", 2),
        ("/contexts/bash-login/env/A/value", f"{HOME}/.profile", 2),
        ("/contexts/bash-login/env/A/shadowed/0", f"{HOME}/.profile", 2),
        ("/contexts/bash-login/path/0", "/etc/profile", 1),
        ("/contexts/bash-login/path/0/dir", "/etc/profile", 1),
        ("/contexts/bash-login/env/HOME/value", None, None),
        ("/contexts/bash-login/path/99/dir", None, None),
        ("/contexts/nothing/env/A", None, None),
    ],
)
def test_provenance_of_a_pointer(
    program: Any, pointer: str, file: str | None, line: int | None
) -> None:
    found = resolved(program(ONE), machine()).provenance_of(pointer)

    told = (found.file, found.line) if found is not None else (None, None)
    assert told == (file, line)


def test_a_document_s_own_provenance_stays(program: Any) -> None:
    facts = machine()
    facts = Facts(facts.root, {"/os/kernel": {"from": "uname"}}, facts.kind, facts.name)

    found = resolved(program(ONE), facts).provenance_of("/os/kernel")

    assert found == Provenance(origin="uname")


def test_a_variable_that_a_pattern_may_set_is_unknown_to_who_names_it(program: Any) -> None:
    rule = "require: {contexts.ssh-command.env.LC_ALL.value: {exists: false}}"
    other = "require: {contexts.ssh-command.env.NOT_OF_SSH.value: {exists: false}}"

    assert verdict(program(rule), machine()).outcome == "unknown"
    assert verdict(program(other), machine()).outcome == "pass"


def test_the_facts_themselves_are_left_as_they_were(program: Any) -> None:
    facts = machine()
    verdict(program(ALL), facts)

    assert "contexts" not in facts.root


def test_a_context_that_cannot_be_told_is_a_hole(program: Any) -> None:
    facts = machine()
    facts.root["user"] = PartialMap({"name": "ada", "home": HOME})
    facts.root["user"]["shell"] = Absent("permission", "nobody may know")
    rule = "require: {contexts.login-shell.env.A.value: '1'}"

    one = verdict(program(rule), facts)

    assert one.outcome == "unknown"
    assert one.unknowns[0].cause == "permission"
