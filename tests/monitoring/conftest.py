"""The house for the tests of what programs ask that watch."""

from tests.inside import apart, house, shared_house

__all__ = ["apart", "house", "shared_house"]
