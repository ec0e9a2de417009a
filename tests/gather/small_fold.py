"""A resolution that is easy to follow: it reads files from the top and follows every `.`."""

from __future__ import annotations

from engine.precedence.world import World


class SmallFold:
    """Reads some files in a syntax, follows `. FILE`, `eval TEXT` and `[ -e FILE ]`."""

    def __init__(self, *paths, syntax="bash"):
        self.paths, self.syntax = paths, syntax

    def __call__(self, root, answer=None):
        self.world = World(root, answer)
        self.visited = set()
        self.reading = []
        for path in self.paths:
            self.read(path)
        return self

    @property
    def wanted(self):
        return self.world.wanted

    def read(self, path):
        found = self.world.file(path)
        if not isinstance(found, dict) or found["kind"] == "missing" or path in self.reading:
            return
        script = self.world.script(path, self.syntax)
        if isinstance(script, list):
            self.reading.append(path)
            self.run(script, path)
            self.reading.pop()

    def run(self, script, path):
        for statement in script:
            self.visited.add((path, statement[1]))
            if statement[0] == "if":
                for condition, body in statement[2]:
                    self.run(condition, path)
                    self.run(body, path)
            if statement[0] != "cmd":
                continue
            words = [
                part if isinstance(part, str) else part[1] for word in statement[3] for part in word
            ]
            if words[:1] == ["."]:
                self.read(words[1])
            elif words[:1] == ["eval"]:
                self.world.snippet(words[1], self.syntax)
            elif words[:1] == ["ls"]:
                self.world.names(words[1])
