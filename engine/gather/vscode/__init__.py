"""What VS Code, its Go extension and gopls make of their settings files."""
