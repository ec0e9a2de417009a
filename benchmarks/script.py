"""What a person would write around a peer's library to start it cold: read, judge, print."""

from __future__ import annotations

import json
import sys

sys.path[0] = sys.path[0].rpartition("/")[0]


def main() -> None:
    """Judge once."""
    name, rules, facts = sys.argv[1:]
    module = getattr(__import__(f"benchmarks.peers.{name}").peers, name)
    with open(rules, "rb") as said:
        judge = module.load(json.loads(said.read()))
    with open(facts, "rb") as document:
        answer = judge.judge(judge.read(document.read()))
    print(json.dumps(getattr(judge, "truths", list)(answer)))


main()
