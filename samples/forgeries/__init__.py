"""Genuine letters with one thing planted that must not pass: what they say, their seal, their file."""

from __future__ import annotations

from samples.forgeries import composite, files, letters, seals, subtle
from samples.forgeries.planting import Defects

DEFECTS: Defects = {**letters.DEFECTS, **seals.DEFECTS, **files.DEFECTS, **subtle.DEFECTS, **composite.DEFECTS}
"""By name; letters that reuse something of another are made in pairs.py."""
RESTS_ON = {"registration_date_differs": "registration_date", "registration_a_year_off": "registration_date"}
"""What a layout must print for the defect to stand on the page."""
