"""What the tests from end to end share."""

from tests.once import certificates_read_once

__all__ = ["certificates_read_once"]
