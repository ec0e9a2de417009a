"""Runs one peer in a process of its own, so that rounds can be interleaved; a line a question.

{"load": {"said": file, "documents": [file, ...], "timed": n}}  -> {"seconds": s, "version": v}
{"verdicts": true}                                      -> {"verdicts": [[truth, ...], ...]}
{"time": "facts" | "bytes", "seconds": s}               -> {"documents": n, "cpu": s, "wall": s}
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import sys
import time
from itertools import cycle
from pathlib import Path

from benchmarks.peers import peer


class Worker:
    """One peer with its rules loaded and its documents at hand."""

    def __init__(self, name: str) -> None:
        """Take the peer; nothing is loaded yet."""
        self._peer = peer(name)

    def load(self, question):
        """Compile the rules and read the documents."""
        said = json.loads(Path(question["said"]).read_bytes())
        started = time.perf_counter()
        self._judge = self._peer.load(said)
        seconds = time.perf_counter() - started
        self._data = [Path(file).read_bytes() for file in question["documents"]]
        self._documents = [self._judge.read(data) for data in self._data]
        self._timed = list(zip(self._data, self._documents, strict=True))[: question["timed"]]
        return {"seconds": seconds, "version": self._version()}

    def verdicts(self, _question):
        """Judge every document once."""
        truths = getattr(self._judge, "truths", list)
        return {"verdicts": [truths(self._judge.judge(document)) for document in self._documents]}

    def time(self, what, seconds):
        """Judge documents in turn for about so long; `bytes` reads each one first."""
        judge, fresh = self._judge.judge, getattr(self._judge, "judge_bytes", self._read_and_judge)
        done, started, cpu = 0, time.perf_counter(), time.process_time()
        for data, document in cycle(self._timed):
            fresh(data) if what == "bytes" else judge(document)
            done += 1
            if time.perf_counter() - started > seconds:
                break
        return {
            "documents": done,
            "cpu": time.process_time() - cpu,
            "wall": time.perf_counter() - started,
        }

    def _read_and_judge(self, data):
        return self._judge.judge(self._judge.read(data))

    def answer(self, question):
        """Answer one question."""
        if "load" in question:
            return self.load(question["load"])
        if "time" in question:
            return self.time(question["time"], question["seconds"])
        return self.verdicts(question)

    def _version(self):
        if hasattr(self._peer, "version"):
            return self._peer.version()
        packages = self._peer.PACKAGES
        return importlib.metadata.version(packages[0]) if packages else platform.python_version()


def main() -> None:
    """Answer until standard input ends."""
    worker = Worker(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(worker.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
