"""Data that a person reads, as files, and the loaders that turn it into records."""
