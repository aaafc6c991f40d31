"""The tables of commands, by where they work; `commands` puts them together."""
