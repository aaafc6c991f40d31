"""What the tests of screens share: two people who have met, to be copied."""

from tests.once import parsed_once
from tests.services.worlds import met, met_template, world

__all__ = ["met", "met_template", "parsed_once", "world"]
