"""What the C library keeps is given back."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from verifier.memory import give_back_memory

PIECES, KB = 4000, 64


def resident_kb() -> int:
    """Return how much memory this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1])


def test_holes_between_kept_pieces_are_given_back() -> None:
    give_back_memory()
    pieces = [np.ones(KB * 1024, np.uint8) for _ in range(PIECES)]
    kept = pieces[::50]
    del pieces
    before = resident_kb()
    give_back_memory()
    assert resident_kb() < before - PIECES * KB * 0.5
    assert len(kept) == PIECES // 50
