"""A reader of fish: its source as a script, by a lexer and a parser of our own."""
