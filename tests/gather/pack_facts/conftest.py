from __future__ import annotations

import json

import pytest

from engine.compile.packs import compile_packs
from engine.gather.collectors import COLLECTORS
from engine.gather.pack_facts.collectors import pack_collectors
from engine.gather.run import gather
from engine.gather.schema import declared_facts
from engine.loading.facts import read_facts
from engine.loading.packs import load_packs
from engine.operators import OPERATORS
from tests.contracts.files import ROOT
from tests.gather.fake_host import FakeHost, folder

SHOP = "/home/dana/shop"


@pytest.fixture
def plans_of(tmp_path):
    """Compile a pack with a `gather` section, and perhaps `facts`, and give its plans."""

    def make(text, name="acme"):
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        (place / "pack.yaml").write_text(f"pack: {name}\n{text}", "utf-8")
        packs = load_packs([str(place)], ROOT / "rules", OPERATORS)
        program = compile_packs(packs, facts_schema=declared_facts())
        return json.loads(json.dumps(program.gather))

    return make


@pytest.fixture
def gathered(plans_of, redaction):
    """Gather what a pack's entries say: `gathered("{fact: acme.x, ...}", {...files})`."""

    def make(entries, files=None, *, facts="", trusted=None, subject="workstation", **machine):
        lines = "".join(f"  - {line}\n" for line in entries.strip().splitlines())
        plans = plans_of(f"{facts}gather:\n{lines}")
        host = FakeHost({SHOP: folder(), f"{SHOP}/.git": folder(), **(files or {})}, **machine)
        if trusted == "all":
            trusted = {plan["folder"]: plan["digest"] for plan in plans}
        document = gather(
            host,
            subject=subject,
            directory=SHOP,
            redaction=redaction,
            skip=tuple(COLLECTORS),
            collectors={**COLLECTORS, **pack_collectors(plans, trusted or {})},
        )
        # Whatever comes out must be a document that can be judged.
        read_facts(json.dumps(document).encode("utf-8"), "facts")
        document["host"] = host
        return document

    return make
