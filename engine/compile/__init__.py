"""Packs to a `Program`: names bound, constants folded, forms found, ready to judge and to be cached."""

from engine.compile.packs import compile_packs

__all__ = ["compile_packs"]
