"""What a Dockerfile comes to: its stages, each with what holds at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.dockerfile.refusal import Refused
    from engine.gather.dockerfile.values import Parts, Variable
    from engine.model.facts import Absent

Form: TypeAlias = Literal["exec", "shell", "none"]


@record
class Command:
    """A command: words in the exec form, a text for a shell in the shell form.

    `shell` are the words of that shell; None where the base image may have set them. `stage` is the
    number of the stage that the command is from.
    """

    form: Form
    words: tuple[str, ...]
    text: str
    shell: tuple[str, ...] | None
    line: int
    stage: int


@record
class Copy:
    """A COPY or ADD: where it puts what, in the words of the file."""

    line: int
    sources: tuple[Parts, ...]
    destination: Parts


@record
class Setting:
    """One variable as an ENV sets it, or a build argument with its default, if it has one."""

    how: Literal["env", "arg"]
    name: str
    value: Parts | None
    line: int
    args: frozenset[str] = frozenset()


@record
class Base:
    """What the outermost of the stages is built on that this one is built on.

    `reference` is the name with its registry and tag. A kind `unknown` has a hole for both.
    """

    kind: Literal["scratch", "image", "unknown"]
    name: str | Absent
    reference: str | Absent
    line: int
    args: frozenset[str] = frozenset()


@record
class SameReference:
    """A variable whose value names another one that the same instruction sets before it."""

    name: str
    refers_to: str
    line: int


@record
class Stage:
    """One stage. Of a `refused` one nothing holds but what identifies it.

    `base_stage` is the number of the stage that it is built on. `image` are the variables of the
    image at its end; `build` are those that only RUN sees, or sees otherwise; `settings` all that
    set or declare one. What is None of user, workdir, shell, entrypoint and cmd is as the base has
    it. Whether the build succeeds depends on the variables of `demands`, which the base image or
    the client gives.
    """

    number: int
    name: str
    line: int
    refused: Refused | None
    base: Base
    base_stage: int | None
    image: Mapping[str, Variable]
    build: Mapping[str, Variable]
    more: Absent | None
    settings: tuple[Setting, ...]
    user: Parts | None
    workdir: Parts | None
    shell: tuple[str, ...] | None
    entrypoint: Command | None
    cmd: Command | None
    runs: tuple[Command, ...]
    copies: tuple[Copy, ...]
    same_references: tuple[SameReference, ...]
    demands: frozenset[str]


@record
class Dockerfile:
    """A whole file: its directives, the build arguments before its first stage, its stages.

    A `strict` one is refused where BuildKit has a warning, too, which we do not look for.
    """

    directives: Mapping[str, str]
    escape: str
    args: tuple[Setting, ...]
    stages: tuple[Stage, ...]
    strict: bool
