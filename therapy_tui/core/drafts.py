"""One draft that two windows write on: what each of them changed since they last agreed stands in it afterwards."""


def merged(base: str, ours: str, theirs: str) -> str:
    """Put two changes of one text into it, so that no word that either of them added is lost.

    Each change is taken as one piece in place of another, between the beginning and the end that stayed. Where both are
    at the same place theirs stands first, for it was there before; where they are in each other's way both texts stand
    whole, one below the other.

    Args:
        base: what both began with.
        ours: what one made of it.
        theirs: what the other made of it.
    """
    if ours in {base, theirs}:
        return theirs
    if theirs == base:
        return ours
    begin, end = _changed(base, ours)
    their_begin, their_end = _changed(base, theirs)
    our_piece = ours[begin : len(ours) - (len(base) - end)]
    their_piece = theirs[their_begin : len(theirs) - (len(base) - their_end)]
    if their_end <= begin:
        between = base[their_end:begin] or _gap(their_piece, our_piece)
        return base[:their_begin] + their_piece + between + our_piece + base[end:]
    if end <= their_begin:
        return base[:begin] + our_piece + base[end:their_begin] + their_piece + base[their_end:]
    return "\n\n".join(each for each in (theirs, ours) if each)


def _gap(first: str, second: str) -> str:
    """Give what parts two pieces at one place, so that no two words become one."""
    return "\n\n" if first[-1:].isalnum() and second[:1].isalnum() else ""


def _changed(base: str, changed: str) -> tuple[int, int]:
    """Give the stretch of a text in place of which another has something else."""
    most = min(len(base), len(changed))
    begin = next((place for place in range(most) if base[place] != changed[place]), most)
    same = next((back for back in range(most - begin) if base[-1 - back] != changed[-1 - back]), most - begin)
    return begin, len(base) - same
