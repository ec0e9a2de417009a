"""The facts that packs read without code."""
