"""Pure values and functions: no clock, no files, no environment."""
