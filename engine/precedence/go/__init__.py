"""The go command as a process that reads settings: what `go env` says in a launch context.

Told from the source of cmd/go (1.19 to 1.27) and held to the real command by `tests/real/go_env`.
"""
