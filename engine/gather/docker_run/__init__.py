"""Command lines of `docker run`, `docker exec` and podman's, as text."""
