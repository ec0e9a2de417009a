"""The commands, one module each: a docstring for its help, `EPILOG`, `configure` and `run`."""
