"""What the tests of services share."""

from tests.services.rooms import room, vault
from tests.services.worlds import met, met_template, world, world_template

__all__ = ["met", "met_template", "room", "vault", "world", "world_template"]
