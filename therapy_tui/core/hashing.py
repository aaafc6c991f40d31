"""The two derivations that every floor shares: BLAKE2b with a label, without and with a key."""

try:
    from _blake2 import blake2b  # what hashlib gives, without OpenSSL's library that comes with it
except ImportError:  # a Python that was built without it
    from hashlib import blake2b


def digest(label: str, data: bytes, size: int = 32) -> bytes:
    """H of docs/protocol.md: BLAKE2b of `data`, personalised by `label` (ASCII, at most 16), `size` bytes long."""
    return blake2b(data, digest_size=size, person=label.encode("ascii")).digest()


def derive(secret: bytes, label: str, data: bytes = b"", size: int = 32) -> bytes:
    """K of docs/protocol.md: keyed BLAKE2b of `data` under `secret` (1 to 64 bytes), `size` bytes long."""
    return blake2b(data, key=secret, digest_size=size, person=label.encode("ascii")).digest()
