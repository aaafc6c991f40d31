"""therapy-tui: letters between a client and a therapist, end to end encrypted, from a terminal."""

__version__ = "0.1.0"
