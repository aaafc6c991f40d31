"""The screens: they wire, and the services do the work."""
