"""What is known about Go: where its settings come from, and how its files are read."""
