"""The ways letters are laid out. A layout prints a letter onto sheets; nothing else knows how it looks."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts import (
    abroad,
    aside,
    aside_abroad,
    aside_fourth,
    aside_fourth_abroad,
    bureaus,
    chinese,
    consulates,
    desks,
    english,
    fleets,
    formal,
    forms,
    legations,
    office_english,
    office_forms,
    office_tongues,
    secretariats,
    several,
    state_offices,
    wide,
)
from samples.paper.sheet import Sheets

Layout = Callable[[Sheets, Letter], None]

LAYOUTS: dict[str, Layout] = {
    **chinese.LAYOUTS,
    **english.LAYOUTS,
    **forms.LAYOUTS,
    **wide.LAYOUTS,
    **several.LAYOUTS,
    **formal.LAYOUTS,
    **abroad.LAYOUTS,
    **fleets.LAYOUTS,
    **state_offices.LAYOUTS,
    **office_forms.LAYOUTS,
    **office_english.LAYOUTS,
    **office_tongues.LAYOUTS,
    **desks.LAYOUTS,
    **aside.LAYOUTS,
    **aside_fourth.LAYOUTS,
    **aside_fourth_abroad.LAYOUTS,
    **bureaus.LAYOUTS,
    **secretariats.LAYOUTS,
    **consulates.LAYOUTS,
    **legations.LAYOUTS,
}
ENGLISH = (
    frozenset(english.LAYOUTS) | formal.ENGLISH | abroad.ENGLISH | office_english.ENGLISH | desks.ENGLISH
    | aside.ENGLISH | aside_fourth_abroad.ENGLISH | secretariats.ENGLISH | consulates.ENGLISH | legations.ENGLISH
)  # fmt: skip
"""Layouts without Chinese: the issuer stands there by its English name."""
PLACES_OF = {
    **abroad.PLACES,
    **office_tongues.PLACES,
    **desks.PLACES,
    **aside_abroad.PLACES,
    **aside_fourth_abroad.PLACES,
    **consulates.PLACES,
    **legations.PLACES,
}
"""Layouts in a language of certain destinations, with those destinations."""
ALWAYS_MANY = frozenset({"fleet_list"})
"""Layouts that nobody uses for a few vehicles."""
ALWAYS_NATIVE = frozenset({"bilingual_ar"}) | office_tongues.ALWAYS_NATIVE
"""Layouts whose outlets stand in the destination's own script."""
UNSTATED: dict[str, frozenset[str]] = {
    "stated_count": frozenset({"registration_date"}),
}
"""What a layout leaves out: a defect of it cannot be planted there."""
