"""What pre-commit runs, and in which environment."""
