"""A day's bytes: how many a person allows, and how large a letter may be that goes by itself."""

import msgspec

LARGE = 4_096
"""Sealed bytes up to which a letter goes on any day, whatever was used."""
SHARE = 4
"""A letter of more than this part of a day's bytes is not sent without being asked for."""
ANY_SIZE = 2**31
"""Larger than any envelope."""


class Budget(msgspec.Struct, frozen=True):
    """What a person allows in a day, as the frames of both directions are counted."""

    daily: int = 0
    """Bytes; 0 for as many as it takes."""

    def largest(self, used: int) -> int:
        """Give how large an envelope may be that goes by itself, when `used` bytes of the day are gone.

        A small one always goes. A large one goes while it fits in what is left and takes no more than a quarter of a
        day; otherwise it waits for a better day, or for a person's word.
        """
        if not self.daily:
            return ANY_SIZE
        return max(LARGE, min(self.daily // SHARE, self.daily - used))

    def is_spent(self, used: int) -> bool:
        """Tell whether the day's bytes are used up, so that what can wait does."""
        return bool(self.daily) and used >= self.daily
