"""JSON with comments, broken or not, as VS Code and the package `jsonc-parser` take it."""
