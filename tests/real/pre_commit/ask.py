"""Asks the real pre-commit, and the real git, what environment hooks get, and records it.

`python -m tests.real.pre_commit.ask` needs git, pre-commit, and go for its language; it writes
`answers.json` here. `<top>` and `<store>` stand for the repository and pre-commit's cache,
`<tools>` for the folder of the programs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = sysconfig.get_path("scripts")
_CONFIG = """\
repos:
  - repo: local
    hooks:
      - id: asked
        name: asked
        language: {language}
        entry: {entry} {dump} {out}
        pass_filenames: false
        always_run: true
        stages: [{stage}]
"""
# How a hook is started: its stage, and what is called in a repository with a staged change.
_WAYS = {
    "run": ("pre-commit", ["pre-commit run --all-files"]),
    "run with refs": ("pre-commit", ["pre-commit run --from-ref HEAD~0 --to-ref HEAD"]),
    "commit": ("pre-commit", ["pre-commit install", "git commit -m x"]),
    "commit -a": ("pre-commit", ["pre-commit install", "git commit -a -m x"]),
    "commit below": ("pre-commit", ["pre-commit install", "git -C below commit -m x"]),
    "commit --amend": ("pre-commit", ["pre-commit install", "git commit --amend -m x"]),
    "commit-msg": ("commit-msg", ["pre-commit install -t commit-msg", "git commit -m x"]),
    "post-commit": ("post-commit", ["pre-commit install -t post-commit", "git commit -m x"]),
    "push": ("pre-push", ["pre-commit install -t pre-push", "git push -q ../remote HEAD:main"]),
    "checkout": ("post-checkout", ["pre-commit install -t post-checkout", "git checkout -q -b y"]),
    "plain hook": ("pre-commit", ["git commit -m x"]),
}
_LANGUAGES = ("system", "unsupported", "script", "python", "golang")


class Home:
    """A home with a repository, and the environment of its user."""

    def __init__(self, folder: Path) -> None:
        self.top, self.remote = folder / "top", folder / "remote"
        self.store, self.out = folder / "store", folder / "out"
        (folder / "home").mkdir()
        (folder / "home/.gitconfig").write_text("[user]\nname = Dana\nemail = dana@acme.example\n")
        self.environment = {
            "HOME": str(folder / "home"),
            "PATH": f"{TOOLS}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PRE_COMMIT_HOME": str(self.store),
            "GOFLAGS": "-mod=mod",
            "GOPATH": str(folder / "go"),
            "GOBIN": str(folder / "gobin"),
            "VIRTUAL_ENV": "/old",
            "EDITOR": "true",
        }
        self._folder = folder

    def asked(self, language: str, way: str) -> dict[str, str]:
        """Give the environment of a hook that was started in one of the ways."""
        stage, calls = _WAYS[way]
        self._fresh(language, stage, is_plain=way == "plain hook")
        for call in calls:
            ran = subprocess.run(
                call.split(), cwd=self.top, env=self.environment, capture_output=True, check=False
            )
            if ran.returncode:
                sys.exit(f"{language}, {way}: {(ran.stdout + ran.stderr).decode()}")
        raw = self.out.read_bytes().decode().split("\0")
        return {
            name: self._plain(value)
            for name, _, value in (entry.partition("=") for entry in raw if entry)
        }

    def _fresh(self, language: str, stage: str, *, is_plain: bool) -> None:
        self.out.unlink(missing_ok=True)
        subprocess.run(["rm", "-rf", self.top, self.remote], check=True)
        (self.top / "below").mkdir(parents=True)
        dump = HERE / "dump.py"
        entry = "/usr/bin/env /usr/bin/python3"
        if language in {"script", "unsupported_script"}:
            entry = "./start"
        config = _CONFIG.format(
            language=language, entry=entry, dump=dump, out=self.out, stage=stage
        )
        (self.top / ".pre-commit-config.yaml").write_text(config)
        (self.top / "start").write_text(
            '#!/usr/bin/python3\nimport os, sys\nos.execv("/usr/bin/python3", sys.argv)\n'
        )
        (self.top / "start").chmod(0o755)
        self._git("init", "-q", "-b", "main")
        self._git("init", "-q", "--bare", str(self.remote))
        self._git("add", ".")
        self._git("commit", "-q", "-m", "first")
        if is_plain:
            hook = self.top / ".git/hooks/pre-commit"
            hook.write_text(
                "#!/usr/bin/python3\nimport os\n"
                f"os.execv('/usr/bin/python3', ['python3', '{dump}', '{self.out}'])\n"
            )
            hook.chmod(0o755)
        (self.top / "below/file").write_text("x")
        self._git("add", ".")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.top, env=self.environment, check=True)

    def _plain(self, value: str) -> str:
        for path, mark in (
            (self.store, "<store>"), (self.top, "<top>"), (self._folder, "<folder>"),
            (TOOLS, "<tools>"), (sys.prefix, "<prefix>"),
        ):  # fmt: skip
            value = value.replace(str(path), mark)
        value = re.sub(r"<store>/repo\w+/", "<store>/<repo>/", value)
        return re.sub(r"\b[0-9a-f]{40}\b", "<commit>", value)


def answers() -> dict[str, object]:
    """Give what all languages get of one way, and what a system hook gets of all ways."""
    cases = [(language, "run") for language in _LANGUAGES]
    cases += [("system", way) for way in _WAYS if way != "run"]
    with tempfile.TemporaryDirectory() as made:
        home = Home(Path(made))
        rows = [
            {"language": language, "way": way, "environment": home.asked(language, way)}
            for language, way in cases
        ]
        own = {name: home._plain(value) for name, value in home.environment.items()}
    said = [
        subprocess.run(
            w.split(), capture_output=True, text=True, check=True, env=home.environment
        ).stdout.strip()
        for w in ("pre-commit --version", "git --version", "git --exec-path")
    ]
    return {"versions": said[:2], "exec_path": said[2], "environment": own, "cases": rows}


if __name__ == "__main__":
    os.umask(0o022)
    text = json.dumps(answers(), indent=1, ensure_ascii=False)
    (HERE / "answers.json").write_text(text + "\n")
