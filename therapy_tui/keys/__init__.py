"""Where the key of a vault is kept; the only starter of processes."""
