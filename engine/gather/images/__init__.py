"""Container images as docker and podman have them, from their answers to values."""
