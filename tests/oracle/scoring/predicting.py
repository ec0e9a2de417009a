"""What the engine says of a case: facts gathered from its sandbox, then resolved."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from engine.compile.build import Request, build
from engine.evaluate.contexts import resolved
from engine.evaluate.holds import holds
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.loading.facts import read_facts
from engine.precedence.resolve import resolve
from tests.oracle.scoring import launching
from tests.oracle.scoring.sandbox import Sandbox

REDACTION = Redaction(b"the same salt in every run of it")


class Predictor:
    """The bundled graph with a process for each way that some cases start their shells."""

    def __init__(self, cases, cache=None):
        self._ids, text = launching.pack(cases)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "pack.yaml")
            file.write_text(text)
            self._program, _ = build(Request(rules=(folder,)))
        self._cache = cache
        self._holds = holds(self._program)

    def facts(self, case):
        """Gather a case's facts; give the document."""
        name, plan = self._ids[launching.key(case)], self._program.plan
        launch = LaunchOptions(
            user="user",
            environment=case["env"],
            plan=plan,
            resolve=lambda root, answer: resolve(
                plan, root, holds=self._holds, only=[name], answer=answer
            ),
            cache=self._cache,
        )
        with Sandbox(case) as host:
            return gather(
                host,
                subject="workstation",
                directory="/home/user",
                redaction=REDACTION,
                only=("startup",),
                launch=launch,
            )

    def __call__(self, case):
        """Give the launch context that is predicted."""
        name = self._ids[launching.key(case)]
        document = self.facts(case)
        if broken := [
            row["detail"] for row in document["absent"].values() if "broke" in row["detail"]
        ]:
            raise AssertionError(broken)
        facts = read_facts(json.dumps(document).encode(), case["id"])
        return resolved(self._program, facts, [name]).root["contexts"][name]
