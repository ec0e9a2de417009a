"""Shell start-up files, read into scripts with the parser of `shfmt`."""
