"""Pure rules and records: no files, no clock, no chance."""
