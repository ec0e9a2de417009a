"""One stage after the other: what its instructions make of what it is built on.

Source: `dispatch` and its kin in BuildKit's `frontend/dockerfile/dockerfile2llb/convert.go`.
"""

from __future__ import annotations

import contextlib
import posixpath
from typing import TYPE_CHECKING

from engine.gather.dockerfile.checks import check_mode, check_ports, check_signal
from engine.gather.dockerfile.expansion import Expander, expanded
from engine.gather.dockerfile.instructions import arguments, flags_of
from engine.gather.dockerfile.lines import heredoc_in
from engine.gather.dockerfile.model import Command, Copy, SameReference, Setting
from engine.gather.dockerfile.mounts import check_mounts
from engine.gather.dockerfile.refusal import Refused, at_line
from engine.gather.dockerfile.spaces import in_unicode, is_unicode
from engine.gather.dockerfile.values import Parts, Variable, joined, literal, unknown
from engine.gather.dockerfile.words import pairs_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.gather.dockerfile.lines import Instruction
    from engine.gather.dockerfile.model import Form
    from engine.gather.dockerfile.scope import Scope

_DEFAULT_SHELL = ("/bin/sh", "-c")


class Evaluation:
    """The state of a stage while its instructions are followed."""

    def __init__(
        self, number: int, escape: str, scope: Scope, global_args: Mapping[str, Variable]
    ) -> None:
        """Take what a stage begins with."""
        self.number = number
        self.scope = scope
        self.settings: list[Setting] = []
        self.user: Parts | None = None
        self.workdir: Parts | None = ("/",) if scope.origin == "scratch" else None
        self.shell: tuple[str, ...] | None = _DEFAULT_SHELL if scope.origin == "scratch" else None
        self.entrypoint: Command | None = None
        self.cmd: Command | None = None
        self.runs: list[Command] = []
        self.copies: list[Copy] = []
        self.same_references: list[SameReference] = []
        self.demands: set[str] = set()
        self._escape = escape
        self._global_args = global_args
        self._has_cmd = False

    def child(self, number: int) -> Evaluation:
        """Give what a stage begins with that is built on this one."""
        made = Evaluation(number, self._escape, self.scope.child(), self._global_args)
        made.user, made.workdir, made.shell = self.user, self.workdir, self.shell
        made.entrypoint, made.cmd = self.entrypoint, self.cmd
        made.demands = set(self.demands)
        return made

    def follow(self, one: Instruction) -> None:
        """Follow one instruction; `Refused` where BuildKit stops."""
        step = _STEPS.get(one.command)
        if step is None:
            return
        with at_line(one.line):
            step(self, one)

    def expand(self, word: str) -> Variable:
        """Put the variables of this moment into a word."""
        found = expanded(word, self._escape, self.scope.lookup)
        self.demands |= found.demands
        return found

    def _checked(self, word: str) -> str | None:
        """Give a value that BuildKit checks; where it is not known, the build may stop."""
        text = literal(self.expand(word).parts)
        if text is None:
            self.demands |= set(names_in(word, self._escape))
        return text

    def _env(self, one: Instruction) -> None:
        pairs = pairs_of(one.rest, one.escape, one.command)
        found = [(self.expand(name), self.expand(value)) for name, value in pairs]
        if one.command == "label":
            return
        self.scope.set_env(found, one.line)
        set_before: list[str] = []
        for (name, value), (_, text) in zip(found, pairs, strict=True):
            known = literal(name.parts)
            if known:
                self.settings.append(Setting("env", known, value.parts, one.line, value.args))
            for other in names_in(text, self._escape):
                if other in set_before and other != known and known is not None:
                    self.same_references.append(SameReference(known, other, one.line))
            set_before += [known] if known else []

    def _arg(self, one: Instruction) -> None:
        for word in words_of(one.rest, one.escape):
            name, sign, text = in_unicode(word).partition("=")
            value = self.expand(text) if sign else self._global_args.get(name)
            default = value.parts if sign and value is not None else None
            self.settings.append(Setting("arg", name, default, one.line))
            self.scope.set_arg(name, value, one.line)

    def _workdir(self, one: Instruction) -> None:
        value = self.expand(one.rest).parts
        if value and isinstance(value[0], str) and value[0].startswith("/"):
            self.workdir = value
            return
        now, text = literal(self.workdir or unknown("", "")), literal(value)
        if text == "":
            return
        if text is None or now is None:
            detail = "it depends on the folder of the base image, or on a variable of it"
            self.workdir = unknown("not_collected", detail)
        else:
            self.workdir = joined((posixpath.normpath(posixpath.join(now, text)),))

    def _user(self, one: Instruction) -> None:
        self.user = self.expand(one.rest).parts

    def _set_shell(self, one: Instruction) -> None:
        self.shell = one.array or ()

    def _set_entrypoint(self, one: Instruction) -> None:
        self.entrypoint = self._command(one)
        if one.array == ():
            self.entrypoint = self._none(one)
        if not self._has_cmd:
            self.cmd = self._none(one)

    def _set_cmd(self, one: Instruction) -> None:
        self.cmd = self._none(one) if one.array == () else self._command(one)
        self._has_cmd = True

    def _command(self, one: Instruction) -> Command:
        form: Form = "shell" if one.array is None else "exec"
        shell = self.shell if form == "shell" else ()
        text = one.rest if one.command == "run" else in_unicode(one.rest)
        return Command(form, one.array or (), text, shell, one.line, self.number)

    def _none(self, one: Instruction) -> Command:
        return Command("none", (), "", (), one.line, self.number)

    def _run(self, one: Instruction) -> None:
        workdir = literal(self.workdir) if self.workdir is not None else None
        check_mounts(flags_of(one).get("mount", []), self._checked, workdir)
        if one.array == ():
            raise Refused("RUN has an empty array, and nothing to run")
        command = self._command(one)
        if one.heredocs:
            texts = [one.rest, *(each.content + each.name for each in one.heredocs)]
            # A heredoc that stands alone is the script itself.
            alone = heredoc_in(one.rest) is not None
            text = one.heredocs[0].content if alone else "\n".join(texts)
            command = Command("shell", (), text, self.shell, one.line, self.number)
        if not is_unicode(command.text):
            raise Refused("RUN holds bytes that are no UTF-8")
        self.runs.append(command)

    def _copy(self, one: Instruction) -> None:
        flags = flags_of(one)
        check_mode(self._checked(flags.get("chmod", [""])[0]))
        self.expand(flags.get("chown", [""])[0])
        self.expand(flags.get("checksum", [""])[0] if one.command == "add" else "")
        *sources, destination = arguments(one)
        announced = [heredoc_in(word) for word in sources]
        files = [
            (found[0],) if found else self.expand(word).parts
            for found, word in zip(announced, sources, strict=True)
        ]
        target = self.expand(destination).parts
        contents = {each.name: each.content for each in one.heredocs}
        for found in announced:
            if found and found[2]:
                content = contents.get(found[0], "")
                text = expanded(content, "\\", self.scope.lookup, quotes=False)
                self.demands |= text.demands
        self.copies.append(Copy(one.line, tuple(files), target))

    def _check_words(self, one: Instruction) -> None:
        """Follow an instruction of which only its mistakes matter here."""
        words = arguments(one) if one.command == "volume" else [one.rest]
        for word in words:
            value = self._checked(word)
            if one.command == "volume" and value == "":
                raise Refused("VOLUME can not be an empty text")
            if one.command == "stopsignal" and value is not None:
                check_signal(value)

    def _expose(self, one: Instruction) -> None:
        for word in sorted(arguments(one)):
            if self._checked(word) is not None:
                reader = Expander(word, self._escape, self.scope.lookup)
                reader.splits = True
                reader.until(None, raw_escapes=False, depth=0)
                check_ports(reader.words)


def names_in(word: str, escape: str) -> list[str]:
    """Give the names that a word, which is known to be well-formed, refers to."""
    names: dict[str, None] = {}

    def look(name: str) -> Variable:
        names[name] = None
        return Variable(("x",))

    with contextlib.suppress(Refused):  # of a pattern that holds another variable, perhaps
        expanded(word, escape, look)
    return list(names)


_STEPS: dict[str, Callable[[Evaluation, Instruction], None]] = {
    "add": Evaluation._copy,  # noqa: SLF001 - the table of this class
    "arg": Evaluation._arg,  # noqa: SLF001
    "cmd": Evaluation._set_cmd,  # noqa: SLF001
    "copy": Evaluation._copy,  # noqa: SLF001
    "entrypoint": Evaluation._set_entrypoint,  # noqa: SLF001
    "env": Evaluation._env,  # noqa: SLF001
    "expose": Evaluation._expose,  # noqa: SLF001
    "label": Evaluation._env,  # noqa: SLF001
    "run": Evaluation._run,  # noqa: SLF001
    "shell": Evaluation._set_shell,  # noqa: SLF001
    "stopsignal": Evaluation._check_words,  # noqa: SLF001
    "user": Evaluation._user,  # noqa: SLF001
    "volume": Evaluation._check_words,  # noqa: SLF001
    "workdir": Evaluation._workdir,  # noqa: SLF001
}
