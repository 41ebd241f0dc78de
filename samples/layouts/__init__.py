"""The ways letters are laid out. A layout prints a letter onto sheets; nothing else knows how it looks."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts import aside, chinese, english, forms, several, wide
from samples.paper.sheet import Sheets

Layout = Callable[[Sheets, Letter], None]

LAYOUTS: dict[str, Layout] = {
    **chinese.LAYOUTS,
    **english.LAYOUTS,
    **forms.LAYOUTS,
    **wide.LAYOUTS,
    **several.LAYOUTS,
    **aside.LAYOUTS,
}
ENGLISH = frozenset(english.LAYOUTS) | aside.ENGLISH
"""Layouts without Chinese: the issuer stands there by its English name."""
