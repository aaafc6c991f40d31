"""This machine's encrypted disk: open, migrate, transact; one module a noun."""
