"""What shells do with text and with statements."""
