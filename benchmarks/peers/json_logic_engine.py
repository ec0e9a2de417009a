"""json-logic-engine: JSONLogic compiled to JavaScript."""

from __future__ import annotations

from benchmarks.peers import _json_logic

NAME = "json-logic-engine"
LANGUAGE = "JavaScript"
PACKAGES = ("npm:json-logic-engine",)
SCRIPT = "json_logic_engine.mjs"
COLD = True
translate = _json_logic.translate
