"""What GoLand and IntelliJ IDEA keep in a project and at home, from bytes to values."""
