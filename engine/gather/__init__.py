"""From a machine to facts: collectors ask the host, and a failure stays a hole with a cause."""
