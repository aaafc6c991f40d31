"""What the terminal can do, as terminfo and the terminal's own words tell."""

from collections.abc import Callable, Mapping

import msgspec

MULTIPLEXERS = ("screen", "tmux")


class Abilities(msgspec.Struct, frozen=True):
    """What may be sent besides text, colours and absolute moves; each is off until somebody said otherwise."""

    bce: bool = False
    """Erasing within a row leaves the pen's ground behind, not the terminal's own."""
    bce_rows: bool = False
    """So does erasing the screen, and rows that move in have the pen's ground."""
    repeat: bool = False
    """One glyph can be repeated (REP)."""
    erase: bool = False
    """Some cells can be erased within a row (ECH)."""
    shift: bool = False
    """Cells of a row can be pushed and pulled (ICH, DCH, and the insert mode)."""
    scroll: bool = False
    """Rows of a region can be pushed and pulled (DECSTBM, IL, DL)."""
    tabs: bool = False
    """There is a tab stop at every eighth column."""
    stops: bool = False
    """Tab stops can be taken away and set (TBC, HTS)."""
    asks_sync: bool = False
    """It may be asked whether it has synchronized output."""

    def unproved(self) -> "Abilities":
        """Give what may be sent to a terminal that has not answered yet: some only go by the name of a better one."""
        return msgspec.structs.replace(self, bce_rows=False, repeat=False, shift=False, scroll=False, stops=False)


def abilities_of(
    environment: Mapping[str, str], flag: Callable[[str], bool], text: Callable[[str], bytes | None], stops: int
) -> Abilities:
    """Tell what a terminal can do.

    Args:
        environment: what it says of itself in `TERM` and `TERM_PROGRAM`.
        flag: gives a flag of terminfo.
        text: gives an order of terminfo, or None.
        stops: terminfo's distance of the tab stops, or a negative number.
    """
    name = environment.get("TERM", "")
    program = environment.get("TERM_PROGRAM", "")
    tabs = stops == 8 and text("ht") == b"\t"  # noqa: PLR2004 - the distance that every terminal begins with
    return Abilities(
        bce=flag("bce"),
        bce_rows=flag("bce"),
        repeat=text("rep") == b"%p1%c\x1b[%p2%{1}%-%db",
        erase=text("ech") == b"\x1b[%p1%dX",
        shift=text("dch") == b"\x1b[%p1%dP" and text("ich") == b"\x1b[%p1%d@" and text("smir") == b"\x1b[4h",
        scroll=text("csr") == b"\x1b[%i%p1%d;%p2%dr" and text("il") == b"\x1b[%p1%dL" and text("dl") == b"\x1b[%p1%dM",
        tabs=tabs,
        stops=tabs and text("tbc") == b"\x1b[3g" and text("hts") == b"\x1bH",
        # Apple's terminal shows the question, and the Linux console and multiplexers have no use for it.
        asks_sync=program != "Apple_Terminal" and not name.startswith((*MULTIPLEXERS, "linux")),
    )


def colours_of(name: str) -> int | None:
    """Give how many colours terminfo says that a terminal has; None where it does not know it."""
    try:
        import curses  # as below

        curses.setupterm(name, 0)
    except (ImportError, OSError, TypeError) as error:
        del error
        return None
    except curses.error:
        return None
    return curses.tigetnum("colors")


def look_up(environment: Mapping[str, str], descriptor: int) -> Abilities:
    """Ask terminfo; a terminal that it does not know, or a Python without it, can do the least."""
    try:
        import curses  # a thin door to terminfo; nothing of it is drawn with

        curses.setupterm(environment.get("TERM"), descriptor)
    except (ImportError, OSError, TypeError) as error:
        del error
        return Abilities()
    except curses.error:
        return Abilities()
    return abilities_of(environment, lambda name: curses.tigetflag(name) > 0, curses.tigetstr, curses.tigetnum("it"))
