"""Where a profile lives on this machine, and what a person has chosen before anything is unlocked."""

from therapy_tui.config.folders import Folders, find_folders
from therapy_tui.config.network import refuse_network
from therapy_tui.config.settings import (
    BY_HAND,
    GENTLE,
    LINES,
    LIVE,
    Settings,
    country_in,
    read_settings,
    write_settings,
)
from therapy_tui.files import write_private

__all__ = [
    "BY_HAND",
    "GENTLE",
    "LINES",
    "LIVE",
    "Folders",
    "Settings",
    "country_in",
    "find_folders",
    "read_settings",
    "refuse_network",
    "write_private",
    "write_settings",
]
