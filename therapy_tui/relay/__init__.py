"""The blind store-and-forward post office."""
