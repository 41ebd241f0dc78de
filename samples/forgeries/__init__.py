"""Genuine letters with one thing planted that must not pass: what they say, their seal, their file."""

from __future__ import annotations

from samples.forgeries import files, letters, seals
from samples.forgeries.planting import Defects

DEFECTS: Defects = {**letters.DEFECTS, **seals.DEFECTS, **files.DEFECTS}
"""By name; letters that reuse something of another are made in pairs.py."""
