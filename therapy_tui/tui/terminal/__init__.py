"""A driver that is light on the line: it keeps what the terminal shows and sends only what changes."""
