"""Packs to a `Program`: names bound, constants folded, forms found, ready to judge and to keep."""
