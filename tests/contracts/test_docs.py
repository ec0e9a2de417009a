"""Every YAML block of the pages for rule writers is what it says it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.cli.main import main
from engine.compile.packs import compile_packs
from engine.gather.schema import declared_facts
from engine.loading.config import load_config
from engine.loading.packs import load_packs, load_packs_and_graph
from engine.loading.waivers import load_waivers
from engine.model.graph import SHELLS
from engine.operators import OPERATORS

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```yaml ?(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
MISTAKE = re.compile(
    r"^```yaml\n(?P<text>.*?)^```\n\n```text\n(?P<said>.*?)^```$", re.DOTALL | re.MULTILINE
)


def blocks(kind: str) -> list[object]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in BLOCK.finditer(text):
            if block["kind"] == kind:
                line = text.count("\n", 0, block.start()) + 1
                found.append(pytest.param(block["text"], id=f"{page.name}:{line}"))
    return found


def conditions() -> list[object]:
    return [
        pytest.param(item, id=f"{block.id}:{number}")  # type: ignore[attr-defined]
        for block in blocks("condition")
        for number, item in enumerate(re.split(r"^- ", block.values[0], flags=re.MULTILINE)[1:])  # type: ignore[attr-defined]
    ]


def pack(folder: Path, text: str) -> str:
    (folder / "pack.yaml").write_text(text, "utf-8")
    return str(folder)


def requires_to_compile(request: str) -> None:
    packs, graph = load_packs_and_graph([request], RULES, OPERATORS)
    compile_packs((*graph, *packs), facts_schema=declared_facts())


@pytest.mark.parametrize("text", blocks("pack"))
def test_a_pack_on_a_page_can_be_used(text: str, tmp_path: Path) -> None:
    requires_to_compile(pack(tmp_path, text))


@pytest.mark.parametrize("text", blocks("fragment"))
def test_a_fragment_on_a_page_fits_into_a_pack(text: str, tmp_path: Path) -> None:
    requires_to_compile(pack(tmp_path, f"pack: fragment\nextends: [go]\n{text}"))


@pytest.mark.parametrize("text", conditions())
def test_a_condition_on_a_page_can_be_required(text: str, tmp_path: Path) -> None:
    file = tmp_path / "rule.yaml"
    file.write_text("id: condition\nrequire:\n  " + text.rstrip() + "\n", "utf-8")
    requires_to_compile(str(file))


@pytest.mark.parametrize("text", blocks("waivers"))
def test_waivers_on_a_page_can_be_used(text: str, tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(text, "utf-8")
    waivers = load_waivers(str(file), OPERATORS)
    compile_packs(
        load_packs(["go"], RULES, OPERATORS), facts_schema=declared_facts(), waivers=waivers
    )


@pytest.mark.parametrize("text", blocks("config"))
def test_a_configuration_on_a_page_can_be_used(text: str, tmp_path: Path) -> None:
    file = tmp_path / "engine.yaml"
    file.write_text(text, "utf-8")
    assert load_config(str(file)).rules


@pytest.mark.parametrize(
    "mistake", list(MISTAKE.finditer((ROOT / "docs/first-rule.md").read_text("utf-8")))
)
def test_a_mistake_is_told_as_the_page_says(
    mistake: re.Match[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme-go").mkdir()
    pack(tmp_path / "acme-go", "pack: acme-go\n")
    (tmp_path / "acme-go/goflags.yaml").write_text(mistake["text"], "utf-8")
    assert main(["lint", "./acme-go"]) == 2
    assert capsys.readouterr().err == mistake["said"]


def test_the_page_on_contexts_names_all_but_the_ways_to_start_a_shell() -> None:
    page = (ROOT / "docs/launch-contexts.md").read_text("utf-8")
    _, graph = load_packs_and_graph(["go"], RULES, OPERATORS)
    plan = compile_packs(graph, facts_schema=declared_facts()).plan
    named = [one for one in plan["contexts"] if one.partition("-")[0] not in SHELLS]

    assert len(named) > 30
    assert [one for one in named if f"`{one}`" not in page] == []
    lists = {".".join(map(str, plan["processes"][one]["for_each"] or ())) for one in named} - {""}
    assert [one for one in lists if f"`{one}` |" not in page] == []
