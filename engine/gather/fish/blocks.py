"""Blocks of fish: `begin`, `if`, `while`, `for`, `switch`, `function`."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.gather.fish.commands import literal
from engine.gather.fish.errors import FishError
from engine.gather.fish.sequence import Sequence
from engine.gather.fish.tokens import is_help, keyword

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.fish.lexer import Token
    from engine.gather.fish.tokens import Tokens
    from engine.gather.fish.words import Words

    Statement: TypeAlias = list[Any]
    Script: TypeAlias = list[Statement]
    Input: TypeAlias = list[Any]


class Blocks:
    """Reads all that ends with `end`."""

    tokens: Tokens
    words: Words

    @abstractmethod
    def line(self, token: Token) -> int:
        """Give the line that a token stands on."""

    @abstractmethod
    def source(self, token: Token) -> str:
        """Give a token as it was written."""

    @abstractmethod
    def script(self) -> Script:
        """Read statements up to the end, or to an `end`, `else` or `case`."""

    @abstractmethod
    def conjunction(self) -> tuple[Statement, bool]:
        """Read jobs joined by `&&` and `||`; also whether the first runs in the background."""

    @abstractmethod
    def decorator(self, token: Token) -> str | None:
        """Say whether a statement is bound to the one before it by `and` or `or`."""

    @abstractmethod
    def is_option(self, token: Token) -> bool:
        """Say whether a token looks like an option."""

    def block(self, word: str) -> Statement | None:
        """Read the block that a keyword opens, or None if it opens none here."""
        readers: dict[str, Callable[[Token], Statement]] = {
            "begin": self._begin,
            "if": self._if,
            "while": self._while,
            "for": self._for,
            "switch": self._switch,
            "function": self._function,
        }
        reader = readers.get(word)
        if reader is None:
            return None
        following = self.tokens.peek(1)
        if word == "function":
            is_command = is_help(self.tokens, following)
        else:
            is_command = self.is_option(following)
        if is_command or (word != "begin" and following.kind in {"eof", "end"}):
            return None
        first = self.tokens.take()
        loops = self.tokens.loops
        loops = 0 if word == "function" else loops + (word in {"for", "while"})
        with self.tokens.block(first, loops=loops):
            statement = reader(first)
            self._end(first)
        inputs = self._redirections()
        return ["redir", statement[1], statement, inputs] if inputs else statement

    def _begin(self, first: Token) -> Statement:
        return ["block", self.line(first), self.script()]

    def _if(self, first: Token) -> Statement:
        branches = [[self._condition(), self.script()]]
        otherwise: Script = []
        while keyword(self.tokens, self.tokens.peek()) == "else":
            self.tokens.take()
            if keyword(self.tokens, self.tokens.peek()) != "if":
                self._end_of_line()
                # An empty one still leaves the status of the condition.
                otherwise = self.script() or [["block", self.line(first), []]]
                break
            self.tokens.take()
            branches.append([self._condition(), self.script()])
        return ["if", self.line(first), branches, otherwise]

    def _while(self, first: Token) -> Statement:
        return ["while", self.line(first), self._condition(), self.script(), False]

    def _condition(self) -> Script:
        """Read a condition with the `and` and `or` that follow on lines of their own."""
        condition = Sequence()
        while True:
            token = self.tokens.peek()
            how = self.decorator(token)
            if how is not None:
                self.tokens.take()
            statement, background = self.conjunction()
            if background:
                raise FishError(token.start, "a command in the background is no condition")
            condition.add(how, self.line(token), statement)
            while self.tokens.peek().kind == "end":
                self.tokens.take()
            if self.decorator(self.tokens.peek()) is None:
                return condition.statements

    def _for(self, first: Token) -> Statement:
        variable = self.tokens.take()
        name = literal(self.words.loose_word(variable.start, variable.stop))
        token = self.tokens.take()
        if keyword(self.tokens, token) != "in":
            raise FishError(token.start, f"`in` is expected, not `{self.source(token)}`")
        words = self._plain_arguments()
        self._end_of_line()
        body = self.script()
        line = self.line(first)
        if name is None:
            return ["opaque", line, "the name of the loop's variable is computed", None]
        return ["for", line, name, words, body]

    def _switch(self, first: Token) -> Statement:
        if self.tokens.peek().kind != "word":
            raise FishError(first.start, "`switch` needs an argument")
        token = self.tokens.take()
        word = self.words.word(token.start, token.stop)
        self._end_of_line()
        clauses: list[Any] = []
        while True:
            while self.tokens.peek().kind == "end":
                self.tokens.take()
            if keyword(self.tokens, self.tokens.peek()) != "case":
                return ["case", self.line(first), word, clauses]
            self.tokens.take()
            patterns = self._plain_arguments()
            self._end_of_line()
            clauses.append([patterns, self.script(), ";;"])

    def _function(self, first: Token) -> Statement:
        words = self._plain_arguments()
        if not words:
            raise FishError(first.start, "`function` needs a name")
        self._end_of_line()
        body = self.script()
        name = literal(words[0])
        if name is None:
            return ["opaque", self.line(first), "the name of the function is computed", None]
        return ["func", self.line(first), name, body, words[1:]]

    def arguments(self) -> tuple[list[Any], list[Input]]:
        """Read arguments and redirections."""
        words = []
        inputs = []
        while True:
            token = self.tokens.peek()
            if token.kind == "word":
                self.tokens.take()
                words.append(self.words.word(token.start, token.stop))
            elif token.kind == "redirection":
                inputs += self._redirection()
            else:
                return words, inputs

    def _plain_arguments(self) -> list[Any]:
        words = []
        while self.tokens.peek().kind == "word":
            token = self.tokens.take()
            words.append(self.words.word(token.start, token.stop))
        return words

    def _redirections(self) -> list[Input]:
        inputs = []
        while self.tokens.peek().kind == "redirection":
            inputs += self._redirection()
        token = self.tokens.peek()
        if token.kind == "word":
            raise FishError(token.start, "`end` takes no arguments; a `;` may be missing")
        return inputs

    def _redirection(self) -> list[Input]:
        """Read a redirection; those of other than input and output tell us nothing."""
        redirection = self.tokens.take()
        target = self.tokens.take()
        if target.kind != "word":
            raise FishError(target.start, "a redirection needs a target")
        word = self.words.loose_word(target.start, target.stop)
        if redirection.detail == "0<":
            return [["<", word]]
        if redirection.detail == "0<&":
            return [["<", [["param", "", {"unknown": "<&"}]]]]
        if redirection.detail in {"1>", "&>"}:
            return [[">", word]]
        return [[">", ["&", *word]]] if redirection.detail == "1>&" and word != ["1"] else []

    def _end_of_line(self) -> None:
        token = self.tokens.take()
        if token.kind != "end":
            found = self.source(token) or "the end of the file"
            raise FishError(token.start, f"the end of the line is expected, not `{found}`")

    def _end(self, first: Token) -> None:
        token = self.tokens.peek()
        if keyword(self.tokens, token) != "end":
            raise FishError(first.start, f"`{self.source(first)}` has no `end`")
        self.tokens.take()
