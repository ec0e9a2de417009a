"""The vocabulary of matchers: one file a family, found and not listed."""

from __future__ import annotations

from engine.discovery import discover
from engine.operators._base import Operator

OPERATORS = discover(__name__, Operator)
