"""The instance that these tests work inside."""

from tests.inside import house, shared_house

__all__ = ["house", "shared_house"]
