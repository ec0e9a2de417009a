from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import LoadError
from engine.loading.gather_entries import MOST_ENTRIES
from engine.loading.packs import load_packs
from engine.operators import OPERATORS


def test_a_pack_gathers_no_more_facts_than_can_be_read_in_time(tmp_path):
    def load(number):
        lines = "".join(f"  - {{fact: acme.f{n}, variable: X}}\n" for n in range(number))
        (tmp_path / "pack.yaml").write_text(f"pack: p\ngather:\n{lines}")
        (pack,) = load_packs([str(tmp_path)], Path("none"), OPERATORS)
        return len(pack.gather)

    assert load(MOST_ENTRIES) == 500
    with pytest.raises(LoadError, match=r"pack.yaml:2:1: a pack gathers at most 500 facts"):
        load(MOST_ENTRIES + 1)
