"""devcontainer.json, as the Dev Container CLI reads it."""
