"""Statements of fish: what is run after what, and under which condition.

The rules were learnt from fish's documentation and settled with `fish --no-execute`. A keyword may
be quoted; followed by an option or by nothing it is a command of that name, which shows help.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.gather.fish.blocks import Blocks
from engine.gather.fish.commands import HEADS, check_pipe, is_loop_exit, unknown_builtin
from engine.gather.fish.errors import FishError
from engine.gather.fish.sequence import LONGEST_CHAIN, Sequence
from engine.gather.fish.tokens import Tokens, is_help, keyword
from engine.gather.fish.words import Words

if TYPE_CHECKING:
    from engine.gather.fish.lexer import Token

    Statement: TypeAlias = list[Any]
    Script: TypeAlias = list[Statement]

_ASSIGNMENT = re.compile(r"\w+=")
_BRACE_BLOCK = re.compile(r"\{[\s;]")


class Parser(Blocks):
    """Reads statements from the tokens of one text."""

    def __init__(self, text: str) -> None:
        """Take the source."""
        self.tokens = Tokens(text)
        self.words = Words(self.tokens.lexer, self._nested)
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def whole(self) -> Script:
        """Give the script of the whole text."""
        script = self.script()
        token = self.tokens.peek()
        if token.kind != "eof":
            raise FishError(token.start, f"`{self.source(token)}` outside of a block")
        return script

    def line(self, token: Token) -> int:
        """Give the line that a token stands on."""
        return bisect_right(self._line_starts, token.start)

    def source(self, token: Token) -> str:
        """Give a token as it was written."""
        return self.tokens.text[token.start : token.stop]

    def _nested(self, start: int, stop: int) -> Script:
        """Read a command substitution."""
        with self.tokens.within(start, stop):
            return self.whole()

    def script(self) -> Script:
        """Read statements up to the end, or to an `end`, `else` or `case`."""
        script = Sequence()
        background = False
        while True:
            token = self.tokens.peek()
            if token.kind == "end":
                self.tokens.take()
                continue
            if token.kind == "eof" or keyword(self.tokens, token) in {"end", "else", "case"}:
                return script.statements
            how = self.decorator(token)
            if how is not None:
                self.tokens.take()
                if background:
                    raise FishError(token.start, f"`{how}` right after a command in the background")
            statement, background = self.conjunction()
            script.add(how, self.line(token), statement)

    def decorator(self, token: Token) -> str | None:
        """Say whether a statement is bound to the one before it by `and` or `or`."""
        word = keyword(self.tokens, token)
        if word not in {"and", "or"} or is_help(self.tokens, self.tokens.peek(1)):
            return None
        return word

    def conjunction(self) -> tuple[Statement, bool]:
        """Read jobs joined by `&&` and `||`; also whether the first runs in the background."""
        statement, background = self._job()
        chain = 0
        while self.tokens.peek().kind in {"and", "or"}:
            token = self.tokens.take()
            self.tokens.skip_newlines()
            right, _ = self._job()
            chain += 1
            if not chain % LONGEST_CHAIN:
                self.tokens.deeper(token)
            statement = [token.kind, statement[1], statement, right]
        return statement, background

    def _job(self) -> tuple[Statement, bool]:
        """Read a pipeline."""
        first = self.tokens.peek()
        while keyword(self.tokens, self.tokens.peek()) == "time" and not is_help(
            self.tokens, self.tokens.peek(1)
        ):
            self.tokens.take()
        members = [self.statement()]
        pipes = []
        while self.tokens.peek().kind == "pipe":
            pipes.append(self.tokens.take().detail)
            self.tokens.skip_newlines()
            token = self.tokens.peek()
            if keyword(self.tokens, token) == "time":
                raise FishError(token.start, "`time` can only begin a pipeline")
            members.append(self.statement())
        line = self.line(first)
        statement = members[0]
        if pipes:
            for member in members:
                check_pipe(member, first.start, first=member is statement)
            statement = ["pipe", line, members]
            if any(pipe != "1|" for pipe in pipes):
                statement.append(pipes)
        background = self.tokens.peek().kind == "background"
        if background:
            self.tokens.take()
            statement = ["bg", line, statement]
        return statement, background

    def statement(self) -> Statement:
        """Read a statement with the variables that are set for it alone."""
        first = self.tokens.peek()
        assigns = self._assigns()
        statement = self._negated()
        if not assigns:
            return statement
        if statement[0] == "cmd":
            statement[2] = assigns + statement[2]
            return statement
        line = self.line(first)
        sets = [
            ["cmd", line, [], [["set"], ["-lx"], ["--"], [name], value], []]
            for name, _, value, _ in assigns
        ]
        return ["block", line, [*sets, statement]]

    def _assigns(self) -> list[Any]:
        assigns: list[Any] = []
        while True:
            token = self.tokens.peek()
            found = _ASSIGNMENT.match(self.tokens.text, token.start, token.stop)
            if token.kind != "word" or found is None:
                return assigns
            if self.tokens.peek(1).kind != "word":
                raise FishError(token.start, f"`{self.source(token)}` sets nothing; use `set`")
            self.tokens.take()
            value = self.words.loose_word(found.end(), token.stop) or [["q", ""]]
            assigns.append([found[0][:-1], "=", value, None])

    def _negated(self) -> Statement:
        """Read a statement after any number of `not`."""
        first = self.tokens.peek()
        count = 0
        statement = None
        while statement is None:
            token = self.tokens.peek()
            word = keyword(self.tokens, token)
            following = self.tokens.peek(1)
            if (
                word in {"not", "!"}
                and following.kind not in {"eof", "end"}
                and not self.is_option(following)
            ):
                self.tokens.take()
                count += 1
                if keyword(self.tokens, self.tokens.peek()) == "time":
                    self.tokens.take()
                token = self.tokens.peek()
                if _ASSIGNMENT.match(self.tokens.text, token.start, token.stop):
                    self.tokens.deeper(token)
                    statement = self.statement()
            else:
                statement = self.block(word) or self._command()
        line = self.line(first)
        # Two make an exit status 0 or 1, and so do four.
        for _ in range(count if count < 2 else 2 - count % 2):  # noqa: PLR2004
            statement = ["not", line, statement]
        return statement

    def is_option(self, token: Token) -> bool:
        """Say whether a token looks like an option."""
        return token.kind == "word" and self.tokens.text[token.start] == "-"

    def _command(self) -> Statement:
        """Read a simple command."""
        first = self.tokens.peek()
        if first.kind != "word":
            found = "the end" if first.kind in {"eof", "end"} else f"`{self.source(first)}`"
            raise FishError(first.start, f"a command is expected, not {found}")
        word = keyword(self.tokens, first)
        following = self.tokens.peek(1)
        if word == "end" and not self.is_option(following):
            raise FishError(first.start, f"a command is expected, not `{self.source(first)}`")
        line = self.line(first)
        words = []
        if word in HEADS and following.kind == "word" and not self.is_option(following):
            self.tokens.take()
            words.append([word])
        words.append(self._command_word())
        arguments, inputs = self.arguments()
        statement = ["cmd", line, [], words + arguments, inputs]
        if is_loop_exit(statement) and not self.tokens.loops:
            raise FishError(first.start, f"`{self.source(first)}` outside of a loop")
        strange = unknown_builtin(statement)
        if strange is not None:
            raise FishError(first.start, f"`{strange}` is no builtin")
        if _BRACE_BLOCK.match(self.tokens.text, first.start, first.stop):
            return ["opaque", line, "`{ ... }` is a block only since fish 4.1", None]
        return statement

    def _command_word(self) -> list[Any]:
        token = self.tokens.take()
        if self.source(token) == "$status":
            raise FishError(token.start, "`$status` is no command")
        word = self.words.command_word(token.start, token.stop)
        inner = [part for part in word if part[0] == "dq"]
        if any(part[0] == "cmd" for part in (*word, *(p for dq in inner for p in dq[1]))):
            raise FishError(token.start, "a command substitution is no command")
        return word
