"""The collectors: one file a source, found and not listed."""

from __future__ import annotations

from engine.discovery import discover
from engine.gather.collector import Collector

COLLECTORS = discover(__name__, Collector)
