"""Text for terminals that show nothing but ASCII: each sign of ours as another, as wide."""

from __future__ import annotations

_SIGNS = str.maketrans(
    {
        "─": "-",
        "│": "|",
        "╭": "+",
        "╮": "+",
        "╰": "+",
        "╯": "+",
        "├": "+",
        "┤": "+",
        "┬": "+",
        "└": "`",
        "▼": "v",
        "╌": "-",
        "✓": "*",
        "\N{MULTIPLICATION SIGN}": "x",
        "→": ">",
        "←": "<",
        "↳": ">",
        "…": "~",
        "·": ".",
    }
)


def in_ascii(text: str) -> str:
    """Give a text with our signs as ASCII; what else there is is spelled out, as in JSON."""
    return text.translate(_SIGNS).encode("ascii", "backslashreplace").decode("ascii")
