"""The jobs of a GitLab pipeline: their variables, images and scripts, as the files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.ci.github_expressions import known_text
from engine.gather.ci.gitlab_values import INPUT, Expansion, Variable, text_of, variables_of
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Assignment
    from engine.gather.ci.gitlab_files import Configuration

JOBS_LIMIT = 1000
SCRIPTS = ("before_script", "script", "after_script")
_NO_JOBS = frozenset(
    (
        *("default", "include", "stages", "types", "variables", "workflow", "spec", "image"),
        *("services", "cache", "before_script", "after_script"),
    )
)
_DEFAULTS = ("image", "before_script", "after_script")
_BY_RULES = Absent("opaque", "a rule may set it, if it holds")


@record
class Job:
    """One job: the pipeline's variables, its own after them, and its scripts by their keys."""

    name: str
    node: Node
    stage: str | Absent
    image: str | Absent | None
    shared: tuple[Assignment | Absent, ...]
    own: tuple[Assignment | Absent, ...]
    scripts: dict[str, list[str | Absent] | Absent]


def jobs_of(files: Configuration) -> Iterator[Job | Absent]:
    """Give the jobs that run scripts; hidden ones and those that start pipelines are none."""
    yield from files.holes
    for at, (key, written) in enumerate(files.root.entries.items()):
        if at == JOBS_LIMIT:
            yield Absent("too_large", f"there are more than {JOBS_LIMIT} jobs")
            return
        name = str(key)
        if name in _NO_JOBS or name.startswith("."):
            continue
        if INPUT in name:
            yield Absent("opaque", "an input of the pipeline names a job")
            continue
        node = files.job(name)
        if not isinstance(node.value, dict):
            why = node.value.detail if isinstance(node.value, Absent) else "it is no mapping"
            yield Absent("parse_error", f"the job `{name}` cannot be told: {why}")
        elif "trigger" not in node.value:
            yield _job(files, name, written, node)


def _job(files: Configuration, name: str, written: Node, node: Node) -> Job:
    shared, own = _shared(files, node), _own(files, node)
    outer = shared if isinstance(shared, dict) else {}
    inner = own if isinstance(own, dict) else {}
    expansion = Expansion(outer | inner)
    holes = [each for each in (shared, own) if isinstance(each, Absent)] + files.holes
    scripts = {key: _sure(files, _setting(files, node, key)) for key in SCRIPTS}
    return Job(
        name,
        written,
        text_of(node.entries.get("stage")) or "test",
        _image(_sure(files, _setting(files, node, "image")), expansion, holes),
        (
            *expansion.assignments(each for each in outer if each not in inner),
            *(each for each in holes if each is not own),
        ),
        (*expansion.assignments(inner), *(each for each in holes if each is own)),
        {key: _script(found) for key, found in scripts.items() if found is not None},
    )


def _setting(files: Configuration, node: Node, key: str) -> Node | None:
    """Give what a job says, or else the default, if the job inherits it."""
    found = node.entries.get(key)
    if found is not None or key not in _DEFAULTS or not _inherits(node, "default", key):
        return found
    default = files.root.entries.get("default")
    found = default.entries.get(key) if default is not None else None
    found = found if found is not None else files.root.entries.get(key)
    if found is None:
        return Node(files.holes[0], node.place) if files.holes and key != "image" else None
    return files.filled(found)


def _inherits(node: Node, what: str, name: str) -> bool:
    inherit = node.entries.get("inherit")
    given = inherit.entries.get(what) if inherit is not None else None
    if given is None:
        return True
    if isinstance(given.value, list):
        return name in [item.value for item in given.items]
    return given.value != "false"


def _shared(files: Configuration, node: Node) -> dict[str, Variable] | Absent:
    """Give the pipeline's variables that a job inherits, with what rules may set."""
    shared = files.root.entries.get("variables")
    found = variables_of(files.filled(shared) if shared is not None else None)
    by_rules = _set_by_rules(files.root.entries.get("workflow"))
    if isinstance(found, Absent) or isinstance(by_rules, Absent):
        return found if isinstance(found, Absent) else by_rules
    found = {name: each for name, each in found.items() if _inherits(node, "variables", name)}
    return _all_sure(files, found | by_rules)


def _own(files: Configuration, node: Node) -> dict[str, Variable] | Absent:
    """Give a job's own variables, with what its rules may set."""
    found, by_rules = variables_of(node.entries.get("variables")), _set_by_rules(node)
    if isinstance(found, Absent) or isinstance(by_rules, Absent):
        return found if isinstance(found, Absent) else by_rules
    return _all_sure(files, found | by_rules)


def _all_sure(files: Configuration, given: dict[str, Variable]) -> dict[str, Variable]:
    """Give variables without those that an unseen file may say otherwise: only the root wins."""
    if not files.holes:
        return given
    return {
        name: each if each.node.place.file == files.file else replace(each, text=files.holes[0])
        for name, each in given.items()
    }


def _sure(files: Configuration, node: Node | None) -> Node | None:
    """Give a setting, or a hole if an unseen file may say another one."""
    if node is None or not files.holes:
        return node
    if all(each.place.file == files.file for each in (node, *node.items)):
        return node
    return Node(files.holes[0], node.place)


def _set_by_rules(node: Node | None) -> dict[str, Variable] | Absent:
    """Give the variables that rules may set, which nobody knows."""
    rules = node.entries.get("rules") if node is not None else None
    found: dict[str, Variable] = {}
    for rule in rules.items if rules is not None else ():
        given = variables_of(rule.entries.get("variables"))
        if isinstance(given, Absent):
            return given
        found |= {name: replace(each, text=_BY_RULES) for name, each in given.items()}
    return found


def _image(node: Node | None, expansion: Expansion, holes: list[Absent]) -> str | Absent | None:
    if node is not None and isinstance(node.value, dict):
        node = node.entries.get("name")
    text = text_of(node)
    if isinstance(text, str):
        return holes[0] if "$" in text and holes else known_text(expansion.text(text))
    return text or next(iter(holes), None)


def _script(node: Node) -> list[str | Absent] | Absent:
    if isinstance(node.value, Absent):
        return node.value
    items = node.items if isinstance(node.value, list) else [node]
    return [text for item in items if (text := text_of(item)) is not None]
