"""The graph as a picture: cards from left to right, legible on dark pages and on light ones."""

from __future__ import annotations

from xml.sax.saxutils import escape

from engine.model.visible import visible
from engine.report.graph._base import Drawing
from engine.report.graph._layout import PAD, ROW_HEIGHT, TITLE_HEIGHT, laid_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.report._base import Layout
    from engine.report.graph._layout import Card, Sheet
    from engine.report.graph._picture import Picture

_TOP = 84
_STYLE = """\
  .page { fill: #ffffff }
  .card { fill: #f6f8fa; stroke: #afb8c1 }
  .context { stroke: #57606a }
  .template { stroke-dasharray: 5 3 }
  .focus { stroke: #1a7f37; stroke-width: 2.5 }
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 11px }
  .title, .head { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
  .title, .head { font-weight: 600; font-size: 13px; fill: #1f2328 }
  .head { font-size: 17px }
  .read { fill: #1f2328 }
  .id, .mark { fill: #0969da }
  .muted, .lost { fill: #656d76 }
  .lost { text-decoration: line-through }
  .inherits, .adopts { fill: none; stroke: #8c959f; stroke-width: 1.6 }
  .adopts { stroke: #bc4c00; stroke-dasharray: 6 4 }
  .tip { fill: #8c959f }
  .adopted { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 }
    .card { fill: #161b22; stroke: #3d444d }
    .context { stroke: #8b949e }
    .focus { stroke: #3fb950 }
    .title, .head, .read { fill: #e6edf3 }
    .id, .mark { fill: #4493f8 }
    .muted, .lost { fill: #9198a1 }
    .inherits { stroke: #6e7681 }
    .adopts { stroke: #f0883e }
    .tip { fill: #6e7681 }
    .adopted { fill: #f0883e }
  }
"""


def render(picture: Picture, _layout: Layout) -> str:
    """Draw a picture as SVG; it needs nothing from elsewhere, neither fonts nor scripts."""
    sheet = laid_out(picture, _TOP)
    head = _headline(picture)
    width = max(sheet.width, 10 * len(head) + 56, 560)
    size = {"width": width, "height": sheet.height}
    view = f'viewBox="0 0 {_number(width)} {_number(sheet.height)}"'
    role = 'role="img" aria-labelledby="title"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {_attributes(size)} {view} {role}>',
        f'<title id="title">{_escaped(head)}</title>',
        f"<style>\n{_STYLE}</style>",
        '<rect class="page" width="100%" height="100%"/>',
        f'<text class="head" x="28" y="36">{_escaped(head)}</text>',
        *_legend(),
    ]
    if sheet.heading is not None:
        said = "What shells and others of a kind read"
        lines.append(f'<text class="head" x="28" y="{_number(sheet.heading + 6)}">{said}</text>')
    lines += _edges(sheet)
    for card in sheet.cards:
        lines += _card(card, picture)
    return "\n".join(lines) + "\n</svg>\n"


def _headline(picture: Picture) -> str:
    focus = picture.named(picture.focus or "")
    if focus is not None:
        name = "" if focus.name == focus.id else f" ({visible(focus.name)})"
        return f"How {focus.title}{name} gets its environment"
    return f"{picture.contexts} launch contexts, and what each inherits and reads"


def _legend() -> list[str]:
    return [
        '<path class="inherits" d="M28 58h26"/>',
        _tip(60, 58, "tip"),
        '<text class="muted" x="66" y="62">inherits</text>',
        '<path class="adopts" d="M148 58h26"/>',
        _tip(180, 58, "adopted"),
        '<text class="muted" x="186" y="62">adopts the result of</text>',
        '<text class="muted" x="346" y="62">1 2 3: read in this order</text>',
    ]


def _edges(sheet: Sheet) -> Iterator[str]:
    """Draw the lines, those of adoptions last and so on top."""
    cards = {card.process.id: card for card in sheet.cards}
    for kind in ("inherits", "adopts"):
        for card in sheet.cards:
            ways = card.process.inherits if kind == "inherits" else card.process.adopts
            for way in () if card.process.is_template else ways:
                if way.process in cards and way.state != "not_read":
                    yield from _edge(cards[way.process], card, kind)


def _edge(start: Card, end: Card, kind: str) -> Iterator[str]:
    """Draw a line to the left edge of a card, with a tip; within a column it bulges to the left."""
    x, y = end.x - 6, end.middle + (0 if kind == "inherits" else 9)
    if start.x + start.width < end.x:
        begin = start.x + start.width
        bend = begin + (x - begin) / 2
        path = f"M{_number(begin)} {_number(start.middle)}C{_number(bend)} {_number(start.middle)} "
        path += f"{_number(bend)} {_number(y)} {_number(x)} {_number(y)}"
    else:
        begin, height = start.x, start.middle + 9
        bend = min(begin, x) - 26
        path = f"M{_number(begin)} {_number(height)}C{_number(bend)} {_number(height)} "
        path += f"{_number(bend)} {_number(y)} {_number(x)} {_number(y)}"
    yield f'<path class="{kind}" d="{path}"/>'
    yield _tip(end.x, y, "tip" if kind == "inherits" else "adopted")


def _tip(x: float, y: float, kind: str) -> str:
    """Draw the tip of an arrow that points to the right."""
    return f'<path class="{kind}" d="M{_number(x)} {_number(y)}l-8 -4v8z"/>'


def _card(card: Card, picture: Picture) -> Iterator[str]:
    process = card.process
    kinds = ["card", "template" if process.is_template else "context"]
    kinds += ["focus"] if process.id == picture.focus else []
    yield "<g>"
    yield f"<title>{_escaped(process.title)}</title>"
    place = {"x": card.x, "y": card.y, "width": card.width, "height": card.height, "rx": 7}
    yield f'<rect class="{" ".join(kinds)}" {_attributes(place)}/>'
    y = card.y + PAD - 4
    for text in card.texts:
        y += TITLE_HEIGHT if text.kind == "title" else ROW_HEIGHT
        x = card.x + PAD
        if text.mark:
            yield f'<text class="mark" {_attributes({"x": x, "y": y})}>{_escaped(text.mark)}</text>'
        place = {"x": x + text.indent, "y": y}
        yield f'<text class="{text.kind}" {_attributes(place)}>{_escaped(text.words)}</text>'
    yield "</g>"


def _attributes(values: Mapping[str, float]) -> str:
    return " ".join(f'{name}="{_number(value)}"' for name, value in values.items())


def _number(value: float) -> str:
    """Give a number in the same way on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    return escape(visible(text))


FORMAT = Drawing("svg", "for pages and chats: a picture, without Graphviz", render)
