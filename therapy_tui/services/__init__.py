"""Use cases: the one door for screens and commands."""
