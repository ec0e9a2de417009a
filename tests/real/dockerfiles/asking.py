"""Asks BuildKit's own front end, where the program that does so is there."""

from __future__ import annotations

import base64
import json
import os
import subprocess


def program():
    """Give the program that `ask.go` makes, or None."""
    return os.environ.get("PRECEDENT_BUILDKIT")


def ask(questions):
    """Give BuildKit's answers to questions, in order."""
    asked = "".join(json.dumps(_sent(question)) + "\n" for question in questions)
    done = subprocess.run([program()], input=asked, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _sent(question):
    content = question["dockerfile"].encode("utf-8", "surrogateescape")
    return question | {"dockerfile": base64.b64encode(content).decode()}


def record(path, questions, answers):
    """Keep questions with their answers, one a line."""
    with open(path, "w", encoding="utf-8") as file:
        for question, answer in zip(questions, answers, strict=True):
            line = {"question": question, "answer": answer}
            file.write(json.dumps(line, ensure_ascii=True, sort_keys=True) + "\n")
