"""A pytest plugin for mutation testing: no test sees what the unchanged code left in a cache, none runs as a copy."""

from __future__ import annotations

import gc
import os
from functools import _lru_cache_wrapper

import pytest

MUTATED = ("verifier.rules", "verifier.formats", "verifier.match", "verifier.report")
RELATING = "stats"
"""mutmut's word for the run in which it learns which test reaches which function."""


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Forget before test modules are imported: parametrised tests are made from cached tables."""
    _forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Forget before every test while mutmut learns what it reaches: the first one alone would fill a cache."""
    if os.environ.get("MUTANT_UNDER_TEST") == RELATING:
        _forget()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the copies of a doctest that stand in mutated copies of its function: the original's is the same."""
    items[:] = [item for item in items if "__mutmut_" not in item.name or item.name.endswith("__mutmut_orig")]


def _forget() -> None:
    for cached in gc.get_objects():
        if type(cached) is _lru_cache_wrapper and (cached.__module__ or "").startswith(MUTATED):
            cached.cache_clear()
