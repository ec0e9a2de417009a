"""What fish makes of its files: lists, scopes, events, and the builtins that change variables."""

from __future__ import annotations

from engine.precedence.fish.shell import Fish

__all__ = ["Fish"]
