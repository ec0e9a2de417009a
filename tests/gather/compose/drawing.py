"""Made-up projects: several files, an env file and a `.env`, full of variables; one for a seed."""

from __future__ import annotations

import random

from tests.gather.compose.shaping import Case, case

_NAMES = ("A", "B", "C", "GOFLAGS")
_WORDS = ("x", "-v", "a b", "1", "", "$$", "/p:/q", "'", "#", " # c", "=")
_OPERATORS = (":-", "-", ":+", "+", "", "", ":?", "?")
_PLAIN = ("1", "1.5", "on", "0755", "true", "", "null", "x y", "~", "a#b")


def drawn(seed: int) -> Case:
    """Draw the project of a seed."""
    return _Drawing(random.Random(seed)).project()


class _Drawing:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def project(self) -> Case:
        dice = self.dice
        files = {"compose.yaml": self.file(["web", "api"], has_image=True)}
        if dice.random() < 0.6:
            files["compose.override.yaml"] = self.file(["web"], has_image=False)
        if dice.random() < 0.7:
            files[".env"] = self.env()
        for name in ("a.env", "b.env"):
            if dice.random() < 0.9:
                files[name] = self.env()
        if dice.random() < 0.3:
            files["base.yaml"] = self.file(["base"], has_image=True)
        client = {name: dice.choice(_WORDS) for name in _NAMES if dice.random() < 0.4}
        return case(files, client)

    def file(self, names, *, has_image):
        lines = ["services:"]
        for name in names:
            lines.append(f"  {name}:")
            lines += ["    image: x"] if has_image else []
            body = [self.environment(), self.env_files(), self.command(), self.extends(name)]
            lines += [f"    {line}" for part in body for line in part]
            if len(lines) and lines[-1] == f"  {name}:":
                lines.append("    labels: {}")
        return "\n".join(lines) + "\n"

    def environment(self):
        dice = self.dice
        if dice.random() < 0.2:
            return []
        names = [dice.choice(_NAMES) for _ in range(dice.randint(1, 4))]
        if dice.random() < 0.5:
            return ["environment:", *(f"  - {self.item(name)}" for name in names)]
        return ["environment:", *(f"  {name}: {self.scalar()}" for name in dict.fromkeys(names))]

    def item(self, name):
        return name if self.dice.random() < 0.25 else self.quoted(f"{name}={self.template()}")

    def scalar(self):
        if self.dice.random() < 0.35:
            return self.dice.choice(_PLAIN)
        return self.quoted(self.template())

    def quoted(self, text):
        return "'" + text.replace("'", "''") + "'"

    def template(self, depth=0):
        dice = self.dice
        return "".join(
            self.variable(depth) if dice.random() < 0.6 else dice.choice(_WORDS)
            for _ in range(dice.randint(1, 3))
        )

    def variable(self, depth):
        dice = self.dice
        name = dice.choice(_NAMES)
        if dice.random() < 0.3:
            return f"${name}"
        operator = dice.choice(_OPERATORS)
        word = "" if not operator else self.template(depth + 1) if depth < 2 else "z"
        return f"${{{name}{operator}{word}}}"

    def env(self):
        return "".join(
            f"{name}\n" if self.dice.random() < 0.15 else f"{name}={self.env_value()}\n"
            for name in self.dice.choices(_NAMES, k=self.dice.randint(1, 4))
        )

    def env_value(self):
        dice = self.dice
        text = self.template(1).replace("'", "").replace("#", "")
        return dice.choice((text, f'"{text}"', f"'{text}'"))

    def env_files(self):
        if self.dice.random() < 0.5:
            return []
        files = [
            self.dice.choice(("a.env", "b.env", "./a.env")) for _ in range(self.dice.randint(1, 3))
        ]
        return [f"env_file: [{', '.join(dict.fromkeys(files))}]"]

    def command(self):
        if self.dice.random() < 0.7:
            return []
        return [f"command: {self.dice.choice(('a b', '[a, b c]', '[]', 'null', 'echo $$A'))}"]

    def extends(self, name):
        if name == "web" and self.dice.random() < 0.2:
            return ["extends: {file: base.yaml, service: base}"]
        return ["extends: web"] if name == "api" and self.dice.random() < 0.3 else []
