"""The only importer of a cryptography library: bytes in, bytes out."""
