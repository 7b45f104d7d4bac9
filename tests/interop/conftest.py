"""The house for the tests of machines."""

from tests.inside import apart, house, shared_house

__all__ = ["apart", "house", "shared_house"]
