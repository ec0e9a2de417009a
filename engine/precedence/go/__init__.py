"""What a `go` command does in a launch context, told from facts."""
