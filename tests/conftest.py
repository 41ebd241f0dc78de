"""Test runs that give the same result every time: generated examples come from the test's name alone."""

from hypothesis import settings

settings.register_profile("same every time", derandomize=True, database=None, deadline=None)
settings.load_profile("same every time")
