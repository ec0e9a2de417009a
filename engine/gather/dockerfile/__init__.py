"""Dockerfiles, read as BuildKit reads them; pure readers from bytes to values."""
