"""Whether an office writes the day or the month first: 20/03/2026 on a page settles its 03/04/2026."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from verifier.extraction.layout import Layout
from verifier.formats.dates import find_dates
from verifier.letter import Field, Letter

_NUMBERS = re.compile(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*\d{4}")
MONTHS = 12


def with_order_settled(letter: Letter, layout: Layout) -> Letter:
    """Return the letter with dates no longer ambiguous where the document's other dates show one order.

    Without such a date, or with dates of both orders, every doubt stays.
    """
    orders = set(_orders(layout))
    if len(orders) != 1:
        return letter
    day_first = orders.pop()
    return replace(
        letter,
        issued_on=_settled(letter.issued_on, day_first),
        valid_until=_settled(letter.valid_until, day_first),
        vehicles=tuple(
            replace(
                vehicle,
                registration_date=_settled(vehicle.registration_date, day_first),
                transfer_date=_settled(vehicle.transfer_date, day_first),
            )
            for vehicle in letter.vehicles
        ),
    )


def _orders(layout: Layout) -> list[bool]:
    """Return, for each date that can be read in one way only, whether its day comes first."""
    found = []
    for cell in layout.flow:
        for mention in find_dates(cell.text):
            numbers = _NUMBERS.search(cell.text, mention.start, mention.stop)
            if numbers:
                first, second = (int(number) for number in numbers.groups())
                found += [first > MONTHS] if max(first, second) > MONTHS else []
    return found


def _settled(field: Field | None, day_first: bool) -> Field | None:
    if field is None or field.doubt != "ambiguous":
        return field
    value = date.fromisoformat(field.value)  # read day first
    settled = value if day_first else date(value.year, value.day, value.month)
    return replace(field, value=settled.isoformat(), doubt=None)
