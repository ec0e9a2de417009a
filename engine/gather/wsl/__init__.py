"""What the Windows Subsystem for Linux does to an environment before any Linux program runs."""
