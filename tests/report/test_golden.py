from __future__ import annotations

from pathlib import Path

from engine.report import Layout, format_named, formats

GOLDEN = Path(__file__).parents[1] / "golden" / "report"


def test_a_report_is_printed_as_its_golden_file_shows(case, format_name, reports, layout, golden):
    golden(f"report/{case}.{format_name}", format_named(format_name).render(reports, layout))


def test_every_golden_file_belongs_to_a_case(shown):
    files = {file.name for file in GOLDEN.iterdir()}
    assert files == {f"{case}.{format_name}" for case, format_name in shown}


def test_every_format_gives_the_same_text_again_and_ends_its_last_line(reports):
    for found in formats().values():
        rendered = found.render(reports, Layout())
        assert rendered == found.render(reports, Layout())
        assert rendered.endswith("\n") or not reports
