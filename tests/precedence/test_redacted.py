"""What a document without secrets says is what the machine says, or that it is not known."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from engine.evaluate.holds import holds
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.gather.tree import Tree
from engine.loading.facts import read_facts
from engine.model.facts import Absent, Redacted
from engine.precedence.resolve import resolve
from tests.precedence.machine import HOME, SESSION, program
from tests.precedence.made_scripts import KINDS, LIBRARY, assigned, libraries, scripts, text
from tests.precedence.test_laws import LAW

SECRET = "s3cr3t-hunter2"
REDACTION = Redaction(b"a salt for tests, and only these")
NAMES = ("API_TOKEN", "A", "URL", "DB_PASSWORD")
LITERALS = (SECRET, f"https://ada:{SECRET}@host/x", "x", "")
SYSTEM = {
    "etc/passwd": f"root:x:0:0::/root:/bin/bash\nada:x:1000:1000::{HOME}:/bin/bash\n",
    "bin/bash": "\x7fELF",
    "usr/bin/printf": "\x7fELF",
    "usr/bin/unknown-tool": "\x7fELF",
}


def both(kind, statements, library):
    """Give a context as the machine has it, and as the document of that machine has it."""
    plan, decide = program().plan, holds(program())
    seen = {}

    def resolution(root, answer):
        found = resolve(plan, root, holds=decide, only=[kind.context], answer=answer)
        seen.update(found.contexts)
        return found

    files = {**SYSTEM, kind.file[1:]: text(statements), LIBRARY[1:]: text(library)}
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
            place.chmod(0o755)
        environment = {**SESSION, "A": "x"}
        document = gather(
            Tree(folder, user="ada", environment=environment),
            subject="workstation",
            directory=HOME,
            redaction=REDACTION,
            only=("startup",),
            launch=LaunchOptions(environment=environment, plan=plan, resolve=resolution),
        )
    root = read_facts(json.dumps(document).encode(), "facts").root
    shown = resolve(plan, root, holds=decide, only=[kind.context]).contexts[kind.context]
    return seen[kind.context], shown


def agrees(shown, plain):
    """Say whether a value with fingerprints is this text."""
    if not isinstance(shown, Redacted):
        return shown == plain
    if not isinstance(plain, str):
        return False
    found = re.fullmatch(
        "".join(re.escape(atom) if isinstance(atom, str) else "(.+?)" for atom in shown.atoms),
        plain,
        re.DOTALL,
    )
    hidden = [atom for atom in shown.atoms if not isinstance(atom, str)]
    # A secret may have been cut in pieces by the way that the text was put together.
    return found is not None and (
        [REDACTION.secret(part).atoms[0] for part in found.groups()] == hidden or len(hidden) > 1
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_hiding_secrets_changes_no_value(kind):
    statements = scripts(kind, NAMES, literals=LITERALS)

    @LAW
    @given(statements, libraries(kind))
    def law(lines, library):
        plain, shown = both(kind, [assigned(kind, "DB_PASSWORD", SECRET), *lines], library)
        for name, entry in shown["env"].items():
            if entry["state"] == "unknown":
                continue
            there = plain["env"][name]
            assert entry["state"] == there["state"], name
            assert agrees(entry.get("value"), there.get("value")), name
        for name, entry in shown["commands"].items():
            there = plain["commands"][name]
            assert entry["state"] == "unknown" or entry == there

    law()


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("export URL=https://ada:pw-123456@host/x", True),
        ("export API_TOKEN=pw-123456; export URL=x$API_TOKEN", True),
        ('API_TOKEN=pw-123456; [ -n "$API_TOKEN" ] && export URL=yes', True),
        ("API_TOKEN=pw-123456; [ $API_TOKEN = pw-123456 ] && export URL=yes", False),
        ("API_TOKEN=pw-123456; case $API_TOKEN in pw*) export URL=yes ;; esac", False),
        ("API_TOKEN=pw-123456; export URL=${API_TOKEN%-*}", False),
        ("API_TOKEN=pw-123456; for i in $API_TOKEN; do export URL=$i; done", False),
    ],
)
def test_a_secret_can_be_carried_and_not_looked_into(line, known):
    _, shown = both(KINDS["bash"], [line], [])
    entry = shown["env"]["URL"]

    assert (entry["state"] == "set") is known
    assert "pw-123456" not in repr(entry)
    if not known:
        assert isinstance(entry["value"], Absent)


def test_what_agrees_is_held_to_its_fingerprint():
    hidden = REDACTION.variable("API_TOKEN", SECRET)

    assert agrees(hidden, SECRET)
    assert not agrees(hidden, SECRET + "x")
    assert not agrees(hidden, None)
