"""Workflows of GitHub Actions: their jobs and steps, and the variables that each step gets.

What counts is told from src/Runner.Worker of actions/runner: JobExtension sets the variables of
the workflow and the job, FileCommandManager those that steps write, StepsRunner a step's own, and
what steps add to PATH comes last (Handler). A container's own are there before (docker create).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.ci.github_actions import Use
from engine.gather.ci.github_actions import writes_of as writes_of_action
from engine.gather.ci.github_scalars import is_false, is_null, text_of
from engine.gather.ci.github_shells import Shell, shell_of
from engine.gather.ci.github_values import Matrix, Variables, assignments_of, text_in
from engine.gather.ci.github_writes import NOTHING, Writes, unsure
from engine.gather.ci.github_writes import writes_of as writes_of_script
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.assignments import Part
    from engine.gather.ci.github_local import Repository
    from engine.gather.ci.github_values import Meaning
    from engine.loading.nodes import Node

JOBS_LIMIT, STEPS_LIMIT = 256, 1000
"""How many jobs of a workflow, and steps of a job, are told at most."""

_ALWAYS = frozenset(("always()", "success()", "true", "${{ always() }}", "${{ success() }}"))
_OF_MATRIX = re.compile(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}")
_ANYHOW = ("always(", "failure(", "cancelled(")


@record
class Step:
    """One step, with its variables in four lists, which count in this order.

    `around` are those of the container, the workflow and the job, `writes` those of earlier
    steps, `own` the step's; `path` is what earlier steps put before PATH.
    """

    job: str
    number: int
    node: Node
    name: str | Absent | None
    uses: str | Absent | None
    run: str | Absent | None
    shell: Shell | None
    directory: str | Absent | None
    labels: tuple[str | Absent, ...]
    image: str | Absent | None
    container: tuple[Assignment | Absent, ...]
    around: tuple[Assignment | Absent, ...]
    writes: tuple[Assignment | Absent, ...]
    own: tuple[Assignment | Absent, ...]
    path: tuple[Assignment | Absent, ...]


def steps_of(workflow: Node, repository: Repository) -> Iterator[Step | Absent]:
    """Give the steps of all jobs; a hole says that there may be others."""
    jobs = workflow.entries.get("jobs")
    if jobs is None or not isinstance(jobs.value, dict):
        yield Absent("parse_error", "its jobs cannot be told")
        return
    for at, (name, node) in enumerate(jobs.value.items()):
        if at == JOBS_LIMIT:
            yield Absent("too_large", f"there are more than {JOBS_LIMIT} jobs")
            return
        if isinstance(node.value, dict):
            yield from _Job(str(name), node, workflow, repository).steps()
        else:
            yield Absent("parse_error", f"the job `{name}` cannot be told")


class _Job:
    """One job: what all of its steps share, and what they leave for each other."""

    def __init__(self, name: str, node: Node, workflow: Node, repository: Repository) -> None:
        self._name, self._node, self._workflow, self._repository = name, node, workflow, repository
        self._matrix = Matrix(node)
        self._outer = assignments_of(workflow.entries.get("env"), _nothing)
        self._outer += assignments_of(node.entries.get("env"), self._of_matrix)
        self._image, self._container = self._box(node.entries.get("container"))
        self._around = (*self._container, *self._outer)
        self._labels = tuple(self._runners())
        self._writes = NOTHING

    def steps(self) -> Iterator[Step | Absent]:
        """Give the steps in order."""
        node = self._node.entries.get("steps")
        if node is None:
            return  # another workflow is called
        if not isinstance(node.value, list):
            yield Absent("parse_error", f"the steps of the job `{self._name}` cannot be told")
            return
        for at, item in enumerate(node.items):
            if at == STEPS_LIMIT:
                yield Absent("too_large", f"a job has more than {STEPS_LIMIT} steps")
                return
            if not isinstance(item.value, dict):
                why = f"a step of the job `{self._name}` cannot be told"
                yield Absent("parse_error", why)
                unknown = (Absent("parse_error", why),)
                self._writes = self._writes.then(Writes(unknown, unknown))
                continue
            step = self._step(item, at + 1)
            yield step
            self._writes = self._writes.then(self._sure(item, self._writes_of(item, step)))

    def _step(self, node: Node, number: int) -> Step:
        entries, writes = node.entries, self._writes
        if any(word in (_raw(entries.get("if")) or "") for word in _ANYHOW):
            writes = unsure(writes)
        own = assignments_of(entries.get("env"), self._meaning(self._outer, writes.variables))
        within = self._meaning(self._outer, writes.variables, own)
        run = text_of(entries.get("run"))
        return Step(
            self._name,
            number,
            node,
            text_in(entries.get("name"), within),
            text_of(entries.get("uses")),
            run,
            None if run is None else self._shell(node, within),
            text_in(self._setting(node, "working-directory"), within),
            self._labels,
            self._image,
            self._container,
            self._around,
            writes.variables,
            tuple(own),
            writes.path,
        )

    def _shell(self, node: Node, meaning: Meaning) -> Shell:
        given = text_in(self._setting(node, "shell"), meaning)
        return shell_of(given, self._systems(), self._image)

    def _setting(self, step: Node, name: str) -> Node | None:
        """Give what a step says, or the defaults of its job, or those of the workflow."""
        found = [step.entries.get(name)]
        for holder in (self._node, self._workflow):
            defaults = holder.entries.get("defaults")
            run = defaults.entries.get("run") if defaults is not None else None
            found.append(run.entries.get(name) if run is not None else None)
        return next((node for node in found if node is not None and not is_null(node)), None)

    def _runners(self) -> Iterator[str | Absent]:
        node = self._node.entries.get("runs-on")
        if node is not None and isinstance(node.value, dict):
            yield Absent("opaque", "a group of runners gives the runner")
            node = node.entries.get("labels")
        for item in node.items or [node] if node is not None else ():
            label = text_in(item, self._of_matrix)
            if label is not None:
                yield label

    def _systems(self) -> tuple[str | Absent, ...]:
        """Give all labels that a run may have, one for each run; a hole for what is not known."""
        node = self._node.entries.get("runs-on")
        name = _OF_MATRIX.fullmatch(_raw(node) or "")
        values = self._matrix.values(name[1]) if name else self._labels
        return (values,) if isinstance(values, Absent) else values

    def _box(
        self, node: Node | None
    ) -> tuple[str | Absent | None, tuple[Assignment | Absent, ...]]:
        """Give the image of the job's container, and the variables that it is made with."""
        if node is None or is_null(node):
            return None, ()
        meaning = self._meaning(self._outer)
        if not isinstance(node.value, dict):
            return text_in(node, meaning) or None, ()
        image = text_in(node.entries.get("image"), meaning) or None
        given = assignments_of(node.entries.get("env"), meaning)
        return image, tuple(map(_of_container, given)) if image is not None else ()

    def _writes_of(self, node: Node, step: Step) -> Writes:
        line = node.place_of("uses").line
        if isinstance(step.uses, str):
            if step.uses.startswith("./"):
                return self._repository.action(step.uses)
            if step.uses.startswith("docker://"):
                why = Absent("opaque", "a container's program may set any variable")
                return Writes((why,), (why,))
            return writes_of_action(Use(step.uses, line, self._inputs(node)))
        if not isinstance(step.run, str) or step.shell is None:
            why = Absent("opaque", f"step {step.number} cannot be told")
            return Writes((why,), (why,))
        found = node.entries["run"]
        begin = found.place_at(0).line if found.is_literal else found.place.line
        plain = writes_of_script(step.run, begin, is_posix=step.shell.is_posix)
        return plain.then(self._repository.scripts(step.run, step.directory))

    def _inputs(self, node: Node) -> dict[str, tuple[str, ...] | Absent]:
        """Give the inputs of an action, each with all values that it has in some run."""
        given = node.entries.get("with")
        return {
            name.casefold(): self._input(value)
            for name, value in (given.entries if given is not None else {}).items()
        }

    def _input(self, node: Node) -> tuple[str, ...] | Absent:
        name = _OF_MATRIX.fullmatch(_raw(node) or "")
        if name:
            return self._matrix.values(name[1])
        text = text_in(node, self._meaning(self._outer, self._writes.variables))
        return text if isinstance(text, Absent) else (text or "",)

    def _sure(self, node: Node, writes: Writes) -> Writes:
        """Give what a step does; nobody knows whether it counts if the step may be left out."""
        condition = node.entries.get("if")
        is_sure = is_null(condition) or _raw(condition) in _ALWAYS
        is_sure = is_sure and is_false(node.entries.get("continue-on-error"))
        return writes if is_sure else unsure(writes)

    def _of_matrix(self, context: str, name: str) -> tuple[Part, ...] | None:
        return self._matrix.meaning(name) if context == "matrix" else None

    def _meaning(self, *layers: Iterable[Assignment | Absent]) -> Meaning:
        """Give what expressions may name where these variables are set, later ones winning."""
        variables = Variables(each for layer in layers for each in layer)

        def meaning(context: str, name: str) -> tuple[Part, ...] | None:
            return variables.meaning(name) if context == "env" else self._of_matrix(context, name)

        return meaning


def _of_container(given: Assignment | Absent) -> Assignment | Absent:
    """Give a variable as `docker create -e` sets it: an empty one is the runner's own."""
    if isinstance(given, Assignment) and given.parts == ("",):
        return Assignment(given.name, (), "pass", given.line, of="runner", if_missing="unset")
    return given


def _raw(node: Node | None) -> str | None:
    text = text_of(node)
    return text if isinstance(text, str) else None


def _nothing(_context: str, _name: str) -> None:
    return None
