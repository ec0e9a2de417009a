"""Draw Dockerfiles by a seed: ordinary ones mostly, each with a few odd things in it."""

from __future__ import annotations

import random

from tests.real.dockerfiles.lines import (
    COMMANDS,
    ODD,
    ODD_BASES,
    ODD_COMMANDS,
    OTHERS,
    PLATFORMS,
    RUNS,
)

NAMES = ["A", "B", "C", "PATH", "X", "HOME", "TARGETARCH", "Y1"]
BASES = [
    [],
    ["PATH=/base/bin:/bin", "X=base"],
    ["PATH=/base/bin", "X=", "C=from base", "HOME=/root"],
    ["A=aa/bb.tar.gz"],
]
TEXTS = ["", "a", "/go/bin", "x y", "1.22", "a/b.c/d", "abcabc", "ä", "a*b", "--", "$", "#z"]
PATTERNS = ["a", "*", "a*", "*a", "?", "*.*", "b?", "/*", "*/", "", "\\*", "[a]", "a+"]
STARTUP = ["/etc/profile.d/go.sh", "/root/.bashrc", "/srv/app"]


def draw(seed, number):
    """Give the question of a seed and a number: a Dockerfile and what it is built on."""
    return _Drawing(random.Random(f"{seed}:{number}")).question()


class _Drawing:
    def __init__(self, chance):
        self.chance = chance
        self.escape = "`" if chance.random() < 0.1 else "\\"
        self.stages = []
        self.is_odd = chance.random() < 0.3

    def question(self):
        lines = []
        if self.escape == "`":
            lines.append(self.chance.choice(["# escape=`", "#ESCAPE = `", "# escape=`  "]))
        elif self.chance.random() < 0.1:
            lines.append(
                self.chance.choice(
                    ["# syntax=docker/dockerfile:1", "# x", "# check=skip=all", "# escape=\\", "#"]
                )
            )
        lines += [self._arg() for _ in range(self.chance.choice([0, 0, 0, 1, 2]))]
        for _ in range(self.chance.choice([1, 1, 1, 2, 2, 3, 4])):
            lines += self._stage()
        if self.chance.random() < 0.8:
            lines.append("RUN end")
        text = self._spoilt("\n".join(lines) + ("\n" if self._often(0.8) else ""))
        if self.chance.random() < 0.08:
            text = text.replace("\n", "\r\n")
        question = {"dockerfile": text, "base": self.chance.choice(BASES)}
        if self.chance.random() < 0.2:
            question["shell"] = ["/bin/bash", "-lc"]
        if self.chance.random() < 0.3:
            question |= {"entrypoint": ["/base"], "cmd": ["--base"]}
        named = [name for name in self.stages if name]
        if named and self.chance.random() < 0.2:
            question["target"] = self.chance.choice(named)
        return question

    def _often(self, share):
        return self.chance.random() < share

    def _stage(self):
        base = self.chance.choice(["scratch", "golang:1.22", "debian", "registry.example:5000/a/b"])
        earlier = [name for name in self.stages if name]
        if earlier and self._often(0.6):
            base = self.chance.choice(earlier)
        elif self.is_odd and self._often(0.2):
            base = self.chance.choice(ODD_BASES)
        platform = f"--platform={self.chance.choice(PLATFORMS if self.is_odd else PLATFORMS[:2])} "
        name = self.chance.choice(["", "", "build", "base", "Final", "a.b-c"])
        self.stages.append(name.lower())
        as_name = f" {self.chance.choice(['AS', 'as', 'As'])} {name}" if name else ""
        head = f"{self._cased('FROM')} {platform if self._often(0.08) else ''}{base}{as_name}"
        return [head, *(self._instruction() for _ in range(self.chance.randint(0, 7)))]

    def _cased(self, name):
        return self.chance.choice([name, name, name, name.lower(), name.title()])

    def _instruction(self):
        made = self.chance.choices(
            [self._env, self._arg, self._run, self._command, self._other, self._heredoc,
             self._odd, self._startup],
            [12, 5, 3, 3, 3, 1, 2 * self.is_odd, 1],
        )[0]()  # fmt: skip
        if self._often(0.08):
            made = "ONBUILD " + made
        return self._continued(made) if self._often(0.2) else made

    def _continued(self, line):
        """Break a line somewhere, with comments and empty lines between its parts."""
        at = self.chance.randint(0, len(line))
        between = self.chance.choice(["", "  # comment\n", "\n", "\t", "#\n\n"])
        blank = self.chance.choice(["", " ", "\t"])
        return f"{line[:at]}{self.escape}{blank}\n{between}{line[at:]}"

    def _env(self):
        if self._often(0.1):
            return f"{self._cased('ENV')} {self._name()} {self._word()} {self._word()}"
        pairs = " ".join(f"{self._name()}={self._word()}" for _ in range(self.chance.randint(1, 3)))
        return f"{self._cased('ENV')} {pairs}"

    def _arg(self):
        words = [
            self._name() + (f"={self._word()}" if self._often(0.7) else "")
            for _ in range(self.chance.choice([1, 1, 1, 2]))
        ]
        return f"{self._cased('ARG')} {' '.join(words)}"

    def _name(self):
        return self._word() if self.is_odd and self._often(0.05) else self.chance.choice(NAMES)

    def _word(self):
        made = "".join(self._piece(0) for _ in range(self.chance.choice([1, 1, 1, 2, 3])))
        return made if self._often(0.9) else self._often(0.5) * made

    def _piece(self, depth):
        kind = self.chance.random()
        if kind < 0.3:
            return self.chance.choice(
                ["a", "/b:", "1.2", ":", "x", "go", "ä", "-", ".", "b=c", "~"]
            )
        if kind < 0.5:
            return "$" + self.chance.choice(NAMES)
        if kind < 0.6:
            return "${" + self.chance.choice(NAMES) + "}"
        if kind < 0.8:
            return self._substitution(depth)
        if kind < 0.87:
            inside = "".join(self._piece(depth + 1) for _ in range(self.chance.randint(0, 3)))
            return f'"{inside.replace(chr(34), "")} "'
        if kind < 0.93:
            return f"'{self.chance.choice(TEXTS)} ${self.escape}x'"
        if kind < 0.97:
            return self.escape + self.chance.choice([" ", "$", '"', "'", self.escape, "a", "n"])
        if not self.is_odd:
            return self.chance.choice(["<", "<<", "$$", "$1", "${1}", "$", "{}"])
        return self.chance.choice(
            ["<", "<<", "$$", "${A", "$1", "${1}", "${A:}", "${:A}", "$", "{}"]
        )

    def _substitution(self, depth):
        name = self.chance.choice(NAMES)
        operator = self.chance.choice(
            [":-", "-", ":+", "+", ":?", "?", "#", "##", "%", "%%", "/", "//", ":x", "^"]
            if self._often(0.5 if self.is_odd else 0.1)
            else [":-", "-", ":+", "+"]
        )
        if operator[0] in "#%":
            return f"${{{name}{operator}{self.chance.choice(PATTERNS)}}}"
        if operator[0] == "/":
            pattern = self.chance.choice(PATTERNS).replace("/", "\\/")
            return f"${{{name}{operator}{pattern}/{self.chance.choice(['', 'z', '$X', '-'])}}}"
        if depth > 2:
            return f"${{{name}{operator}d}}"
        word = "".join(self._piece(depth + 1) for _ in range(self.chance.choice([0, 1, 1, 2])))
        return f"${{{name}{operator}{word}}}"

    def _run(self):
        return self.chance.choice(RUNS)

    def _command(self):
        name = self._cased(self.chance.choice(["CMD", "ENTRYPOINT", "SHELL", "CMD", "ENTRYPOINT"]))
        is_odd = self.is_odd and self._often(0.1)
        return f"{name} {self.chance.choice(ODD_COMMANDS if is_odd else COMMANDS)}"

    def _other(self):
        name = self.chance.choice(["WORKDIR", "USER", "LABEL a=", "COPY a"])
        drawn = f"{name}{'' if name[-1] == '=' else ' '}{self._word()}"
        return drawn if self._often(0.3) else self.chance.choice(OTHERS)

    def _heredoc(self):
        word = self.chance.choice(["EOF", "'EOF'", '"EOF"', "-EOF", "- EOF", " EOF", "E$A"])
        end = "EOF" if "EOF" in word else "E$A"
        body = self.chance.choice(["ENV A=no", "\tx $A", "${A", "#!/bin/sh\nx", "", "a\n\nb"])
        head = self.chance.choice(
            ["RUN <<{}", "RUN cat <<{} > /x", "COPY <<{} /dest", "RUN <<{} bash", "ADD <<{} a/"]
        )
        return f"{head.format(word)}\n{body}\n{self.chance.choice(['', chr(9)])}{end}"

    def _odd(self):
        return self.chance.choice(ODD)

    def _startup(self):
        where = self.chance.choice(STARTUP)
        return self.chance.choice([f"COPY x {where}", f"RUN echo 'export A=1' >> {where}"])

    def _spoilt(self, text):
        """Change a letter or two, in few files."""
        if not self.is_odd or not self._often(0.3):
            return text
        at = self.chance.randint(0, len(text))
        if self._often(0.5):
            return text[:at] + text[at + self.chance.randint(1, 3) :]
        return (
            text[:at]
            + self.chance.choice(" \\`\"'${}#=\t\n<[]\x00\u00a0\ufeff\udcff\udcc3")
            + text[at:]
        )
