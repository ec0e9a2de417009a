"""Compose files: what compose makes of them, as its own source (compose-go) does."""
