"""Memory that the C library keeps for later is given back to the system between documents."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import cast


def give_back_memory() -> None:
    """Return what was freed to the system; does nothing where the C library is not glibc.

    Pages of many sizes leave holes that glibc keeps: some 120 MB after ten letters, given back in a few milliseconds.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> ctypes._FuncPointer | None:
    try:
        return cast("ctypes._FuncPointer", ctypes.CDLL("libc.so.6").malloc_trim)
    except (OSError, AttributeError):
        return None
