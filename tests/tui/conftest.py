"""What the tests of screens share: two people who have met, to be copied."""

from tests.idle import idle_for_certain
from tests.once import parsed_once
from tests.services.worlds import met, met_template, world, world_template

__all__ = ["idle_for_certain", "met", "met_template", "parsed_once", "world", "world_template"]
