"""The instance that these tests work inside."""

from tests.inside import apart, house, shared_house

__all__ = ["apart", "house", "shared_house"]
