"""A pytest plugin for mutation testing: no test sees what an earlier one, or the unchanged code, left in a cache."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper

import pytest

MUTATED = ("verifier.rules", "verifier.formats", "verifier.match", "verifier.report")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Forget what functions of the mutated modules remember."""
    _forget()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Forget before test modules are imported: parametrised tests are made from cached tables."""
    _forget()


def _forget() -> None:
    for cached in gc.get_objects():
        if type(cached) is _lru_cache_wrapper and (cached.__module__ or "").startswith(MUTATED):
            cached.cache_clear()
